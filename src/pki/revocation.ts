import type { Certificate } from "./certificate.ts";
import { TOLERATED_SKEW } from "./clock.ts";

/** Whom an answer has to be about. */
export interface RevocationQuestion {
  readonly leaf: Certificate;
  /** Who signed it. */
  readonly issuer: Certificate;
  /** Epoch milliseconds. */
  readonly asOf: number;
}

/** What somebody who may say it says of a certificate, whichever way it came: OCSP (RFC 6960) or a CRL (RFC 5280 section 5). */
export type RevocationVerdict =
  | ({ readonly status: "good" } & Period)
  | ({ readonly status: "revoked"; readonly revokedAt: number; readonly reason?: RevocationReason } & Period)
  /** Not known is neither good nor revoked. */
  | { readonly status: "unknown"; readonly why: RevocationDoubt };

/** Epoch milliseconds. */
export interface Period {
  readonly thisUpdate: number;
  readonly nextUpdate?: number;
}

export const REVOCATION_DOUBTS = [
  /** Not the structure that it should be. */
  "malformed",
  "try-later",
  "unauthorized",
  /** Any other error in the place of an answer. */
  "not-answered",
  /** It is about other certificates, or about another part of them. */
  "other-certificate",
  /** The responder has never heard of it. */
  "not-known",
  "wrong-signature",
  /** Somebody signed it who may not speak for the issuer. */
  "wrong-signer",
  "unsupported-algorithm",
  "stale",
  "future",
  /** A delta, an indirect list, or a critical extension that nobody here knows. */
  "not-understood",
] as const;
export type RevocationDoubt = (typeof REVOCATION_DOUBTS)[number];

/** RFC 5280 section 5.3.1, by number; 7 is not used. */
export const REVOCATION_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

export function reasonOf(number: number): RevocationReason | undefined {
  return number === UNUSED ? undefined : REVOCATION_REASONS[number > UNUSED ? number - 1 : number];
}

/** At this time, in epoch milliseconds; clocks may differ by minutes. */
export function freshness({ thisUpdate, nextUpdate }: Period, asOf: number): "fresh" | "stale" | "future" {
  if (thisUpdate > asOf + TOLERATED_SKEW) return "future";
  return (nextUpdate ?? thisUpdate + WITHOUT_NEXT) + TOLERATED_SKEW < asOf ? "stale" : "fresh";
}

export function unknown(why: RevocationDoubt): RevocationVerdict {
  return { status: "unknown", why };
}

const UNUSED = 7;
const MINUTE = 60_000;
/** Without nextUpdate there is always newer information (RFC 6960 section 2.4): what is a day old is then taken, and nothing older. */
const WITHOUT_NEXT = 24 * 60 * MINUTE;
