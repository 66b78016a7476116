import type { HttpUnauthenticatedEvidence } from "../../../evidence/kinds.ts";
import type { Observation, ObservationKey } from "../../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { type Answer, answerEach, plain } from "../../facts/aggregate.ts";
import { givenAway } from "../../facts/held-data.ts";
import { demandsCertificate, isCertificateAlone, missedReason, successWithCredential, unclearStatus } from "../../facts/refusals.ts";
import { absentEndpoint, endpointSubject } from "../../facts/subjects.ts";
import { defineRule, type ResultEvidence } from "../rule.ts";

export const unauthenticatedAccess = defineRule({
  meta: {
    id: "auth/unauthenticated-access",
    revision: 5,
    title: "Without the credential the endpoint refuses",
    failureTitle: "The endpoint answers without the credential",
    rationale:
      "An endpoint that we call with a credential and that answers the same without it gives our data, or that of everybody else at this provider, to anyone who knows the URL.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "medium",
      text: "Stop sending data to this endpoint and remove what can be removed, tell the provider's security contact today, and check from when on it was open whether the incident has to be reported.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
      { id: "RFC 9110 15.5.2", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2" },
    ],
    cwe: ["CWE-306", "CWE-862"],
    owasp: ["API2:2023", "API5:2023"],
    controls: ["PCI-DSS 8.3.1", "ISO27001 A.5.15", "ISO27001 A.8.3", "NIST-CSF PR.AA-05"],
    confirm: 1,
  },
  needs: ["http-response", "http-unauthenticated"],
  outcomes: {
    refused: { verdict: "pass", message: ({ status }) => `Without the credential the answer is ${status}.` },
    "certificate-demanded": {
      verdict: "pass",
      message: () => "Without a client certificate the handshake is refused (certificate_required).",
    },
    "error-in-success": {
      verdict: "pass",
      message: ({ status }) => `Without the credential the answer is an error with status ${status}.`,
    },
    "same-data": {
      verdict: "fail",
      message: ({ status }) => `Without the credential the answer has the same shape and holds data (status ${status}).`,
    },
    "same-shape": {
      verdict: "fail",
      severity: "high",
      message: ({ status }) => `Without the credential the answer has the same shape (status ${status}).`,
    },
    "nothing-given": {
      verdict: "fail",
      severity: "info",
      remediation: {
        verb: "ask",
        alone: true,
        effort: "low",
        text: "Nothing of ours was given away. Where the endpoint is open by design, declare `expect.classes: []` for it; where data should have been in the answer, look at it once more when there is some.",
      },
      message: ({ status }) =>
        `Without the credential the answer has the same shape, and holds nothing that is not public (status ${status}).`,
    },
    success: {
      verdict: "fail",
      severity: "medium",
      message: ({ status }) => `Without the credential the answer is a success (status ${status}); its content was not compared.`,
    },
    "other-answer": {
      verdict: "fail",
      severity: "info",
      remediation: {
        verb: "ask",
        alone: true,
        effort: "low",
        text: "Look at it once: ask for the endpoint without a credential. Where it is a public part or a page to log in, nothing is wrong.",
      },
      message: ({ status }) => `Without the credential there is another answer with status ${status}: a public part, or a page to log in.`,
    },
    "certificate-alone": {
      verdict: "not-applicable",
      message: () => "A client certificate is all that lets us in: see auth/mtls-not-required.",
    },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
  },
  applies: ({ integration }) => {
    const { scheme } = integration.auth;
    if (scheme === undefined || scheme === "none") return "no-credential";
    return isCertificateAlone(integration) ? "certificate-alone" : undefined;
  },
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap((endpoint) => {
      const subject = endpointSubject(endpoint.id);
      const asked = observations["http-unauthenticated"].filter(({ key }) => key.endpoint === endpoint.id);
      const others = asked.filter((observation) => !demandsCertificate(observation));
      const demanded = asked.filter(demandsCertificate).map((observation) => ({
        outcome: "certificate-demanded" as const,
        subject,
        evidence: [{ observation: plain(observation), pointer: "", summary: "certificate_required" }],
      }));
      if (demanded.length > 0 && others.length === 0) return demanded;
      const answers = answerEach(subject, others, (evidence, { key }) =>
        answerFor(evidence, endpoint, integration, key, observations["http-response"]),
      );
      return [...demanded, ...answers];
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "not-declared"),
});

type Outcome = "refused" | "error-in-success" | "same-data" | "same-shape" | "nothing-given" | "success" | "other-answer";

function answerFor(
  evidence: HttpUnauthenticatedEvidence,
  endpoint: Endpoint,
  integration: Integration,
  key: ObservationKey,
  responses: readonly Observation<"http-response">[],
): Answer<Outcome> {
  const { level, status, interference, fromCache, shape, sameShape, unsteady } = evidence;
  const shown = { data: { status }, pointer: "/status", summary: `status ${status} without the credential` };
  const unseen = interference ?? unclearStatus(status);
  if (unseen !== undefined) return { outcome: "unobserved", reason: unseen, ...shown };
  if (status >= 300) return { ...refusal(status, () => successWithCredential(key, responses)), ...shown };
  if (fromCache === true) return { outcome: "unobserved", reason: "evidence_ambiguous", ...shown };
  if (shape?.errorShaped === true) return { outcome: "error-in-success", ...shown };
  if (sameShape === false) return { outcome: "other-answer", confidence: 0.5, ...shown };
  // One of two that lets us in may be an accident.
  if (unsteady !== undefined) return { outcome: "unobserved", reason: unsteady, ...shown };
  // What could have been compared on a better day was not found to be something else.
  const missed = level === "headers" || sameShape !== undefined ? undefined : missedReason(key, responses);
  if (missed !== undefined) return { outcome: "unobserved", reason: missed, ...shown };
  // Only the status is known, or there was no answer with the credential to compare with.
  if (sameShape === undefined) return { outcome: "success", confidence: 0.6, ...shown };
  return { ...GIVEN[givenAway(evidence, endpoint, integration)], ...shown };
}

/**
 * 401 and 403 ask for a credential in so many words. Others hide what they refuse behind a 404, a 400 or a login page: that is a
 * refusal where the same request with the credential was a success, and may be a wrong path or a moved one anywhere else.
 */
function refusal(status: number, withCredential: () => ResultEvidence | undefined): Pick<Answer<Outcome>, "outcome" | "reason" | "beside"> {
  if (status === 401 || status === 403) return { outcome: "refused" };
  const proof = status >= 400 || REDIRECTS.includes(status) ? withCredential() : undefined;
  return proof === undefined ? { outcome: "unobserved", reason: "evidence_ambiguous" } : { outcome: "refused", beside: [proof] };
}

const GIVEN = {
  data: { outcome: "same-data", confidence: 0.95 },
  nothing: { outcome: "nothing-given", confidence: 0.9 },
  unknown: { outcome: "same-shape", confidence: 0.9 },
} as const;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
