import { isStaticRsa } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { offeredAnswer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const staticRsaOffered = defineRule({
  meta: {
    id: "tls/static-rsa-offered",
    revision: 1,
    title: "No key exchange by RSA encryption is accepted",
    failureTitle: "Key exchange by RSA encryption is accepted as well",
    rationale:
      "What was recorded can be read by whoever gets the server's key one day, and a server that tells good padding from bad (ROBOT) is made to decrypt without it. Whether this one does is not tried here: it would be an attack. Clients that agree on an ephemeral key have the first problem no more.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done where your clients agree on ephemeral keys: tls/weak-cipher-negotiated says whether ours did. Take suites that begin with TLS_RSA_ out of their lists, and ask the provider whether they are still needed.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 7457 2.8", url: "https://www.rfc-editor.org/rfc/rfc7457#section-2.8" },
      { id: "ROBOT", url: "https://robotattack.org/" },
    ],
    cwe: ["CWE-203", "CWE-327"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    refused: { verdict: "pass", message: () => "Key exchange by RSA encryption is refused." },
    offered: { verdict: "fail", message: ({ suites, versions }) => `Accepted with RSA key transport: ${suites} (${versions}).` },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => offeredAnswer(evidence, isStaticRsa)),
  absent: goneOrigin,
});
