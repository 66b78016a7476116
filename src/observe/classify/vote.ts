import { dataClassFacts, isSecretClass } from "../../catalog/data-classes.ts";
import type { ClassFact } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import { classifyValue, type ValueClass } from "./classify-value.ts";
import { DETECTORS } from "./detectors/registry.ts";
import type { Scalar } from "./document.ts";
import type { Field, Surroundings } from "./fields.ts";
import { Near, NOWHERE_NEAR, type Owner } from "./near.ts";

/**
 * One fact per class of a field, keys of a map and values apart first. At least 60 % must agree (of one secret, or of one found
 * inside a text, one hit is enough); where fewer do, the confidence falls with their share. Masked values count for the class,
 * and the fact is masked only where none is clear.
 */
export function classFacts(field: Field): readonly ClassFact[] {
  const facts = new Map<DataClass, ClassFact>();
  for (const fact of [...factsAmong(field.keys, [], field), ...factsAmong(field.values, field.owners, field)]) {
    const other = facts.get(fact.class);
    facts.set(fact.class, other === undefined ? fact : united(fact, other));
  }
  return [...facts.values()].sort((one, other) => (one.class < other.class ? -1 : 1));
}

function united(one: ClassFact, other: ClassFact): ClassFact {
  const shown = one.confidence > other.confidence ? one : other;
  return { ...shown, count: one.count + other.count, masked: one.masked && other.masked, sample: one.sample && other.sample };
}

function factsAmong(
  values: readonly Scalar[],
  owners: readonly (Owner | undefined)[],
  { path, surroundings }: Field,
): readonly ClassFact[] {
  const byClass = new Map<DataClass, ValueClass[]>();
  let filled = 0;
  for (const [at, value] of values.entries()) {
    const owner = owners[at];
    const near = owner === undefined ? NOWHERE_NEAR : new Near(owner);
    const classes = filled < MAX_EXAMINED ? classifyValue(value, surroundings, near) : secretsIn(value, surroundings, near);
    if (classes === undefined) continue;
    filled += 1;
    for (const found of classes) {
      const others = byClass.get(found.class);
      if (others === undefined) byClass.set(found.class, [found]);
      else others.push(found);
    }
  }
  return [...byClass].map(([dataClass, found]) => factOf(path, dataClass, found, Math.min(filled, MAX_EXAMINED)));
}

/** Secrets are looked for in every value, the rest in the first ones: a list of ten thousand is no surer than one of 500. */
function secretsIn(value: Scalar, surroundings: Surroundings, near: Near): readonly ValueClass[] | undefined {
  return typeof value === "string" ? classifyValue(value, surroundings, near, SECRET_DETECTORS) : [];
}

function factOf(path: string, dataClass: DataClass, found: readonly ValueClass[], examined: number): ClassFact {
  const clear = found.filter(({ masked }) => !masked);
  const shown = clear.length > 0 ? clear : found;
  const note = commonNote(shown);
  const share = found.filter(({ embedded }) => !embedded).length / examined;
  const agreed = share >= AGREEMENT || isOneTooMany(dataClass) || shown.some(({ embedded, own }) => embedded || own === true);
  return {
    path,
    class: dataClass,
    confidence: Math.round(median(shown.map(({ confidence }) => confidence)) * (agreed ? 1 : share) * 100) / 100,
    count: shown.length,
    masked: clear.length === 0,
    sample: shown.every(({ sample }) => sample === true),
    ...(note === undefined ? {} : { note }),
  };
}

/** Of a secret or of what people must be protected for (GDPR article 9), one is one too many. */
function isOneTooMany(dataClass: DataClass): boolean {
  return isSecretClass(dataClass) || dataClassFacts(dataClass).group === "special";
}

function commonNote(found: readonly ValueClass[]): string | undefined {
  const notes = new Set(found.map(({ note }) => note));
  return notes.size === 1 ? found[0]?.note : undefined;
}

/** Steady under a few odd records. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const MAX_EXAMINED = 500;
const AGREEMENT = 0.6;
const SECRET_DETECTORS = DETECTORS.filter((detector) => isSecretClass(detector.class));
