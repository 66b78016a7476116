import { LOCAL_KINDS } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import type { UnobservedReason } from "../model/reason.ts";
import type { ObservedIntegration } from "./observe-integration.ts";

/** What of an observation is not believed. */
export interface Disbelief {
  /** A stranger on our own way answered in the provider's place. */
  readonly intercepted: boolean;
  /** A proxy of our own ended the TLS: what it handed on is the provider's, what it negotiated is not. */
  readonly proxied: boolean;
  /** Our own clock is in doubt. */
  readonly timeless: boolean;
}

/** What was observed, as if what is not believed had not been seen. What was carried over from an earlier run stands. */
export function asBelieved(observed: ObservedIntegration, { intercepted, proxied, timeless }: Disbelief): ObservedIntegration {
  const observations = observed.observations.map((observation) => {
    if (intercepted) return hidden(observation, "captive_portal");
    if (proxied && isAboutTls(observation)) return hidden(observation, "tls_intercepted");
    return timeless && restsOnTheTime(observation) ? hidden(observation, "tls_untrusted") : observation;
  });
  return { ...observed, observations };
}

function isAboutTls({ kind }: Observation): boolean {
  return kind === "tls-session" || kind === "tls";
}

/** Refused by the verifier, which knows no clock but ours. */
function restsOnTheTime(observation: Observation): boolean {
  if (observation.kind !== "tls-session" || observation.outcome !== "observed") return false;
  return observation.evidence.trustError === "CERT_HAS_EXPIRED" || observation.evidence.trustError === "CERT_NOT_YET_VALID";
}

function hidden(observation: Observation, reason: UnobservedReason): Observation {
  if (observation.carried === true || observation.outcome !== "observed" || LOCAL_KINDS.has(observation.kind)) return observation;
  const { probe, kind, key, observedAt, durationMs } = observation;
  const failure = { reason, phase: "connect", retriable: true } as const;
  return { probe, kind, key, observedAt, durationMs, outcome: "unreachable", failure } as Observation;
}
