import type { VerdictRecord } from "../../model/finding.ts";
import type { StoredObservation } from "../../model/history-store.ts";

/**
 * Whether the place that a verdict speaks of was seen before: the same kind of evidence from the same origin and endpoint.
 * The address does not count, because providers rotate theirs. A verdict that rests on no evidence needs none.
 */
export function wasLookedAt(verdict: VerdictRecord, observations: readonly StoredObservation[]): boolean {
  const facts = observations.filter(({ outcome }) => outcome === "observed" || outcome === "refused");
  return (
    verdict.evidence.length === 0 ||
    verdict.evidence.some((piece) => facts.some(({ kind, key }) => kind === piece.kind && isSamePlace(piece.key, key)))
  );
}

/** Canonical text of an observation key: origin|address|endpoint. */
function isSamePlace(text: string, { origin, endpoint = "" }: StoredObservation["key"]): boolean {
  return text.startsWith(`${origin}|`) && text.endsWith(`|${endpoint}`);
}
