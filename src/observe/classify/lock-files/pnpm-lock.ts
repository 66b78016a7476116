import { type Block, blocksOf, type LockedPackage, type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** pnpm-lock.yaml, versions 5 to 9 (github.com/pnpm/spec, lockfile). Read by its lines, as pnpm writes them: the largest are too long for a reader of all of YAML. */
export const readPnpmLock: LockFileReader = (text) => {
  const lines = linesOf(text);
  const version = lines.map((line) => /^lockfileVersion: '?(\d{1,2})(?:\.\d{1,2})?'?$/.exec(line)?.[1]).find((one) => one !== undefined);
  if (version === undefined) return undefined;
  const packageOf = Number(version) < FIRST_WITH_AT ? bySlash : byAt;
  const sections = blocksOf(lines, /^([a-zA-Z]+):/);
  const packages = sections.flatMap(({ head, lines: inside }) => {
    if (head === "snapshots") return [];
    if (head !== "packages") return linked(inside);
    // A key that is too long for a plain one stands behind a question mark.
    return blocksOf(inside, /^ {2}(?:\? )?'?([^\s':?][^']*?)'?:?$/).map((entry) => named(entry) ?? packageOf(entry.head));
  });
  return { packages };
};

/** What comes from git or a URL has another key, and its name inside. */
function named({ lines }: Block): LockedPackage | undefined {
  const name = lines.map((line) => /^ {4}name: '?([^\s']+)'?$/.exec(line)?.[1]).find((one) => one !== undefined);
  return name === undefined ? undefined : { name };
}

/** Folders of the same workspace, which are no packages: "acme-node: link:../acme-node", or with the link as `version` below the name. */
function linked(lines: readonly string[]): readonly LockedPackage[] {
  const found: LockedPackage[] = [];
  let above = "";
  for (const line of lines) {
    const [, name = "", value = ""] = /^ +'?([^\s':]+)'?:(?: (.*))?$/.exec(line) ?? [];
    if (/^'?link:/.test(value)) found.push({ name: name === "version" ? above : name });
    else if (name !== "" && value === "") above = name;
  }
  return found;
}

/** "/@acme/node/4.1.0_react@17.0.2", with a slash in the oldest ones. */
function bySlash(path: string): LockedPackage {
  const [, name, version] = /^\/((?:@[^/]+\/)?[^/@]+)\/([^/_]+)(?:[_/].*)?$/.exec(path) ?? [];
  return name === undefined ? { name: path } : locked(name, version);
}

/** "/@acme/node@4.1.0(react@18.2.0)", and without the slash since version 9. */
function byAt(path: string): LockedPackage {
  const [plain = ""] = path.replace(/^\//, "").split("(", 1);
  const at = plain.indexOf("@", 1);
  if (at < 0) return { name: plain };
  const version = plain.slice(at + 1);
  return locked(plain.slice(0, at), /[:/]/.test(version) ? undefined : version);
}

const FIRST_WITH_AT = 6;
