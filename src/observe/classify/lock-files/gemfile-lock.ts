import { type LockedPackage, type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** Gemfile.lock: the specs of GEM come from a registry, those of GIT and PATH do not. A gem may be there once for each platform. */
export const readGemfileLock: LockFileReader = (text) => {
  const lines = linesOf(text);
  if (!lines.some((line) => /^(?:GEM|DEPENDENCIES)$/.test(line))) return undefined;
  const packages: LockedPackage[] = [];
  let section = "";
  for (const line of lines) {
    const [, head] = /^([A-Z][A-Z ]*)$/.exec(line) ?? [];
    if (head !== undefined) section = head;
    const [, name, version] = /^ {4}([\w.-]{1,200}) \((\d[\w.]*)(?:-[\w.-]+)?\)$/.exec(line) ?? [];
    if (name !== undefined && SOURCES.has(section)) packages.push(locked(name, section === "GEM" ? version : undefined));
  }
  return { packages };
};

const SOURCES: ReadonlySet<string> = new Set(["GEM", "GIT", "PATH", "PLUGIN SOURCE"]);
