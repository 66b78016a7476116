// docs/benchmarks.md has one marked section per measuring command; each command writes its own.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../../docs/benchmarks.md", import.meta.url);

export function replaceSection(name, text) {
  const page = readFileSync(FILE, "utf8");
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no section ${name}`);
  writeFileSync(FILE, `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`);
}
