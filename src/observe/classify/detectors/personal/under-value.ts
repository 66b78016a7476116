import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** `first_name: {label, value, type}`: a detector that asks the key above where the own one says no more than "value". */
export function underValue(detector: Detector): Detector {
  const { isNamed, detect, needsName } = detector;
  return {
    ...detector,
    isNamed: (surroundings) => isNamed(surroundings) || isNamedAbove(surroundings, isNamed),
    detect: (value, surroundings) => {
      const named = isNamed(surroundings);
      const hit = needsName === true && !named ? undefined : detect(value, surroundings);
      return hit === undefined && !named && isNamedAbove(surroundings, isNamed) ? detect(value, shifted(surroundings)) : hit;
    },
  };
}

function isNamedAbove(surroundings: Surroundings, isNamed: Detector["isNamed"]): boolean {
  return VALUE_KEYS.has(surroundings.name) && isNamed(shifted(surroundings));
}

function shifted({ above, beside }: Surroundings): Surroundings {
  return { name: above[0] ?? "", above: above.slice(1), beside };
}

const VALUE_KEYS: ReadonlySet<string> = new Set([
  "value",
  "val",
  "current value",
  "raw value",
  "string value",
  "display value",
  "raw",
  "original",
  "normalized",
  "answer",
  "content",
]);
