import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { challengesOf, goneEndpoint } from "../../facts/challenges.ts";
import { foreignReason } from "../../facts/responses.ts";
import { endpointSubject } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const credentialRejected = defineRule({
  meta: {
    id: "auth/credential-rejected",
    revision: 1,
    title: "Our credential is taken",
    failureTitle: "Our credential is turned down",
    rationale:
      "It expired, was revoked, lost a right, or was never the right one: either our clients fail with it as well, or the audit uses another one than they do and sees nothing of what they get.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Try the credential by hand. Renew it if it ended; if only the audit's own is turned down, mend auth.auditCredential; if the provider takes it from known addresses alone, audit from one of them.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "RFC 6750 3.1", url: "https://www.rfc-editor.org/rfc/rfc6750#section-3.1" }],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17", "NIST-CSF PR.AA-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    taken: { verdict: "pass", message: () => "The endpoint takes the credential." },
    rejected: { verdict: "fail", message: ({ status }) => `The endpoint answers ${status} to our credential.` },
    "too-little": {
      verdict: "fail",
      severity: "medium",
      message: ({ scope }) => `The credential is taken, but may not do this${scope === "" ? "" : `; it would need the scope ${scope}`}.`,
    },
    forbidden: { verdict: "fail", severity: "medium", message: () => "The endpoint answers 403 to our credential, without a reason." },
    expected: { verdict: "not-applicable", message: () => "A refusal is what the inventory expects of this endpoint." },
    "not-sent": { verdict: "not-applicable", message: () => "No credential is declared, or none was sent." },
    "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
  },
  applies: ({ integration: { auth } }) => ((auth.auditCredential ?? auth.credential) === undefined ? "not-sent" : undefined),
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap(({ id }) =>
      answerEach(
        endpointSubject(id),
        observations["http-response"].filter(({ key }) => key.endpoint === id),
        answerFor,
      ),
    ),
  absent: goneEndpoint,
});

function answerFor(evidence: HttpResponseEvidence): Answer<"taken" | "expected" | "rejected" | "too-little" | "forbidden" | "not-sent"> {
  const { status, credential, interference } = evidence;
  const at = { data: { status, scope: "" }, pointer: "/status", summary: `status ${status}` };
  const foreign = foreignReason(evidence);
  if (foreign !== undefined) return { outcome: "unobserved", reason: foreign, ...at };
  if (credential.state === "withheld") return { outcome: "unobserved", reason: credential.reason ?? "credential_withheld", ...at };
  if (credential.state === "none") return { outcome: "not-sent", ...at };
  if (interference === undefined) return { outcome: status === 401 || status === 403 ? "expected" : "taken", ...at };
  if (status === 401) return { outcome: "rejected", ...at };
  if (status !== 403) return { outcome: "unobserved", reason: interference, ...at };
  const lacking = challengesOf(evidence.headers)?.challenges.find(({ params }) => params["error"] === "insufficient_scope");
  if (lacking !== undefined) return { outcome: "too-little", ...at, data: { status, scope: lacking.params["scope"] ?? "" } };
  // Firewalls say the same, and so do APIs whose keys ended (Datadog).
  return { outcome: "forbidden", confidence: 0.6, ...at };
}
