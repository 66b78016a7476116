import type { ClassDefinitions } from "../../catalog/data-classes.ts";
import type { BodyFacts, ClassFact } from "../../evidence/kinds.ts";
import { type DataClass, isCustomClassName } from "../../model/data-class.ts";

type Looked = Pick<BodyFacts, "customClasses">;

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
  return (definitions.customClasses ?? []).every(({ id }) => isLookedFor(id, body, definitions));
}

/** Without what was found by another definition than today's, or is defined no more. */
export function countedClasses(body: Pick<BodyFacts, "classes" | "customClasses">, definitions: ClassDefinitions): readonly ClassFact[] {
  const isDefined = (dataClass: DataClass) =>
    !isCustomClassName(dataClass) || (definitions.customClasses ?? []).some(({ id }) => id === dataClass);
  return body.classes.filter((fact) => isDefined(fact.class) && isLookedFor(fact.class, body, definitions));
}
