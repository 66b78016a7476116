import type { EvidenceKind, EvidenceMap } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Failure } from "../../model/failure.ts";
import { UNOBSERVED_REASONS, type UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence, RuleResult } from "../rules/rule.ts";

/** What a rule says of one piece of evidence. */
export interface Answer<O extends string> extends Omit<RuleResult<O>, "evidence" | "subject"> {
  /** JSON Pointer into the evidence. */
  readonly pointer: string;
  readonly summary: string;
  /** Other evidence that the answer rests on, after its own. */
  readonly beside?: readonly ResultEvidence[];
}

/**
 * One result for each observation that counts, all with the same subject: the engine keeps the worst of them, so that one
 * bad address fails, and only all of them together pass. What could not be seen is unobserved, for its own reason.
 */
export function answerEach<K extends EvidenceKind, O extends string>(
  subject: string,
  observations: readonly Observation<K>[],
  answer: (evidence: EvidenceMap[K], observation: Observation<K>) => Answer<O>,
): readonly RuleResult<O>[] {
  const seen = counted(observations);
  if (seen.length === 0) return [{ outcome: "unobserved", subject, reason: "not_requested" }];
  return seen.map((observation) => {
    const evidence = evidenceOf(observation);
    if (evidence === undefined) return unseenResult(subject, observation);
    const { outcome, data, reason, confidence, pointer, summary, beside = [] } = answer(evidence, observation);
    return { outcome, subject, data, reason, confidence, evidence: [{ observation: plain(observation), pointer, summary }, ...beside] };
  });
}

/**
 * The observations that a verdict rests on. An address that refuses TCP, or has no route, lowers nothing while another one
 * answered: a client goes on to the next address.
 */
export function counted<K extends EvidenceKind>(observations: readonly Observation<K>[]): readonly Observation<K>[] {
  const answered = observations.some((observation) => evidenceOf(observation) !== undefined);
  return answered ? observations.filter((observation) => !isSkippedByClients(failureOf(observation))) : observations;
}

export function atOrigin<K extends EvidenceKind>(observations: readonly Observation<K>[], origin: string): readonly Observation<K>[] {
  return observations.filter(({ key }) => key.origin === origin);
}

export function evidenceOf<K extends EvidenceKind>(observation: Observation<K>): EvidenceMap[K] | undefined {
  const { outcome, evidence } = observation as Loose<K>;
  return outcome === "observed" ? evidence : undefined;
}

export function failureOf<K extends EvidenceKind>(observation: Observation<K>): Failure | undefined {
  return (observation as Loose<K>).failure;
}

/** The verdict for an observation that saw nothing. */
export function unseenResult<K extends EvidenceKind, O extends string>(subject: string, observation: Observation<K>): RuleResult<O> {
  const reason = failureOf(observation)?.reason ?? "evidence_missing";
  return { outcome: "unobserved", subject, reason, evidence: [{ observation: plain(observation), pointer: "", summary: reason }] };
}

/** The reason to name where there are several: what the provider did comes before what we did not do. */
export function worstReason(reasons: readonly UnobservedReason[]): UnobservedReason {
  return UNOBSERVED_REASONS.find((reason) => reasons.includes(reason)) ?? "evidence_missing";
}

/** For evidence references, which hold observations of any kind. */
export function plain<K extends EvidenceKind>(observation: Observation<K>): Observation {
  return observation as unknown as Observation;
}

interface Loose<K extends EvidenceKind> {
  readonly outcome: Observation["outcome"];
  readonly evidence?: EvidenceMap[K];
  readonly failure?: Failure;
}

function isSkippedByClients(failure: Failure | undefined): boolean {
  return failure?.reason === "connect_refused" || failure?.reason === "network_unreachable";
}
