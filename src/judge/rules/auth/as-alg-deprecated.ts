import { ALGORITHM_LISTS, deprecatedAlgorithms } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, disowned, eachServer, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asAlgDeprecated = defineRule({
  meta: {
    id: "auth/as-alg-deprecated",
    revision: 1,
    title: "The server offers no algorithm that was withdrawn",
    failureTitle: "The server offers an algorithm that was withdrawn",
    rationale: "RSA1_5 lets whoever can ask often enough read what was encrypted; RS1 and HS1 rest on SHA-1.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Pin RSA-OAEP-256 or ECDH-ES, and RS256 or ES256, in your own client: what is offered is not what you have to take.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.2", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.2" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    current: { verdict: "pass", message: () => "None of the withdrawn algorithms is listed." },
    deprecated: { verdict: "fail", message: ({ algorithms }) => `It lists ${algorithms}.` },
    "not-said": { verdict: "not-applicable", message: () => "It lists no algorithm of these." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const algorithms = deprecatedAlgorithms(server).join(", ");
      const isSaid = ALGORITHM_LISTS.some((name) => listed(server, name) !== undefined);
      const outcome = algorithms !== "" ? "deprecated" : isSaid ? "current" : "not-said";
      return disowned(server) ?? { outcome, data: { algorithms }, pointer: "/lists", summary: algorithms || "none" };
    }),
});
