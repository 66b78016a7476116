import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const personIdentifier = defineRule({
  meta: {
    id: "header/person-identifier",
    revision: 1,
    title: "No header carries something of a person",
    failureTitle: "A header carries something of a person, or as whom we are known",
    rationale:
      "Headers are kept by logs and by tools that trace requests, for longer than anybody thinks of and without the care that is taken of bodies. What a token in them says of a person is not encrypted.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Leave this field out of your own logs and traces, and ask the provider why it is sent.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "CWE-359", url: "https://cwe.mitre.org/data/definitions/359.html" },
      { id: "W3C Baggage 4", url: "https://www.w3.org/TR/baggage/#privacy-considerations" },
    ],
    cwe: ["CWE-359", "CWE-532"],
    owasp: ["API3:2023", "API8:2023"],
    controls: ["ISO27001 A.5.34", "ISO27001 A.8.15", "NIST-CSF PR.DS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  since: HEADS_SINCE,
  outcomes: {
    nobody: { verdict: "pass", message: () => "No header carries something of a person." },
    person: { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    tenant: { verdict: "fail", severity: "info", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => overLeaks(input, { kinds: ["person", "tenant"], clean: "nobody", answer: (worst) => OUTCOMES[worst] }),
  absent: (subject, input) => absentLeak(subject, input, "nobody"),
});

const OUTCOMES = {
  person: "person",
  tenant: "tenant",
} as const;
