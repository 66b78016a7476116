import { ABOUT_HEADS, HEADS_SINCE, withoutEndpoints } from "../../facts/heads.ts";
import { absentLeak, overErrorLeaks, overLeaks } from "../../facts/leaks.ts";
import { defineRule } from "../rule.ts";

export const debugInformation = defineRule({
  meta: {
    id: "header/debug-information",
    revision: 1,
    title: "No header comes from a profiler or a debugger",
    failureTitle: "Headers come from a profiler, a debugger or an error of the code",
    rationale:
      "A profiler that is left on in production records requests with their credentials and bodies. Where its pages are linked from the API's own host, whoever gets there reads what others sent, ours included.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider to switch the profiler off in production, and whether its pages could be read from outside. If they could, rotate the credential: profilers keep what was sent.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 13.4.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "CWE-489", url: "https://cwe.mitre.org/data/definitions/489.html" },
      { id: "CWE-209", url: "https://cwe.mitre.org/data/definitions/209.html" },
    ],
    cwe: ["CWE-489", "CWE-209"],
    owasp: ["API8:2023"],
    controls: ["PCI-DSS 6.5.6", "ISO27001 A.8.31", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  sees: ["http-not-found"],
  since: HEADS_SINCE,
  outcomes: {
    nothing: { verdict: "pass", message: () => "No header comes from a profiler or a debugger." },
    "profiler-linked": { verdict: "fail", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    debugging: { verdict: "fail", severity: "medium", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    timings: { verdict: "fail", severity: "low", message: ({ field, what }) => `The header ${field} tells ${what}.` },
    ...ABOUT_HEADS,
  },
  applies: withoutEndpoints,
  evaluate: (input) => [...overLeaks(input, QUESTION), ...overErrorLeaks(input.observations, QUESTION)],
  absent: (subject, input) => absentLeak(subject, input, "nothing"),
});

const OUTCOMES = {
  "debug-link": "profiler-linked",
  stack: "debugging",
  sql: "debugging",
  "debug-mode": "debugging",
  timing: "timings",
} as const;

const QUESTION = {
  kinds: ["debug-link", "stack", "sql", "debug-mode", "timing"],
  clean: "nothing",
  answer: (worst: keyof typeof OUTCOMES) => OUTCOMES[worst],
} as const;
