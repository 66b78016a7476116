import { isRc4 } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const rc4CipherOffered = defineRule({
  meta: {
    id: "tls/rc4-cipher-offered",
    revision: 2,
    title: "RC4 is not accepted",
    failureTitle: "RC4 is accepted",
    rationale:
      "The bytes of RC4 are not even enough: what is sent again and again, as a token is, can be read from many connections. It must not be used in any version; no client of today offers it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are not affected as long as your clients do not offer it, which those of today do not.",
    },
    severity: "high",
    likelihood: 1,
    citations: [
      { id: "RFC 7465 2", url: "https://www.rfc-editor.org/rfc/rfc7465#section-2" },
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "RC4 is refused." },
    ...weakOutcomes({ usual: "low", worst: "high" }, ({ suites, versions }) => `Accepted with RC4: ${suites} (${versions}).`),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, isRc4)),
  absent: goneOrigin,
});
