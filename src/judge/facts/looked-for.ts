import { type ClassDefinitions, dataClassFacts } from "../../catalog/data-classes.ts";
import type { BodyFacts, ClassFact, ReplacedFact } from "../../evidence/kinds.ts";
import { type DataClass, isCustomClassName } from "../../model/data-class.ts";

type Looked = Pick<BodyFacts, "customClasses">;
type Found = Pick<BodyFacts, "classes" | "replaced" | "customClasses">;

/**
 * Whether the body was looked at for values of this class, as they are known today: what a consumer defined since, or otherwise than then, was not asked.
 * True of classes of ours: another classifier is another tool.
 */
export function isLookedFor(dataClass: DataClass, { customClasses = [] }: Looked, definitions: ClassDefinitions): boolean {
  if (!isCustomClassName(dataClass)) return true;
  const today = definitions.customClasses?.find(({ id }) => id === dataClass);
  return today === undefined || customClasses.some((then) => then.class === dataClass && then.definition === today.definition);
}

/** The whole of what is defined today was looked for. */
export function isWhollyLookedAt(body: Looked, definitions: ClassDefinitions): boolean {
  return unasked(body, definitions).length === 0;
}

/**
 * Without what was found by another definition than today's, or is defined no more, and without what is in doubt; with what stands in nobody's place
 * any more.
 */
export function countedClasses(body: Found, definitions: ClassDefinitions): readonly ClassFact[] {
  return factsThat("count", body, definitions);
}

/**
 * What this body cannot tell of as it would be told of today: a class of a consumer that was not looked for may stand in its place now, or does so
 * no more for a part of its values.
 */
export function doubtedClasses(body: Found, definitions: ClassDefinitions): readonly ClassFact[] {
  return factsThat("may", body, definitions);
}

function factsThat(answer: "count" | "may", body: Found, definitions: ClassDefinitions): readonly ClassFact[] {
  const isAsked = (dataClass: DataClass) =>
    !isCustomClassName(dataClass) || (isDefined(dataClass, definitions) && isLookedFor(dataClass, body, definitions));
  const facts: readonly (ClassFact & Partial<ReplacedFact>)[] = [...body.classes, ...(body.replaced ?? [])];
  return facts.filter((fact) => isAsked(fact.class) && standingOf(fact, body, definitions) === answer);
}

function standingOf(
  { class: dataClass, by = [] }: Pick<ClassFact, "class"> & Partial<ReplacedFact>,
  body: Looked,
  definitions: ClassDefinitions,
): "count" | "may" | "none" {
  const still = by.filter((one) => isDefined(one, definitions) && isLookedFor(one, body, definitions));
  if (by.length > 0 && still.length === by.length) return "none";
  if (still.length > 0) return "may";
  return unasked(body, definitions).length > 0 && dataClassFacts(dataClass, definitions).replaceable ? "may" : "count";
}

function unasked(body: Looked, definitions: ClassDefinitions): readonly DataClass[] {
  return (definitions.customClasses ?? []).map(({ id }) => id).filter((id) => !isLookedFor(id, body, definitions));
}

function isDefined(dataClass: DataClass, { customClasses = [] }: ClassDefinitions): boolean {
  return customClasses.some(({ id }) => id === dataClass);
}
