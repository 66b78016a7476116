import type { ClassFact } from "../../evidence/kinds.ts";

/** Two facts about one path and class as one: the surer one's, with the counts of both. */
export function unitedFact(one: ClassFact, other: ClassFact): ClassFact {
  const surer = one.confidence > other.confidence ? one : other;
  return { ...surer, count: one.count + other.count, masked: one.masked && other.masked, sample: one.sample && other.sample };
}
