import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_CREDENTIALS, eachCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const sharedIntegrations = defineRule({
  meta: {
    id: "credential/shared-integrations",
    revision: 1,
    title: "The credential is for one provider",
    failureTitle: "The same credential is given to several providers",
    rationale: "Each of them can be us at the others, and so can whoever breaks into one of them.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Make a credential of its own for each provider. `apirisk respond --provider NAME` lists who has the same one.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "OWASP Secrets Management", url: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html" },
    ],
    cwe: ["CWE-1392"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17"],
    confirm: 1,
    aliases: ["cred/shared-integrations"],
  },
  needs: ["credential"],
  outcomes: {
    alone: { verdict: "pass", message: () => "No other integration of the inventory has it." },
    shared: {
      verdict: "fail",
      message: ({ others }) =>
        `${others === 1 ? "One integration" : `${others} integrations`} with another provider ${others === 1 ? "has" : "have"} the same.`,
    },
    ...ABOUT_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachCredential(input, ({ shared, at }): Answer<"alone" | "shared"> => {
      if (shared === undefined) return { outcome: "unobserved", reason: "evidence_missing", pointer: at, summary: "not compared" };
      const { elsewhere: others, compared, uncompared, because = "evidence_missing" } = shared;
      const said = { pointer: `${at}/shared`, summary: `${others} of ${compared}` };
      if (others > 0) return { outcome: "shared", data: { others }, ...said };
      return uncompared > 0 ? { outcome: "unobserved", reason: because, ...said } : { outcome: "alone", ...said };
    }),
});
