import type { EvidenceBundle } from "../../evidence/bundle.ts";
import { observationsOf } from "../../evidence/bundle.ts";
import type { EvidenceKind } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Rule } from "./rule.ts";

/** What a rule gets to see of a bundle. */
export interface VisibleEvidence {
  /** By kind, for the kinds that the rule declared. */
  readonly observations: Readonly<Partial<Record<EvidenceKind, readonly Observation[]>>>;
  /** What stood in the place of an observation that was too old; any other observation is its own original. */
  readonly originalOf: (observation: Observation) => Observation;
  readonly anyTooOld: boolean;
}

/**
 * Only the evidence that the rule declared. An observation of a version that the rule cannot be answered from is taken out of its sight
 * and stands there as one that failed, so that the rule says of this place, and of no other, that it does not know.
 */
export function visibleEvidence(rule: Rule, bundle: EvidenceBundle): VisibleEvidence {
  const { needs, sees = [], since = {} } = rule;
  const known = seenBefore.get(bundle) ?? new Map<string, VisibleEvidence>();
  seenBefore.set(bundle, known);
  const sight = sightOf(rule);
  const visible = known.get(sight) ?? evidenceInSight([...needs, ...sees], since, bundle);
  known.set(sight, visible);
  return visible;
}

/** Many rules look at the same evidence in the same way. */
const seenBefore = new WeakMap<EvidenceBundle, Map<string, VisibleEvidence>>();

function sightOf(rule: Rule): string {
  const known = sightOfRule.get(rule);
  if (known !== undefined) return known;
  const { needs, sees = [], since = {} } = rule;
  const sight = [...needs, ...sees].map((kind) => `${kind}@${since[kind] ?? 1}`).join();
  sightOfRule.set(rule, sight);
  return sight;
}

const sightOfRule = new WeakMap<Rule, string>();

function evidenceInSight(
  kinds: readonly EvidenceKind[],
  since: Readonly<Partial<Record<EvidenceKind, number>>>,
  bundle: EvidenceBundle,
): VisibleEvidence {
  const originals = new Map<Observation, Observation>();
  const seen = (kind: EvidenceKind) =>
    observationsOf(bundle, kind).map((each) => {
      const observation = each as unknown as Observation;
      if (!isTooOld(observation, since[kind])) return observation;
      const substitute = tooOld(observation);
      originals.set(substitute, observation);
      return substitute;
    });
  return {
    observations: Object.fromEntries(kinds.map((kind) => [kind, seen(kind)])),
    originalOf: (observation) => originals.get(observation) ?? observation,
    anyTooOld: originals.size > 0,
  };
}

function isTooOld(observation: Observation, since: number | undefined): boolean {
  if (since === undefined || observation.outcome !== "observed" || observation.storedAs === undefined) return false;
  return observation.storedAs.version < since;
}

function tooOld({ probe, kind, key, observedAt, durationMs }: Observation): Observation {
  const failure = { reason: "evidence_too_old", phase: "plan", retriable: false } as const;
  return { probe, kind, key, observedAt, durationMs, outcome: "failed", failure };
}
