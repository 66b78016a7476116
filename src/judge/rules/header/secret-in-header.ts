import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const secretInHeader = defineRule({
  meta: {
    id: "header/secret-in-header",
    revision: 1,
    title: "No header hands out a secret",
    failureTitle: "A header hands out a secret, a token or a session",
    rationale:
      "Headers are logged by proxies and clients that keep bodies out of their logs. A secret of the provider opens what is the provider's, our data with it; a token that is handed out beside the credential opens the same as the credential, and nobody manages it.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Tell the provider through its contact for security, without the value. Keep headers of this API out of your logs until it is gone, and do not send such a token back.",
    },
    severity: "critical",
    likelihood: 3,
    citations: [
      { id: "CWE-522", url: "https://cwe.mitre.org/data/definitions/522.html" },
      { id: "CWE-200", url: "https://cwe.mitre.org/data/definitions/200.html" },
      { id: "RFC 8725 3.2", url: "https://www.rfc-editor.org/rfc/rfc8725#section-3.2" },
    ],
    cwe: ["CWE-522", "CWE-200"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.5.17", "NIST-CSF PR.DS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-secret": { verdict: "pass", message: () => "No header hands out what looks like a secret." },
    secret: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    unsigned: { verdict: "fail", severity: "medium", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    session: { verdict: "fail", severity: "medium", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) =>
    overLeaks(input, { kinds: ["secret", "unsigned-token", "session"], clean: "no-secret", answer: (worst) => OUTCOMES[worst] }),
  absent: (subject, input) => absentLeak(subject, input, "no-secret"),
});

const OUTCOMES = {
  secret: "secret",
  "unsigned-token": "unsigned",
  session: "session",
} as const;
