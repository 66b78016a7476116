import { isNull } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const nullCipherOffered = defineRule({
  meta: {
    id: "tls/null-cipher-offered",
    revision: 2,
    title: "No cipher suite without encryption is accepted",
    failureTitle: "A cipher suite without encryption is accepted",
    rationale:
      "Whoever agrees on such a suite sends everything in clear, with a padlock on it. No client of today offers one, so that it takes a client set up for tests, or a mistake, to get there; that the server would go along shows how its edge is kept.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are not affected as long as your clients do not offer it, which those of today do not. Look for clients of your own with a cipher list that names NULL, eNULL or ALL.",
    },
    severity: "high",
    likelihood: 1,
    citations: [{ id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" }],
    cwe: ["CWE-319"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Cipher suites without encryption are refused." },
    ...weakOutcomes({ usual: "low", worst: "high" }, ({ suites, versions }) => `Accepted without encryption: ${suites} (${versions}).`),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, isNull)),
  absent: goneOrigin,
});
