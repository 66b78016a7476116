import { olderFeatureAnswer } from "../../facts/tls-features.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { defineRule } from "../rule.ts";

export const noExtendedMasterSecret = defineRule({
  meta: {
    id: "tls/no-extended-master-secret",
    revision: 1,
    title: "Sessions are bound to their handshake",
    failureTitle: "Sessions below TLS 1.3 are not bound to their handshake",
    rationale:
      "Without the extended master secret, two connections can be made to share their keys (Triple Handshake), so that a client certificate or a token that is bound to one of them is good for the other. Only clients of TLS 1.2 that use such a binding, or resume sessions, have anything to lose.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done where your clients speak TLS 1.3. Where one authenticates with a client certificate over TLS 1.2, ask the provider for the extension, or for TLS 1.3.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 7627 5.2", url: "https://www.rfc-editor.org/rfc/rfc7627#section-5.2" },
      { id: "RFC 9325 3.5", url: "https://www.rfc-editor.org/rfc/rfc9325#section-3.5" },
    ],
    cwe: ["CWE-300"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    supported: { verdict: "pass", message: () => "The extended master secret is supported." },
    missing: { verdict: "fail", message: () => "A hello below TLS 1.3 was answered without the extended master secret." },
    "only-tls13": { verdict: "not-applicable", message: () => "Only TLS 1.3 is accepted." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("handshake", integration, observations.tls, (evidence) =>
      olderFeatureAnswer(evidence, "extendedMasterSecret", { yes: "supported", no: "missing" }),
    ),
  absent: goneOrigin,
});
