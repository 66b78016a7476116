import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const internalHost = defineRule({
  meta: {
    id: "header/internal-host",
    revision: 1,
    title: "No header names an internal host",
    failureTitle: "A header names an internal host, a machine or a container",
    rationale:
      "Names of hosts and containers tell how many there are, how they are called and what runs them. They spare an attacker of the provider the work of finding out; what content networks call their public places is none of them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which field it is, and that a proxy in front can take it away; there is nothing to do on your side.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "CWE-497", url: "https://cwe.mitre.org/data/definitions/497.html" },
      { id: "ASVS 5.0 13.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-497", "CWE-200"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.22", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-host": { verdict: "pass", message: () => "No header names an internal host." },
    named: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["internal-host", "instance-name"], clean: "no-host", answer: () => "named" }),
  absent: (subject, input) => absentLeak(subject, input, "no-host"),
});
