import { ABOUT_POSTURE, overNotFound, whereNobodyDeclared } from "../../facts/posture.ts";
import { defineRule } from "../rule.ts";

export const stackTrace = defineRule({
  meta: {
    id: "header/stack-trace",
    revision: 1,
    title: "Errors show no stack of the program",
    failureTitle: "An error of the API shows a stack of the program",
    rationale:
      "A stack names files, classes and versions of the provider, and often values of the call that failed, ours among them. It says that errors are told as they come.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Send the provider the request that shows it, and keep error bodies of this API out of places where others read them.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 16.5.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API8:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/" },
    ],
    cwe: ["CWE-209", "CWE-550"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-not-found"],
  outcomes: {
    none: { verdict: "pass", message: () => "The error shows no stack." },
    shown: { verdict: "fail", message: ({ kind }) => `An error shows a stack (${kind}).` },
    ...ABOUT_POSTURE,
  },
  applies: whereNobodyDeclared,
  evaluate: (input) =>
    overNotFound(input, { outcome: "none", pointer: "/page", summary: "no stack" }, ({ evidence: { page } }) => {
      if (page?.stack === undefined) return undefined;
      const kind = page.stack === "member" ? "in a member of its own" : page.stack;
      return { outcome: "shown", confidence: page.stack === "member" ? 0.8 : 0.95, data: { kind }, pointer: "/page/stack", summary: kind };
    }),
});
