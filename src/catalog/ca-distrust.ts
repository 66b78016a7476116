import { type DatedFacts, loadFacts } from "./load.ts";

/** What a root programme, or a runtime with one of its own, no longer trusts. */
export interface CaDistrust {
  /** "Entrust". */
  readonly ca: string;
  readonly by: DistrustingProgramme;
  readonly why: DistrustReason;
  readonly rule: DistrustRule;
  /** ISO instant to which the rule compares; of "all", when it took effect or was announced. */
  readonly date: string;
  /** SHA-256 of root certificates, in lower-case hexadecimal. */
  readonly roots: readonly string[];
  /** Organisations in the subjects of those roots, where it is meant for all that they have. */
  readonly subjects: readonly string[];
  /** SHA-256 of public keys (SubjectPublicKeyInfo) that are distrusted wherever they stand in a chain. */
  readonly keys?: readonly string[];
  /** SHA-256 of public keys that keep a chain trusted. */
  readonly except?: readonly string[];
  readonly reference: string;
}

const PROGRAMMES = ["Apple", "Chrome", "Microsoft", "Mozilla", "Node.js", "OpenJDK"] as const;
export type DistrustingProgramme = (typeof PROGRAMMES)[number];

/** "retirement": the root is closed for new certificates, and nobody spoke of misconduct. A chain to a younger root is often found instead. */
const REASONS = ["conduct", "compromise", "retirement"] as const;
export type DistrustReason = (typeof REASONS)[number];

/** "issued" is notBefore; "sct-after" is the earliest signed certificate timestamp. What equals the date is still trusted. */
const RULES = ["all", "issued-before", "issued-after", "sct-after"] as const;
export type DistrustRule = (typeof RULES)[number];

export function caDistrust(): readonly CaDistrust[] {
  return loadFacts("ca-distrust", isDistrustFacts).authorities;
}

interface DistrustFacts extends DatedFacts {
  readonly authorities: readonly CaDistrust[];
}

function isDistrustFacts(candidate: unknown): candidate is DistrustFacts {
  const { authorities } = candidate as Record<string, unknown>;
  return Array.isArray(authorities) && authorities.every(isDistrust);
}

function isDistrust(candidate: unknown): candidate is CaDistrust {
  const { ca, by, why, rule, date, roots, subjects, keys = [], except = [], reference } = candidate as Partial<CaDistrust>;
  return (
    typeof ca === "string" &&
    isOneOf(PROGRAMMES, by) &&
    isOneOf(REASONS, why) &&
    isOneOf(RULES, rule) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(String(date)) &&
    [roots, keys, except].every(isListOfHashes) &&
    Array.isArray(subjects) &&
    subjects.every((subject) => typeof subject === "string") &&
    String(reference).startsWith("https://")
  );
}

function isListOfHashes(list: unknown): boolean {
  return Array.isArray(list) && list.every((hash) => /^[0-9a-f]{64}$/.test(String(hash)));
}

function isOneOf(known: readonly string[], candidate: unknown): boolean {
  return known.some((one) => one === candidate);
}
