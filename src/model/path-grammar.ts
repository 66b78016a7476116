import { err, ok, type Result } from "./result.ts";

/** The place of a document (product.md section 4). */
export const ROOT = "$";

/** One step of a path in normal form: `.name` or `['name']`, `[]`, `{}`. */
export type PathStep = { readonly kind: "member"; readonly name: string } | { readonly kind: "element" } | { readonly kind: "key" };

/** `anywhere` is `..name`, and `below` the `.*` at the end. */
export type DeclaredStep = PathStep | { readonly kind: "anywhere"; readonly name: string } | { readonly kind: "below" };

export const PATH_PROBLEMS = {
  root: "no $ at its beginning",
  index: "brackets around something that is neither nothing nor a quoted name",
  star: "a * that is not the .* at the end",
  stray: "a character that no path has there",
  unclosed: "a quoted name without an end",
} as const;

export interface PathProblem {
  readonly kind: keyof typeof PATH_PROBLEMS;
  /** 0-based. */
  readonly at: number;
}

/** What a user may write, in one line. */
export const DECLARED_PATH_GRAMMAR =
  "a path such as $.data[].id: .name or ['name'], [] for any element, {} for any key, ..name at any depth, .* at the end for all below";

/** `.key`, or `['key']` where the key is no identifier. Never for a key that may be a value: those are `{}`. */
export function memberPath(parent: string, key: string): string {
  return IDENTIFIER.test(key) ? `${parent}.${key}` : `${parent}['${key.replace(/['\\]/g, "\\$&")}']`;
}

export function elementPath(parent: string): string {
  return `${parent}[]`;
}

export function mapPath(parent: string): string {
  return `${parent}{}`;
}

/** The steps of a path, each with the index at which it begins. */
export function readPath(text: string): Result<readonly { readonly step: DeclaredStep; readonly start: number }[], PathProblem> {
  if (!text.startsWith(ROOT)) return err({ kind: "root", at: 0 });
  const steps: { step: DeclaredStep; start: number }[] = [];
  for (let at = ROOT.length; at < text.length; ) {
    const found = stepAt(text, at);
    if ("kind" in found) return err(found);
    steps.push({ step: found.step, start: at });
    at = found.end;
  }
  return ok(steps);
}

function stepAt(text: string, at: number): { readonly step: DeclaredStep; readonly end: number } | PathProblem {
  if (text.startsWith("[]", at)) return { step: { kind: "element" }, end: at + 2 };
  if (text.startsWith("{}", at)) return { step: { kind: "key" }, end: at + 2 };
  if (text.startsWith("['", at)) return quotedAt(text, at, "member");
  if (text.startsWith("..['", at)) return quotedAt(text, at + 2, "anywhere");
  if (text[at] === "[") return { kind: "index", at };
  if (text.startsWith(".*", at)) return at + 2 === text.length ? { step: { kind: "below" }, end: at + 2 } : { kind: "star", at: at + 1 };
  const kind = text.startsWith("..", at) ? "anywhere" : "member";
  const start = at + (kind === "anywhere" ? 2 : 1);
  NAME.lastIndex = start;
  const name = text[at] === "." ? NAME.exec(text)?.[0] : undefined;
  if (name !== undefined) return { step: { kind, name }, end: start + name.length };
  return text[at] === "*" || (text[at] === "." && text[start] === "*") ? { kind: "star", at } : { kind: "stray", at };
}

/** `['name']`, with `'` and `\` escaped by `\`. */
function quotedAt(
  text: string,
  open: number,
  kind: "member" | "anywhere",
): { readonly step: DeclaredStep; readonly end: number } | PathProblem {
  let name = "";
  for (let at = open + 2; at < text.length; at += 1) {
    if (text.startsWith("']", at)) return { step: { kind, name }, end: at + 2 };
    if (text[at] === "'") return { kind: "stray", at };
    if (text[at] === "\\") at += 1;
    name += text[at] ?? "";
  }
  return { kind: "unclosed", at: open };
}

const IDENTIFIER = /^[A-Za-z_@$][\w@$-]*$/;
/** An identifier where it is told to look. */
const NAME = new RegExp(IDENTIFIER.source.slice(1, -1), "y");
