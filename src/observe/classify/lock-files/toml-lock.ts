import { type Block, blocksOf, type LockedPackage, type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** poetry.lock and uv.lock: a table of each package, with one of its source below it (Poetry) or a field (uv). */
export const readTomlLock: LockFileReader = (text) => {
  const lines = linesOf(text);
  if (!lines.some((line) => /^(?:\[\[package\]\]|\[metadata\]|package = \[\]|version = \d+)$/.test(line))) return undefined;
  const tables = blocksOf(lines, /^(\[{1,2}[^[\]]+\]{1,2})$/);
  return { packages: tables.flatMap((table, at) => (table.head === PACKAGE ? packageOf(table, tables, at) : [])) };
};

function packageOf(table: Block, tables: readonly Block[], at: number): readonly LockedPackage[] {
  const name = quoted(table, "name");
  if (name === undefined) return [];
  const inline = table.lines.map((line) => /^source = (.*)$/.exec(line)?.[1]).find((one) => one !== undefined);
  const source = inline ?? sourceBelow(tables, at);
  return [locked(name, source === undefined || FROM_INDEX.test(source) ? quoted(table, "version") : undefined)];
}

/** Tables of a package stand behind it, before the next one. */
function sourceBelow(tables: readonly Block[], at: number): string | undefined {
  for (let next = at + 1; next < tables.length; next += 1) {
    const table = tables[next];
    if (table === undefined || !/^\[{1,2}package\./.test(table.head)) return undefined;
    if (table.head === "[package.source]") return quoted(table, "type") ?? "other";
  }
  return undefined;
}

function quoted({ lines }: Block, key: "name" | "version" | "type"): string | undefined {
  const pattern = VALUES[key];
  return lines.map((line) => pattern.exec(line)?.[1]).find((one) => one !== undefined);
}

const PACKAGE = "[[package]]";
const VALUES = { name: /^name = "([^"\\]*)"$/, version: /^version = "([^"\\]*)"$/, type: /^type = "([^"\\]*)"$/ };
/** "legacy" is what Poetry calls an index of one's own. Where no source is told, it is PyPI. */
const FROM_INDEX = /^legacy$|^\{ registry = /;
