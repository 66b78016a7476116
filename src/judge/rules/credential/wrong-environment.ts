import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_KNOWN_CREDENTIALS, eachKnownCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const wrongEnvironment = defineRule({
  meta: {
    id: "credential/wrong-environment",
    revision: 1,
    title: "The credential is of the environment that it is used in",
    failureTitle: "The credential is of another environment",
    rationale:
      "A live key in a test system moves real money and real data from a place that nobody watches. A test key in production means that nothing that the system does there is real.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "low",
      text: "Put the key of the right environment there. Where a live key was in a test system, rotate it: more people have seen it than should. Where the environment in the inventory is wrong, correct that.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "CWE-1188", url: "https://cwe.mitre.org/data/definitions/1188.html" }],
    cwe: ["CWE-1188"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.31", "PCI-DSS 6.5.3"],
    confirm: 1,
    aliases: ["cred/wrong-environment"],
  },
  needs: ["credential"],
  outcomes: {
    fits: { verdict: "pass", message: ({ is }) => `It is a ${is} key.` },
    "test-in-production": { verdict: "fail", message: () => "It is a test key, and the integration is declared as production." },
    "live-elsewhere": {
      verdict: "fail",
      message: ({ environment }) => `It is a live key, and the integration is declared as ${environment}.`,
    },
    unsaid: { verdict: "not-applicable", message: () => "Keys of its kind do not say of which environment they are." },
    ...ABOUT_KNOWN_CREDENTIALS,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachKnownCredential(input, ({ at }, entry): Answer<"fits" | "test-in-production" | "live-elsewhere" | "unsaid"> => {
      const { environment } = input.integration;
      const said = { data: { is: entry.environment, environment }, pointer: `${at}/known`, summary: `${entry.provider} ${entry.prefix}` };
      if (entry.environment === undefined) return { outcome: "unsaid", ...said, data: {} };
      const isProduction = environment === "production";
      if (isProduction === (entry.environment === "live")) return { outcome: "fits", ...said };
      return { outcome: isProduction ? "test-in-production" : "live-elsewhere", ...said };
    }),
});
