import type { Surroundings } from "../../fields.ts";
import { bySurroundings } from "../by-surroundings.ts";
import type { Detector } from "../detector.ts";

/** `first_name: {label, value, type}`: a detector that asks the key above where the own one says no more than "value". */
export function underValue(detector: Detector): Detector {
  const { detect, needsName } = detector;
  const isNamed = bySurroundings(detector.isNamed);
  const named = bySurroundings((surroundings) => namedBy(surroundings, isNamed));
  return {
    ...detector,
    isNamed: (surroundings) => named(surroundings) !== undefined,
    detect: (value, surroundings) => {
      const by = named(surroundings);
      const hit = needsName === true && by !== surroundings ? undefined : detect(value, surroundings);
      return hit === undefined && by !== undefined && by !== surroundings ? detect(value, by) : hit;
    },
  };
}

/** The surroundings whose name says it: its own ones, or those of the key above. */
function namedBy(surroundings: Surroundings, isNamed: Detector["isNamed"]): Surroundings | undefined {
  if (isNamed(surroundings)) return surroundings;
  if (!VALUE_KEYS.has(surroundings.name)) return undefined;
  const above = shifted(surroundings);
  return isNamed(above) ? above : undefined;
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
