import type { HazardFact } from "../../../evidence/kinds.ts";
import type { BodyWatch } from "../body-watch.ts";
import type { Place } from "../place.ts";
import { isPrototypePath } from "./prototype-key.ts";

/** What is dangerous about the values of a path, and about its name: merged into an object, it changes what all objects inherit. */
export function hazardsAt(path: string, place: Place<BodyWatch>): readonly HazardFact[] {
  const facts = place.watch.hazards(path);
  return isPrototypeKey(place) ? [...facts, { path, kind: "prototype-key", count: place.seen }] : facts;
}

/** A path to it, or `prototype` right below `constructor`. */
function isPrototypeKey({ step, above }: Place<BodyWatch>): boolean {
  if (step.kind !== "member") return false;
  if (isPrototypePath(step.key)) return true;
  return step.key === "prototype" && above?.step.kind === "member" && above.step.key === "constructor";
}
