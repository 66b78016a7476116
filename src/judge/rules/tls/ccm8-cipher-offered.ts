import { isCcm8 } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { offeredAnswer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const ccm8CipherOffered = defineRule({
  meta: {
    id: "tls/ccm8-cipher-offered",
    revision: 1,
    title: "No cipher suite with short authentication tags is accepted",
    failureTitle: "A cipher suite with short authentication tags is accepted as well",
    rationale:
      "CCM_8 cuts the tag that guards each record to 64 bits, for devices that count every byte on the air. It is marked as not recommended, and has no place at an API; a forgery still takes more attempts than a connection survives.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done: clients offer suites with whole tags first. Take suites that end in CCM_8 out of your own lists.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 6655 6.1", url: "https://www.rfc-editor.org/rfc/rfc6655#section-6.1" },
      { id: "IANA TLS Cipher Suites", url: "https://www.iana.org/assignments/tls-parameters/" },
    ],
    cwe: ["CWE-326"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Cipher suites with tags of 64 bits are refused." },
    offered: { verdict: "fail", message: ({ suites, versions }) => `Accepted with tags of 64 bits: ${suites} (${versions}).` },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => offeredAnswer(evidence, isCcm8)),
  absent: goneOrigin,
});
