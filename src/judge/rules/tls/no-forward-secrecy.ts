import { isForwardSecret } from "../../../catalog/suite-classes.ts";
import { eachOrigin, goneOrigin, WITHOUT_TLS, withoutTls } from "../../facts/tls-origins.ts";
import { missingAnswer } from "../../facts/tls-suites.ts";
import { defineRule } from "../rule.ts";

export const noForwardSecrecy = defineRule({
  meta: {
    id: "tls/no-forward-secrecy",
    revision: 1,
    title: "Forward secrecy is to be had",
    failureTitle: "No cipher suite with forward secrecy is accepted",
    rationale:
      "One key of the server opens all that was ever recorded of every connection to it, ours included, on the day that it leaks, is handed over, or is computed. Whatever our client offers, it gets no better here; servers must support and prefer ephemeral keys.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider for ephemeral key exchange (ECDHE), or TLS 1.3, and for a date. Until then take what must stay secret for years off this integration, or encrypt it before it is sent.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 9325 4.1", url: "https://www.rfc-editor.org/rfc/rfc9325#section-4.1" },
      { id: "RFC 9325 7.3", url: "https://www.rfc-editor.org/rfc/rfc9325#section-7.3" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["tls"],
  since: { tls: 2 },
  outcomes: {
    accepted: { verdict: "pass", message: () => "A cipher suite with forward secrecy is accepted." },
    missing: { verdict: "fail", message: ({ suites, versions }) => `Only without forward secrecy: ${suites} (${versions}).` },
    "nothing-accepted": { verdict: "not-applicable", message: () => "No version of TLS is accepted." },
    ...WITHOUT_TLS,
  },
  applies: withoutTls,
  evaluate: ({ integration, observations }) =>
    eachOrigin("cipher-suites", integration, observations.tls, (evidence) => missingAnswer(evidence, isForwardSecret)),
  absent: goneOrigin,
});
