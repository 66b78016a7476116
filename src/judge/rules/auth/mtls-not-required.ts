import type { HttpUnauthenticatedEvidence } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import { type Answer, answerEach, failureOf, plain } from "../../facts/aggregate.ts";
import { givenAway } from "../../facts/held-data.ts";
import { demandsCertificate, isCertificateAlone, successWithCredential, unclearStatus } from "../../facts/refusals.ts";
import { absentEndpoint, endpointSubject } from "../../facts/subjects.ts";
import { defineRule, type ResultEvidence, type RuleResult } from "../rule.ts";

export const mtlsNotRequired = defineRule({
  meta: {
    id: "auth/mtls-not-required",
    revision: 3,
    title: "Without our client certificate the endpoint refuses",
    failureTitle: "The endpoint answers without our client certificate",
    rationale:
      "A client certificate protects only where the server insists on it. One that is asked for and not required lets in everybody who leaves it out, while the contract, the risk register and the audit all count it as the strongest login there is.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider why a request without a certificate is answered, and until that is mended treat the integration as one without client certificates: correct `auth` in the inventory, and see `apirisk auth explain`.",
    },
    severity: "critical",
    likelihood: 3,
    citations: [
      { id: "RFC 8446 4.4.2.4", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4" },
      { id: "RFC 8705 2", url: "https://www.rfc-editor.org/rfc/rfc8705#section-2" },
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
    ],
    cwe: ["CWE-295"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.1", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-response", "http-unauthenticated"],
  outcomes: {
    demanded: { verdict: "pass", message: ({ code }) => `Without the certificate the connection ends with the ${code}.` },
    refused: { verdict: "pass", message: ({ status }) => `Without the certificate the answer is ${status}.` },
    "same-data": {
      verdict: "fail",
      message: ({ status }) => `Without the certificate the answer has the same shape as with it, and holds data (status ${status}).`,
    },
    "same-answer": {
      verdict: "fail",
      severity: "high",
      message: ({ status }) => `Without the certificate the answer has the same shape as with it (status ${status}).`,
    },
    success: {
      verdict: "fail",
      severity: "medium",
      message: ({ status }) => `Without the certificate the answer is a success (status ${status}); its content was not compared.`,
    },
    "open-anyway": {
      verdict: "not-applicable",
      message: () => "It answers without certificate and credential: see auth/unauthenticated-access.",
    },
    "no-certificate": { verdict: "not-applicable", message: () => "No client certificate is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
  },
  applies: ({ integration: { auth } }) => (auth.scheme === "mtls" || auth.clientCertificate !== undefined ? undefined : "no-certificate"),
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap((endpoint) => {
      const { id } = endpoint;
      const without = observations["http-unauthenticated"].filter(({ key }) => key.endpoint === id);
      const withCertificate = ({ key }: Observation<"http-unauthenticated">) => successShowing(observations["http-response"], key);
      const demanded = without.flatMap((observation) => demandIn(endpointSubject(id), observation, withCertificate(observation)));
      if (demanded.length > 0) return demanded;
      return answerEach(endpointSubject(id), without, (evidence, observation) =>
        answerFor(evidence, endpoint, integration, withCertificate(observation)),
      );
    }),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "not-declared"),
});

type Outcome = "demanded" | "refused" | "same-data" | "same-answer" | "success" | "open-anyway";

/** With a certificate of ours, in the same run. */
function successShowing(responses: readonly Observation<"http-response">[], key: Observation["key"]): ResultEvidence | undefined {
  const showing = responses.filter((one) => one.outcome === "observed" && one.evidence.credential.certificate === true);
  return successWithCredential(key, showing);
}

/**
 * What servers of TLS 1.2 say instead may mean anything else as well, unless
 * the same handshake was fine with the certificate.
 */
function demandIn(
  subject: string,
  observation: Observation<"http-unauthenticated">,
  withCertificate: ResultEvidence | undefined,
): readonly RuleResult<Outcome>[] {
  const { code = "" } = failureOf(observation) ?? {};
  if (!demandsCertificate(observation) && !(OTHER_DEMANDS.has(code) && withCertificate !== undefined)) return [];
  const beside = withCertificate === undefined ? [] : [withCertificate];
  return [
    {
      outcome: "demanded",
      subject,
      data: { code },
      evidence: [{ observation: plain(observation), pointer: "", summary: code }, ...beside],
    },
  ];
}

function answerFor(
  evidence: HttpUnauthenticatedEvidence,
  endpoint: Endpoint,
  integration: Integration,
  withCertificate: ResultEvidence | undefined,
): Answer<Outcome> {
  const { status, interference, shape, sameShape, unsteady } = evidence;
  const shown = { data: { status }, pointer: "/status", summary: `status ${status} without the certificate` };
  const unclear = interference ?? unclearStatus(status);
  if (unclear !== undefined) return { outcome: "unobserved", reason: unclear, ...shown };
  const isAlone = isCertificateAlone(integration);
  if (status >= 400) {
    // Where a credential was left out as well, that may be what was missed.
    if (!isAlone || withCertificate === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...shown };
    return { outcome: "refused", ...shown, beside: [withCertificate] };
  }
  const isOther = status >= 300 || shape?.errorShaped === true || sameShape === false;
  if (isOther) return { outcome: "unobserved", reason: "evidence_ambiguous", ...shown };
  if (unsteady !== undefined) return { outcome: "unobserved", reason: unsteady, ...shown };
  if (!isAlone) return { outcome: "open-anyway", ...shown };
  if (sameShape !== true) return { outcome: "success", confidence: 0.6, ...shown };
  return givenAway(evidence, endpoint, integration) === "data"
    ? { outcome: "same-data", confidence: 0.95, ...shown }
    : { outcome: "same-answer", confidence: 0.9, ...shown };
}

/** handshake_failure, no_certificate, bad_certificate (RFC 5246 section 7.2.2). */
const OTHER_DEMANDS: ReadonlySet<string> = new Set(["alert 40", "alert 41", "alert 42"]);
