import type { EvidenceKind } from "../evidence/kinds.ts";
import type { Observation, ObservationKey, ProbeId } from "../evidence/observation.ts";
import type { Failure } from "../model/failure.ts";
import type { Clock } from "../model/instant.ts";
import type { UnobservedReason } from "../model/reason.ts";

export interface ProbeName {
  readonly id: ProbeId;
  readonly kind: EvidenceKind;
}

export type UnseenObservation = Exclude<Observation, { outcome: "observed" }>;
export type UnseenOutcome = UnseenObservation["outcome"];

/** What stands in the place of an answer, and why there is none. */
export function unseen(
  { id: probe, kind }: ProbeName,
  key: ObservationKey,
  outcome: UnseenOutcome,
  failure: Failure,
  clock: Pick<Clock, "now">,
): Observation {
  return { probe, kind, key, observedAt: clock.now(), durationMs: 0, outcome, failure } as Observation;
}

/** By a decision of ours. */
export function notAsked(reason: UnobservedReason): Failure {
  return { reason, phase: "plan", retriable: false };
}

/** A bug of ours in one probe must not cost the run: it is an error there and nowhere else. */
export async function guarded<K extends EvidenceKind>(
  probe: ProbeName,
  key: ObservationKey,
  clock: Pick<Clock, "now">,
  observe: () => Promise<Observation<K>>,
): Promise<Observation> {
  try {
    return (await observe()) as unknown as Observation;
  } catch {
    return unseen(probe, key, "failed", notAsked("internal"), clock);
  }
}
