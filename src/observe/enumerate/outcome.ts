import { TLS_VERSIONS } from "../../model/tls.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import type { Seen } from "./result.ts";

export type HelloAnswer = Extract<TlsAnswer, { type: "hello" }>;

/** `refused` may be believed, `lost` says nothing and may mean that we are too much for the server, `odd` says nothing. */
export type Outcome =
  | { readonly kind: "hello"; readonly answer: HelloAnswer }
  | { readonly kind: "refused" | "odd"; readonly seen: Seen }
  /** `forGood`: it was lost again and again, while others were answered. */
  | { readonly kind: "lost"; readonly seen: Seen; readonly forGood?: boolean };

/** A refusal only if it repeats while the server still answers others. */
export interface SoftOutcome {
  readonly kind: "soft";
  readonly seen: Seen;
}

export const PROTOCOL_VERSION = 70;

/** unexpected_message (JSSE's last word), handshake_failure, illegal_parameter, protocol_version, insufficient_security, missing_extension. */
const REFUSALS = new Set([10, 40, 47, PROTOCOL_VERSION, 71, 109]);
/** access_denied, internal_error, user_canceled: of us or of the moment, not of what was offered. */
const TROUBLES = new Set([49, 80, 90]);

export function outcomeOf(offer: TlsOffer, answer: TlsAnswer): Outcome | SoftOutcome {
  switch (answer.type) {
    case "hello":
      if (asksForNothing(offer, answer)) return { kind: "refused", seen: { what: "other-choice", version: answer.version } };
      return wasOffered(offer, answer) ? { kind: "hello", answer } : { kind: "odd", seen: { what: "malformed" } };
    case "alert":
      return { kind: kindOfAlert(answer.description), seen: { what: "alert", alert: answer.description } };
    case "close":
      return answer.midAnswer ? { kind: "lost", seen: { what: "cut" } } : { kind: "soft", seen: { what: "close" } };
    case "malformed":
      return { kind: "odd", seen: { what: "malformed" } };
    default:
      return { kind: "lost", seen: { what: answer.type } };
  }
}

/** Such a refusal was believed because it repeated. */
export function isSoft(seen: Seen): boolean {
  return seen.what === "close" || (seen.alert !== undefined && kindOfAlert(seen.alert) === "soft");
}

/** An alert about us or the moment: it says nothing of what was asked. */
export function isTrouble(description: number): boolean {
  return TROUBLES.has(description);
}

function kindOfAlert(description: number): "refused" | "soft" | "lost" {
  if (REFUSALS.has(description)) return "refused";
  return TROUBLES.has(description) ? "lost" : "soft";
}

/** A HelloRetryRequest without a group, against RFC 8446 section 4.1.4: what wolfSSL says where it has none of those that were offered. */
function asksForNothing({ cipherSuites }: TlsOffer, { helloRetryRequest, group, cipherSuite }: HelloAnswer): boolean {
  return helloRetryRequest && group === undefined && cipherSuites.includes(cipherSuite);
}

/** RFC 8446 section 4.1.4: a HelloRetryRequest asks for a group that was offered, and for which no share was sent. */
function wasOffered(offer: TlsOffer, answer: HelloAnswer): boolean {
  if (!offer.cipherSuites.includes(answer.cipherSuite)) return false;
  if (TLS_VERSIONS.indexOf(answer.version) > TLS_VERSIONS.indexOf(offer.version) || answer.version === "SSL 2.0") return false;
  if (answer.version !== "TLS 1.3") return !answer.helloRetryRequest;
  if (answer.group === undefined || !offer.groups.includes(answer.group)) return false;
  return answer.helloRetryRequest !== offer.shares.includes(answer.group);
}
