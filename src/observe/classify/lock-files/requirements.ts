import { type LockedPackage, type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** requirements.txt (pip.pypa.io/en/stable/reference/requirements-file-format): a version is installed for certain where it is pinned with "==". */
export const readRequirements: LockFileReader = (text) => {
  const lines = linesOf(text.replace(/\\\r?\n/g, " ")).map((line) => line.replace(/(?:^|\s)#(?!egg=).*$/, "").trim());
  const isPart = lines.some((line) => /^(?:-r|-c|--requirement|--constraint)\b/.test(line));
  return { packages: lines.flatMap(requirementOf), ...(isPart && { isPart }) };
};

function requirementOf(line: string): readonly LockedPackage[] {
  const [, egg] = /#egg=([\w.-]{1,200})/.exec(line) ?? [];
  if (egg !== undefined) return [{ name: egg }];
  const [, name, rest = ""] = /^([A-Za-z0-9][\w.-]{0,199})(?:\s*\[[^\]]*\])?\s*(.*)$/.exec(line) ?? [];
  if (name === undefined) return [];
  const [, version] = /^\(?={2,3}\s*([^\s;,*)]+)\)?(?:\s*;.*|\s+--.*)?$/.exec(rest) ?? [];
  return [locked(name, version)];
}
