import { type Observation, type ObservationKey, observationKeyText } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence } from "../rules/rule.ts";
import { evidenceOf, failureOf, plain } from "./aggregate.ts";
import { answerReason, foreignReason } from "./responses.ts";

/** Why a status tells neither that the endpoint is open nor that it refuses. */
export function unclearStatus(status: number): UnobservedReason | undefined {
  if (status < 200) return "http_protocol_error";
  return status >= 500 ? "server_error" : ABOUT_SOMETHING_ELSE.get(status);
}

/** Why the answer with the credential was not seen this time: the network failed, somebody else spoke, or we did not send it. */
export function missedReason(key: ObservationKey, responses: readonly Observation<"http-response">[]): UnobservedReason | undefined {
  const observation = withCredential(key, responses);
  if (observation === undefined) return undefined;
  const evidence = evidenceOf(observation);
  return evidence === undefined ? failureOf(observation)?.reason : (foreignReason(evidence) ?? evidence.body.failure?.reason);
}

/** `certificate_required` says it in so many words (RFC 8446 section 6.2). */
export function demandsCertificate(observation: Observation<"http-unauthenticated">): boolean {
  return failureOf(observation)?.code === "alert 116";
}

/** Nothing else than a client certificate lets us in: what answers without it answers without a credential. */
export function isCertificateAlone({ auth }: Pick<Integration, "auth">): boolean {
  return auth.scheme === "mtls" && auth.credential === undefined && auth.auditCredential === undefined;
}

function withCredential(key: ObservationKey, responses: readonly Observation<"http-response">[]): Observation<"http-response"> | undefined {
  return responses.find((response) => observationKeyText(response.key) === observationKeyText(key));
}

/** The same question, asked with the credential in the same run, and answered with a success by the API itself. */
export function successWithCredential(key: ObservationKey, responses: readonly Observation<"http-response">[]): ResultEvidence | undefined {
  const observation = withCredential(key, responses);
  const evidence = observation === undefined ? undefined : evidenceOf(observation);
  if (observation === undefined || evidence === undefined || evidence.credential.state !== "sent") return undefined;
  const { status } = evidence;
  const isSuccess = status >= 200 && status < 300 && answerReason(evidence) === undefined;
  return isSuccess ? { observation: plain(observation), pointer: "/status", summary: `status ${status} with the credential` } : undefined;
}

/** A proxy's demand, two matters of time, a limiter (RFC 9110 sections 15.5.8 and 15.5.9, RFC 8470 section 5.2, RFC 6585 section 4). */
const ABOUT_SOMETHING_ELSE: ReadonlyMap<number, UnobservedReason> = new Map([
  [407, "proxy_auth_required"],
  [408, "http_timeout"],
  [425, "evidence_ambiguous"],
  [429, "rate_limited"],
]);
