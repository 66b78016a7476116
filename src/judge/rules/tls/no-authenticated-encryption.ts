import { isAead } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { missingAnswer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const noAuthenticatedEncryption = defineRule({
  meta: {
    id: "tls/no-authenticated-encryption",
    revision: 1,
    title: "Authenticated encryption is to be had",
    failureTitle: "No cipher suite with authenticated encryption is accepted",
    rationale:
      "In CBC the padding is checked after decryption, which made POODLE, Lucky Thirteen and their like possible again and again; RC4 is broken in itself. Whatever our client offers, it gets no better here. TLS 1.2 has suites without this since 2008, and TLS 1.3 has no others.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider for TLS 1.3, or for AES-GCM in TLS 1.2, and for a date; keep your TLS libraries patched, which have defended against the known attacks on CBC since 2013.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9325 4.2", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2" },
      { id: "RFC 7457 2.4", url: "https://www.rfc-editor.org/rfc/rfc7457#section-2.4" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    accepted: { verdict: "pass", message: () => "A cipher suite with authenticated encryption is accepted." },
    missing: { verdict: "fail", message: ({ suites, versions }) => `Only without authenticated encryption: ${suites} (${versions}).` },
    "nothing-accepted": { verdict: "not-applicable", message: () => "No version of TLS is accepted." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => missingAnswer(evidence, isAead)),
  absent: goneOrigin,
});
