import type { Failure } from "../model/failure.ts";
import type { StoredEvidence } from "../model/history-store.ts";
import type { EvidenceKind, EvidenceMap } from "./kinds.ts";
import type { Redacted } from "./redact.ts";

export const PROBE_IDS = [
  "tls-session",
  "tls-parameters",
  "http-response",
  "http-unauthenticated",
  "http-invalid-credential",
  "http-query-credential",
  "http-plaintext",
  "revocation",
  "domain",
  "registration",
  "client-certificate",
  "credential",
  "token-request",
  "token",
  "jwks",
  "oauth-metadata",
  "http-not-found",
  "http-preflight",
  "security-txt",
  "sdk",
  "response-history",
  "api-description",
] as const;
export type ProbeId = (typeof PROBE_IDS)[number];

/** In stored runs: `tls-versions` asked less than `tls-parameters` does, in its place. */
export const FORMER_PROBE_IDS = ["tls-versions"] as const;

/** What an observation is about, within an integration: same key, same question. */
export interface ObservationKey {
  /** URL origin. */
  readonly origin: string;
  /** Per-address probes. */
  readonly address?: string;
  /** Per-endpoint probes; of a published document its place. */
  readonly endpoint?: string;
}

interface ObservationBase<K extends EvidenceKind> {
  readonly probe: ProbeId | (typeof FORMER_PROBE_IDS)[number];
  readonly kind: K;
  readonly key: ObservationKey;
  /** Epoch milliseconds. */
  readonly observedAt: number;
  readonly durationMs: number;
  /** Opened for it, where that is part of the answer. Not stored. */
  readonly connections?: number;
  /** Taken from an earlier run because this one was not due yet. */
  readonly carried?: boolean;
}

/**
 * One probe's answer. Evidence if and only if `observed`; `refused` is also a fact (nobody listens on port 80),
 * the other outcomes say that we could not see, and why.
 */
export type Observation<K extends EvidenceKind = EvidenceKind> = {
  [Kind in K]:
    | (ObservationBase<Kind> & {
        readonly outcome: "observed";
        readonly evidence: Redacted<EvidenceMap[Kind]>;
        /** As the store keeps it, where that is an older version of its kind than today's: the evidence above was upcast from it. */
        readonly storedAs?: StoredEvidence;
      })
    | (ObservationBase<Kind> & {
        readonly outcome: "refused" | "unreachable" | "timed-out" | "skipped" | "failed";
        readonly failure: Failure;
      });
}[K];

export type ObservationOutcome = Observation["outcome"];

/** Canonical text of a key, for maps and for the store. */
export function observationKeyText(key: ObservationKey): string {
  return [key.origin, key.address ?? "", key.endpoint ?? ""].join("|");
}
