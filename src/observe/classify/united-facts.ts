import type { ClassFact } from "../../evidence/kinds.ts";

/** One fact for each path and class, sorted by both: the surer one, with the counts of all. */
export function unitedFacts(facts: readonly ClassFact[]): readonly ClassFact[] {
  const united = new Map<string, ClassFact>();
  for (const fact of facts) {
    const key = `${fact.path} ${fact.class}`;
    const other = united.get(key);
    united.set(key, other === undefined ? fact : unitedFact(fact, other));
  }
  return [...united].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, fact]) => fact);
}

function unitedFact(one: ClassFact, other: ClassFact): ClassFact {
  const surer = one.confidence > other.confidence ? one : other;
  return { ...surer, count: one.count + other.count, masked: one.masked && other.masked, sample: one.sample && other.sample };
}
