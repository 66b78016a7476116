import { type Block, blocksOf, type LockedPackage, type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** yarn.lock of Yarn 1 and of the versions since 2, whose entries have the same outline. */
export const readYarnLock: LockFileReader = (text) => {
  const lines = linesOf(text);
  if (!lines.some((line) => /^# yarn lockfile v1\b|^__metadata:/.test(line))) return undefined;
  // A key of more than 1024 characters stands behind a question mark, and its colon in the next line.
  const entries = blocksOf(lines, /^(?:\? )?([^\s#:?].*?):?$/).filter(({ head }) => head !== "__metadata");
  return { packages: entries.map(packageOf) };
};

/** Its key is "acme-node@^4.0.0, acme-node@^4.1.0", with quotes where it needs them; `resolution`, which Yarn 1 does not have, is "acme-node@npm:4.1.0". */
function packageOf({ head, lines }: Block): LockedPackage {
  const fields = lines.flatMap((line) => {
    const [, field = "", value = ""] = /^ {2}(version|resolved|resolution):? "?([^"]*)"?$/.exec(line) ?? [];
    return field === "" ? [] : [[field, value] as const];
  });
  const { version, resolved = "", resolution }: Fields = Object.fromEntries(fields);
  if (resolution !== undefined) {
    const [name, place] = parts(resolution);
    return locked(name, place.startsWith("npm:") ? version : undefined);
  }
  const [first = ""] = head.replaceAll('"', "").split(", ", 1);
  const [name, range] = parts(first);
  if (range.startsWith("npm:")) return locked(parts(range.slice("npm:".length))[0], version);
  const isElsewhere = /[:/]/.test(range) || /^git|\.git#/.test(resolved);
  return locked(name, isElsewhere ? undefined : version);
}

interface Fields {
  readonly version?: string;
  readonly resolved?: string;
  readonly resolution?: string;
}

/** The first character of a scope is an at sign. */
function parts(descriptor: string): readonly [name: string, rest: string] {
  const at = descriptor.indexOf("@", 1);
  return at < 0 ? [descriptor, ""] : [descriptor.slice(0, at), descriptor.slice(at + 1)];
}
