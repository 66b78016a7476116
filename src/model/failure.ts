import type { UnobservedReason } from "./reason.ts";

export const FAILURE_PHASES = ["plan", "resolve", "connect", "proxy", "tls", "request", "headers", "body"] as const;
export type FailurePhase = (typeof FAILURE_PHASES)[number];

/** Why the network gave no answer. Made in one place (observe/net/failure), from errno, OpenSSL and HTTP parser codes. */
export interface Failure {
  readonly reason: UnobservedReason;
  readonly phase: FailurePhase;
  /** The machine code it was mapped from (ECONNRESET, HPE_HEADER_OVERFLOW, alert 40), never free text from outside. */
  readonly code?: string;
  /** Bytes had come in reply to the request before it failed; over TLS they may be of TLS alone. */
  readonly answered?: true;
  /** May succeed if simply asked again. */
  readonly retriable: boolean;
  /** The provider is slowing us down or turning us away: lanes fall to one. */
  readonly limiting?: boolean;
}
