import type { BodyFacts, HeaderFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { UnobservedReason } from "../../model/reason.ts";

/** Why this answer says nothing of the API's own headers: a limiter, a firewall or a broken server spoke in its place. */
export function foreignReason({ interference }: HttpResponseEvidence): UnobservedReason | undefined {
  return interference !== undefined && FOREIGN.includes(interference) ? interference : undefined;
}

/** Why this is not the answer that our clients get: somebody else spoke, our credential stayed here, or it was turned down. */
export function answerReason(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  const { credential, interference } = evidence;
  const withheld = credential.state === "withheld" ? (credential.reason ?? "credential_withheld") : undefined;
  return foreignReason(evidence) ?? withheld ?? interference;
}

/** Why the body of this answer was not seen, or not whole. */
export function bodyReason(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  return answerReason(evidence) ?? unreadReason(evidence.body);
}

/** A body that holds no record shows neither that a field is sent nor that it is not. */
export function holdsNoRecord({ state, records }: BodyFacts): boolean {
  return state === "empty" || records === 0;
}

/** The kept value of a field, "" where only its presence is known, undefined where it did not come. */
export function fieldValue(headers: readonly HeaderFact[], name: string): string | undefined {
  const field = headers.find((header) => header.name === name);
  return field === undefined ? undefined : (field.value ?? "");
}

function unreadReason({ state, failure }: BodyFacts): UnobservedReason | undefined {
  if (state === "classified" || state === "empty") return undefined;
  return failure?.reason ?? UNREAD[state];
}

const FOREIGN: readonly UnobservedReason[] = ["rate_limited", "blocked", "server_error"];
const UNREAD: Readonly<Record<Exclude<BodyFacts["state"], "classified" | "empty">, UnobservedReason>> = {
  unsupported: "body_unsupported_type",
  undecodable: "body_undecodable",
  truncated: "body_truncated",
  "too-deep": "body_too_deep",
  "not-read": "evidence_missing",
};
