import { decodeObservation } from "../evidence/codec.ts";
import type { EvidenceKind } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge, StoredObservation } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";

/** A nightly run may start a little earlier than yesterday's: the last tenth of an interval counts as over. Not from the future. */
export function isFresh({ observedAt }: Observation, everyMs: number, now: Instant): boolean {
  return observedAt <= now && now - observedAt < everyMs * 0.9;
}

export type Answered<K extends EvidenceKind> = Extract<Observation<K>, { readonly outcome: "observed" }>;

/** The newest observation of that kind, decoded, if it saw something. */
export function lastAnswer<K extends EvidenceKind>(
  knowledge: IntegrationKnowledge,
  kind: K,
  matches: (key: StoredObservation["key"]) => boolean,
): Answered<K> | undefined {
  const decoded = lastObservation(knowledge, kind, matches);
  return decoded?.outcome === "observed" ? (decoded as unknown as Answered<K>) : undefined;
}

/** The newest observation of that kind, whatever came of it. */
export function lastObservation(
  knowledge: IntegrationKnowledge,
  kind: EvidenceKind,
  matches: (key: StoredObservation["key"]) => boolean,
): Observation | undefined {
  const stored = knowledge.observations.find((candidate) => candidate.kind === kind && matches(candidate.key));
  return stored === undefined ? undefined : decodeObservation(stored, { carried: true });
}
