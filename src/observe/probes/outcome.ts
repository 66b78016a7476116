import type { EvidenceKind } from "../../evidence/kinds.ts";
import type { Observation, ObservationKey, ObservationOutcome, ProbeId } from "../../evidence/observation.ts";
import { type RawEvidence, redact } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import type { NetResult } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { err, type Result } from "../../model/result.ts";
import type { ProbeContext } from "./probe.ts";

/** Runs a probe's question and makes an observation of what came back: evidence, redacted, or why there is none. */
export async function observation<K extends EvidenceKind>(
  probe: { readonly id: ProbeId; readonly kind: K },
  key: ObservationKey,
  context: ProbeContext,
  ask: () => Promise<Result<RawEvidence[K], Failure>>,
): Promise<Observation<K>> {
  const observedAt = context.clock.now();
  const started = context.clock.monotonic();
  const answer = await ask();
  const durationMs = Math.round(context.clock.monotonic() - started);
  const base = { probe: probe.id, kind: probe.kind, key, observedAt, durationMs };
  const made = answer.ok
    ? { ...base, outcome: "observed", evidence: redact(probe.kind, answer.value, (text) => context.credentials.scrub(text)) }
    : { ...base, outcome: outcomeOf(answer.error), failure: answer.error };
  return made as Observation<K>;
}

/** Asks once more where that may help; never where the provider is slowing us down. */
export async function twiceAtMost<T>(
  ask: () => Promise<NetResult<T>>,
  mayRepeat: (failure: Failure) => boolean = isWorthRepeating,
): Promise<NetResult<T>> {
  const first = await ask();
  return first.ok || !mayRepeat(first.error) ? first : ask();
}

export function isWorthRepeating(failure: Failure): boolean {
  return failure.retriable && failure.limiting !== true;
}

/** A question that was not put to the network, by a decision of ours. */
export function notAsked(reason: UnobservedReason, code?: string): { readonly ok: false; readonly error: Failure } {
  return err({ reason, phase: "plan", retriable: false, ...(code === undefined ? {} : { code }) });
}

function outcomeOf({ reason, phase }: Failure): Exclude<ObservationOutcome, "observed"> {
  if (reason === "connect_refused") return "refused";
  if (phase === "plan" || OURS.includes(reason)) return "skipped";
  if (TIMES.includes(reason)) return "timed-out";
  if (["resolve", "connect", "proxy"].includes(phase)) return "unreachable";
  return "failed";
}

const OURS: readonly UnobservedReason[] = ["budget_exhausted", "interrupted"];
const TIMES: readonly UnobservedReason[] = ["connect_timeout", "tls_timeout", "http_timeout", "deadline_exceeded"];
