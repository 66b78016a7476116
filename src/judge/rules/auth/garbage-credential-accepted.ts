import type { HttpInvalidCredentialEvidence, HttpUnauthenticatedEvidence } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import { type Answer, answerEach, evidenceOf, plain } from "../../facts/aggregate.ts";
import { successWithCredential, unclearStatus } from "../../facts/refusals.ts";
import { absentEndpoint, endpointSubject } from "../../facts/subjects.ts";
import { defineRule, type RuleInput, type RuleResult } from "../rule.ts";

export const garbageCredentialAccepted = defineRule({
  meta: {
    id: "auth/garbage-credential-accepted",
    revision: 2,
    title: "A credential that is nobody's is refused",
    failureTitle: "Any credential is accepted",
    rationale:
      "The endpoint wants to see a credential and does not look at it: whoever knows the URL and makes one up gets what we get. It looks protected to everybody who tries it without.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider's security contact today: this is their incident. Stop sending data to this endpoint, remove what can be removed, and check from when on it was open whether the incident has to be reported.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
      { id: "RFC 6750 3.1", url: "https://www.rfc-editor.org/rfc/rfc6750#section-3.1" },
    ],
    cwe: ["CWE-287", "CWE-347"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.1", "ISO27001 A.5.15", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-invalid-credential", "http-response", "http-unauthenticated"],
  outcomes: {
    refused: { verdict: "pass", message: ({ status }) => `A credential that is nobody's is answered with ${status}.` },
    "error-in-success": {
      verdict: "pass",
      message: ({ status }) => `A credential that is nobody's is answered with an error of status ${status}.`,
    },
    "other-answer": {
      verdict: "pass",
      message: ({ status }) => `A credential that is nobody's gets another answer than ours (status ${status}).`,
    },
    accepted: {
      verdict: "fail",
      message: ({ status }) =>
        `Without a credential the endpoint refuses; one that was made up gets an answer of the same shape as ours (status ${status}).`,
    },
    "open-anyway": { verdict: "not-applicable", message: () => "The endpoint answers the same without any credential." },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
  },
  applies: ({ integration: { auth } }) => (auth.scheme === undefined || auth.scheme === "none" ? "no-credential" : undefined),
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap(({ id }): readonly RuleResult<Outcome | "open-anyway">[] => {
      const subject = endpointSubject(id);
      const without = observations["http-unauthenticated"].find(({ key }) => key.endpoint === id);
      const { sameShape, unsteady } = (without === undefined ? undefined : evidenceOf(without)) ?? {};
      if (without !== undefined && sameShape === true) {
        const evidence = [{ observation: plain(without), pointer: "/sameShape", summary: "the same answer without any credential" }];
        return unsteady === undefined
          ? [{ outcome: "open-anyway" as const, subject, evidence }]
          : [{ outcome: "unobserved" as const, reason: unsteady, subject, evidence }];
      }
      const asked = observations["http-invalid-credential"].filter(({ key }) => key.endpoint === id);
      return answerEach(subject, asked, (evidence, observation) => answerFor(evidence, observation, without, observations));
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "not-declared"),
});

type Outcome = "refused" | "error-in-success" | "other-answer" | "accepted";
type Observations = RuleInput<"http-invalid-credential" | "http-response" | "http-unauthenticated">["observations"];

function answerFor(
  { status, interference, fromCache, shape, sameShape, unsteady }: HttpInvalidCredentialEvidence,
  { key }: Observation<"http-invalid-credential">,
  without: Observation<"http-unauthenticated"> | undefined,
  observations: Observations,
): Answer<Outcome> {
  const shown = { data: { status }, pointer: "/status", summary: `status ${status} with a credential that is nobody's` };
  const unclear = interference ?? unclearStatus(status);
  if (unclear !== undefined) return { outcome: "unobserved", reason: unclear, ...shown };
  const ours = successWithCredential(key, observations["http-response"]);
  if (status === 401 || status === 403) return { outcome: "refused", ...shown };
  if (status >= 300) {
    // What hides a refusal is one only where ours is a success.
    return ours === undefined
      ? { outcome: "unobserved", reason: "evidence_ambiguous", ...shown }
      : { outcome: "refused", beside: [ours], ...shown };
  }
  if (shape?.errorShaped === true) return { outcome: "error-in-success", ...shown };
  // An answer that was given to somebody else, or nothing to compare with.
  if (fromCache === true || ours === undefined || sameShape === undefined)
    return { outcome: "unobserved", reason: "evidence_ambiguous", ...shown };
  if (!sameShape) return { outcome: "other-answer", beside: [ours], ...shown };
  // One of two that lets us in may be an accident.
  if (unsteady !== undefined) return { outcome: "unobserved", reason: unsteady, ...shown };
  const refusal = without === undefined ? undefined : evidenceOf(without);
  if (without === undefined || refusal === undefined || !isRefusal(refusal)) {
    return { outcome: "unobserved", reason: refusal?.interference ?? "evidence_ambiguous", ...shown };
  }
  const refused = { observation: plain(without), pointer: "/status", summary: `status ${refusal.status} without a credential` };
  return { outcome: "accepted", confidence: 0.95, beside: [refused, ours], ...shown };
}

/** Also an error dressed as a success, and a page to log in: anything but what we get. */
function isRefusal({ status, interference, shape, sameShape }: HttpUnauthenticatedEvidence): boolean {
  if (interference !== undefined || unclearStatus(status) !== undefined) return false;
  return status >= 300 || shape?.errorShaped === true || sameShape === false;
}
