import { hasShortBlocks } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { weakAnswer, weakOutcomes } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const tripleDesCipherOffered = defineRule({
  meta: {
    id: "tls/3des-cipher-offered",
    revision: 2,
    title: "Neither Triple DES nor another cipher with blocks of 64 bits is accepted",
    failureTitle: "Triple DES, or a cipher with blocks as short, is accepted",
    rationale:
      "Blocks of 64 bits repeat after some 32 GB under one key, and Sweet32 read a cookie from hundreds of GB of traffic that it had caused. It takes a client that agrees on it, and a connection that is kept for days: for a client that offers anything better this is information.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done where your clients offer AES, which all of today do first. Take 3DES out of their cipher lists, so that nobody can ask for it, and mention it to the provider at the next occasion.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "CVE-2016-2183", url: "https://www.cve.org/CVERecord?id=CVE-2016-2183" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Triple DES, and ciphers with blocks as short, are refused." },
    ...weakOutcomes(
      { usual: "info", worst: "medium" },
      ({ suites, versions }) => `Accepted with blocks of 64 bits: ${suites} (${versions}).`,
    ),
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => weakAnswer(evidence, hasShortBlocks)),
  absent: goneOrigin,
});
