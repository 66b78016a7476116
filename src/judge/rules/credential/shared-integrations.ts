import { ABOUT_CREDENTIALS, eachComparedCredential, withoutCredential } from "../../facts/own-credentials.ts";
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
  evaluate: (input) => eachComparedCredential(input, ({ elsewhere }) => elsewhere, "alone"),
});
