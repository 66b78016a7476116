import { dataClassFacts } from "../../../catalog/data-classes.ts";
import type { HttpUnauthenticatedEvidence } from "../../../evidence/kinds.ts";
import type { DataClass } from "../../../model/data-class.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { endpointOfSubject, endpointSubject } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const unauthenticatedAccess = defineRule({
  meta: {
    id: "auth/unauthenticated-access",
    revision: 1,
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
  needs: ["http-unauthenticated"],
  outcomes: {
    refused: { verdict: "pass", message: ({ status }) => `Without the credential the answer is ${status}.` },
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
    success: {
      verdict: "fail",
      severity: "high",
      message: ({ status }) => `Without the credential the answer is a success (status ${status}); its content was not compared.`,
    },
    "other-answer": {
      verdict: "fail",
      severity: "info",
      message: ({ status }) => `Without the credential there is another answer with status ${status}: a public part, or a page to log in.`,
    },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
  },
  applies: ({ integration: { auth } }) => (auth.scheme === undefined || auth.scheme === "none" ? "no-credential" : undefined),
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap((endpoint) =>
      answerEach(
        endpointSubject(endpoint.id),
        observations["http-unauthenticated"].filter(({ key }) => key.endpoint === endpoint.id),
        (evidence) => answerFor(evidence, endpoint, integration),
      ),
    ),
  absent: (subject, { integration }) =>
    endpointOfSubject(subject, integration) === undefined
      ? { outcome: "not-declared", subject }
      : { outcome: "unobserved", subject, reason: "evidence_missing" },
});

type Outcome = "refused" | "error-in-success" | "same-data" | "same-shape" | "success" | "other-answer";

function answerFor(evidence: HttpUnauthenticatedEvidence, endpoint: Endpoint, integration: Integration): Answer<Outcome> {
  const { status, interference, shape, sameShape } = evidence;
  const shown = { data: { status }, pointer: "/status", summary: `status ${status} without the credential` };
  if (interference !== undefined) return { outcome: "unobserved", reason: interference, ...shown };
  if (status >= 500) return { outcome: "unobserved", reason: "server_error", ...shown };
  if (status < 200) return { outcome: "unobserved", reason: "http_protocol_error", ...shown };
  if (status >= 300) return { outcome: "refused", ...shown };
  if (shape?.errorShaped === true) return { outcome: "error-in-success", ...shown };
  if (sameShape === false) return { outcome: "other-answer", confidence: 0.5, ...shown };
  // Only the status is known, or there was no answer with the credential to compare with.
  if (sameShape === undefined) return { outcome: "success", confidence: 0.6, ...shown };
  return holdsData(shape?.classes ?? [], endpoint, integration)
    ? { outcome: "same-data", confidence: 0.95, ...shown }
    : { outcome: "same-shape", confidence: 0.9, ...shown };
}

/** Something above public: seen in the answer, or declared for it. */
function holdsData(seen: readonly DataClass[], { expect }: Endpoint, { dataClasses }: Integration): boolean {
  return [...seen, ...(expect.classes ?? []), ...dataClasses].some((dataClass) => dataClassFacts(dataClass).sensitive);
}
