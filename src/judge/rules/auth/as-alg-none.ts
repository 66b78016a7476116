import { idTokenAlgorithms } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asAlgNone = defineRule({
  meta: {
    id: "auth/as-alg-none",
    revision: 1,
    title: "The server signs ID tokens",
    failureTitle: "The server offers ID tokens without a signature",
    rationale: "Whoever can put a token between the server and us is whoever he likes to be.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Pin the algorithm that you expect in your own client, and ask the provider to take none off the list.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.2", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.2" },
      { id: "OpenID Connect Core 3.1.3.7", url: "https://openid.net/specs/openid-connect-core-1_0.html" },
    ],
    cwe: ["CWE-347"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    signed: { verdict: "pass", message: () => "Each algorithm that it lists signs." },
    none: { verdict: "fail", message: () => "It lists none." },
    "no-id-tokens": { verdict: "not-applicable", message: () => "It lists no algorithm for ID tokens." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const kind = idTokenAlgorithms(server);
      const outcome = kind === "unsaid" ? "no-id-tokens" : kind === "none" ? "none" : "signed";
      return disowned(server) ?? { outcome, ...atList("id_token_signing_alg_values_supported", server) };
    }),
});
