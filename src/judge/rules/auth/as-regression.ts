import { weaknessesOf, weightOf } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, disowned, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asRegression = defineRule({
  meta: {
    id: "auth/as-regression",
    revision: 1,
    title: "The server offers nothing weaker than before",
    failureTitle: "The server offers something weaker than before",
    rationale: "A server that begins to offer what is weak was misconfigured, or is not the one that it was.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask the provider whether it is meant, and pin grant, method and algorithms in your own client.",
    },
    severity: "high",
    likelihood: 2,
    citations: [{ id: "RFC 8414 6.2", url: "https://www.rfc-editor.org/rfc/rfc8414#section-6.2" }],
    cwe: ["CWE-757"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 2,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "no-weaker": { verdict: "pass", message: () => "It offers nothing that is weak and was not there before." },
    "weaker-high": { verdict: "fail", message: said },
    "weaker-medium": { verdict: "fail", severity: "medium", message: said },
    "weaker-low": { verdict: "fail", severity: "low", message: said },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const { before } = server;
      if (before === undefined) return { outcome: "unobserved", reason: "not_requested", pointer: "/document", summary: "nothing before" };
      const known = weaknessesOf(before);
      const added = weaknessesOf(server).filter((weakness) => !known.includes(weakness));
      const weight = WEIGHTS.find((level) => added.some((weakness) => weightOf(weakness) === level));
      const data = { added: added.join(", ") };
      const outcome = weight === undefined ? ("no-weaker" as const) : (`weaker-${weight}` as const);
      return disowned(server) ?? { outcome, data, pointer: "/before", summary: data.added || "nothing" };
    }),
});

function said({ added }: Readonly<Record<string, unknown>>): string {
  return `New since the last time: ${added}.`;
}

const WEIGHTS = ["high", "medium", "low"] as const;
