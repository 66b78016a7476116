import { ABOUT_CREDENTIALS, eachComparedCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const sharedEnvironments = defineRule({
  meta: {
    id: "credential/shared-environments",
    revision: 1,
    title: "Production has a credential of its own",
    failureTitle: "Production and another environment have the same credential",
    rationale: "Test systems are open to more people, log more and are watched less. Whoever gets in there gets production with it.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Make a credential of its own for each environment, production's first, and retire the common one. `apirisk respond --provider NAME` lists who has the same one.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "OWASP Secrets Management", url: "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html" },
    ],
    cwe: ["CWE-1392"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.31", "PCI-DSS 6.5.3"],
    confirm: 1,
    aliases: ["cred/shared-environments"],
  },
  needs: ["credential"],
  outcomes: {
    apart: { verdict: "pass", message: () => "No integration of another environment has it." },
    shared: {
      verdict: "fail",
      message: ({ others }) =>
        `${others === 1 ? "One integration" : `${others} integrations`} on the other side of production ${others === 1 ? "has" : "have"} the same.`,
    },
    ...ABOUT_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) => eachComparedCredential(input, ({ acrossEnvironments }) => acrossEnvironments, "apart"),
});
