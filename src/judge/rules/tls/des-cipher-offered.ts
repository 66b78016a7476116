import { isShortKeyed } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const desCipherOffered = defineRule({
  meta: {
    id: "tls/des-cipher-offered",
    revision: 2,
    title: "Neither single DES nor another cipher with so short a key is accepted",
    failureTitle: "Single DES, or a cipher with a key as short, is accepted",
    rationale:
      "A key of 56 bits is found by trying all of them, for the price of a rented computer and a day. No client of today offers such a cipher; that the server would go along shows how its edge is kept.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider when it will be switched off; your own connections are not affected as long as your clients do not offer it, which those of today do not.",
    },
    severity: "high",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 5469 4", url: "https://www.rfc-editor.org/rfc/rfc5469#section-4" },
    ],
    cwe: ["CWE-326", "CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Single DES, and ciphers with keys as short, are refused." },
    ...weakOutcomes(
      { usual: "low", worst: "high" },
      ({ suites, versions }) => `Accepted with a key of 64 bits or fewer: ${suites} (${versions}).`,
    ),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, isShortKeyed)),
  absent: goneOrigin,
});
