import type { ClassDefinitions } from "../../catalog/data-classes.ts";
import type { BodyFacts, ShapeFact } from "../../evidence/kinds.ts";
import { isFilled, leavesOf } from "../../evidence/response-history.ts";
import type { DeclaredPaths } from "../../model/declared-path.ts";
import { isDisclosure } from "./declared-fields.ts";
import { countedClasses } from "./looked-for.ts";

/** What a body holds beside what was declared, path by path. All of it is of paths below which nothing stands. */
export interface Excess {
  /** Filled with something, sorted. */
  readonly undeclared: readonly string[];
  /** Null or empty, sorted. */
  readonly undeclaredEmpty: readonly string[];
  /** Share of undeclared ones among the filled paths: 0..1, two digits. */
  readonly fieldExcess: number;
  /** Share of the octets of all values; undefined where nobody counted them. */
  readonly byteExcess: number | undefined;
  /** Undeclared paths with something sensitive in the clear. */
  readonly sensitiveExcess: number;
}

export function excessOf(body: BodyFacts, declared: DeclaredPaths, definitions: ClassDefinitions): Excess {
  const leaves = leavesOf(body.shape);
  const filled = leaves.filter(isFilled);
  const others = leaves.filter(({ path }) => !declared.covers(path));
  const undeclared = others.filter(isFilled);
  const sensitive = new Set(
    countedClasses(body, definitions)
      .filter((fact) => isDisclosure(fact, definitions))
      .map(({ path }) => path),
  );
  const all = octetsOf(filled);
  const extra = octetsOf(undeclared);
  return {
    undeclared: undeclared.map(({ path }) => path),
    undeclaredEmpty: others.filter((leaf) => !isFilled(leaf)).map(({ path }) => path),
    fieldExcess: share(undeclared.length, filled.length),
    byteExcess: all === undefined || extra === undefined ? undefined : share(extra, all),
    sensitiveExcess: [...sensitive].filter((path) => !declared.covers(path)).length,
  };
}

/** Declared paths that a body shows to be absent; not those that may stand in a list without an element, or below a null. */
export function absentFrom({ shape }: BodyFacts, declared: DeclaredPaths): readonly string[] {
  const leaves = new Set(leavesOf(shape).map(({ path }) => path));
  return declared.missing(shape.map(({ path, types }) => ({ path, open: leaves.has(path) && types.some(mayHold) })));
}

function mayHold(type: string): boolean {
  return type === "array" || type === "object" || type === "null";
}

function octetsOf(leaves: readonly ShapeFact[]): number | undefined {
  return leaves.reduce<number | undefined>((sum, { octets }) => (sum === undefined || octets === undefined ? undefined : sum + octets), 0);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100) / 100;
}
