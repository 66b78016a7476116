import { type LockFileReader, linesOf, locked } from "./locked-package.ts";

/** go.mod (go.dev/ref/mod): a build takes just the versions that it requires, and what it replaces comes from elsewhere. */
export const readGoMod: LockFileReader = (text) => {
  const statements = statementsOf(text);
  if (!statements.some(([directive]) => directive === "module")) return undefined;
  const about = (directive: string) => statements.flatMap(([verb, ...said]) => (verb === directive ? [said] : []));
  const replaced = new Set(about("replace").map(([name]) => name));
  const required = about("require").flatMap(([name, version]) => (name === undefined ? [] : [{ name, version }]));
  return { packages: required.map(({ name, version }) => locked(name, replaced.has(name) ? undefined : version)) };
};

/** go.sum keeps the hashes of versions that were left behind: where it has several, it does not say which one is built. */
export const readGoSum: LockFileReader = (text) => {
  const seen = new Map<string, Set<string>>();
  for (const line of linesOf(text)) {
    if (line.trim() === "") continue;
    const [name = "", version = "", hash = ""] = words(line);
    if (!hash.startsWith("h1:")) return undefined;
    if (!version.endsWith("/go.mod")) seen.set(name, (seen.get(name) ?? new Set()).add(version));
  }
  return { packages: [...seen].map(([name, versions]) => locked(name, versions.size === 1 ? [...versions][0] : undefined)) };
};

/** Each with its directive in front, which several have in common where they stand in brackets. */
function statementsOf(text: string): readonly (readonly string[])[] {
  const statements: (readonly string[])[] = [];
  let block: string | undefined;
  for (const line of linesOf(text)) {
    const said = words(line.replace(/\/\/.*$/, ""));
    const [first, second] = said;
    if (first === ")") block = undefined;
    else if (second === "(") block = first;
    else if (first !== undefined) statements.push(block === undefined ? said : [block, ...said]);
  }
  return statements;
}

function words(line: string): readonly string[] {
  const found = line.trim().split(/\s+/);
  return found.filter((word) => word !== "").map((word) => word.replace(/^"(.*)"$/, "$1"));
}
