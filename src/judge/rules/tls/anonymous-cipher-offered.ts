import { isAnonymous } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const anonymousCipherOffered = defineRule({
  meta: {
    id: "tls/anonymous-cipher-offered",
    revision: 2,
    title: "No cipher suite without a certificate is accepted",
    failureTitle: "A cipher suite without a certificate is accepted",
    rationale:
      "In an anonymous exchange nobody proves to be the provider: whoever stands in between reads and changes everything. No client of today offers one, so that it takes a client that was told not to verify.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are not affected as long as your clients do not offer it, which those of today do not. Look for clients of your own with a cipher list that names ADH, AECDH, aNULL or ALL.",
    },
    severity: "high",
    likelihood: 1,
    citations: [
      { id: "RFC 5246 F.1.1.1", url: "https://www.rfc-editor.org/rfc/rfc5246#appendix-F.1.1.1" },
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
    ],
    cwe: ["CWE-322"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Cipher suites without a certificate are refused." },
    ...weakOutcomes({ usual: "low", worst: "high" }, ({ suites, versions }) => `Accepted without a certificate: ${suites} (${versions}).`),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, isAnonymous)),
  absent: goneOrigin,
});
