import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const accountIdentifier = defineRule({
  meta: {
    id: "header/account-identifier",
    revision: 1,
    title: "No header tells the provider's account at its cloud",
    failureTitle: "A header tells the provider's account at its cloud",
    rationale:
      "The number of an account is no secret, and is what policies of shared storage, roles and forged mails to a help desk are tried with first.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Mention it to the provider when you talk about something else; there is nothing to do on your side.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "CWE-200", url: "https://cwe.mitre.org/data/definitions/200.html" },
      { id: "OWASP API8:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/" },
    ],
    cwe: ["CWE-200", "CWE-497"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.5.23", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    "no-account": { verdict: "pass", message: () => "No header tells an account of a cloud." },
    told: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["account-id"], clean: "no-account", answer: () => "told" }),
  absent: (subject, input) => absentLeak(subject, input, "no-account"),
});
