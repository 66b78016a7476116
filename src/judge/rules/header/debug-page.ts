import { ABOUT_POSTURE, overNotFound, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const debugPage = defineRule({
  meta: {
    id: "header/debug-page",
    revision: 1,
    title: "The API does not run in debug mode",
    failureTitle: "The API runs in debug mode",
    rationale:
      "Debug pages are made for developers: they show source, settings and sessions, and some of them run code that a visitor types. Whoever leaves them on in production did not look.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once, by the address in its security.txt; until it is off, send nothing there that you would not publish.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "ASVS 5.0 13.4.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API8:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/" },
    ],
    cwe: ["CWE-489", "CWE-215"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-not-found"],
  outcomes: {
    none: { verdict: "pass", message: () => "The error is no debug page." },
    debug: { verdict: "fail", message: ({ framework }) => `An error is a debug page (${framework}).` },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overNotFound(input, { outcome: "none", pointer: "/page", summary: "no debug page" }, ({ evidence: { page } }) =>
      page?.debugPage === undefined
        ? undefined
        : { outcome: "debug", confidence: 0.9, data: { framework: page.debugPage }, pointer: "/page/debugPage", summary: page.debugPage },
    ),
});
