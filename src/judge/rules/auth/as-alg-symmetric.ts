import { idTokenAlgorithms } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asAlgSymmetric = defineRule({
  meta: {
    id: "auth/as-alg-symmetric",
    revision: 1,
    title: "The server can sign with a key of its own",
    failureTitle: "The server signs ID tokens with shared keys alone",
    rationale: "Whoever checks an HMAC can make one: the client secret is then what keeps identities apart.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for RS256 or ES256; until then, keep the client secret as you keep a signing key.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.2", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.2" },
    ],
    cwe: ["CWE-347"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    asymmetric: { verdict: "pass", message: () => "It lists an algorithm with a key of its own." },
    "shared-only": { verdict: "fail", message: () => "It lists HMAC alone." },
    "no-id-tokens": { verdict: "not-applicable", message: () => "It lists no algorithm for ID tokens." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const kind = idTokenAlgorithms(server);
      const outcome = kind === "unsaid" ? "no-id-tokens" : kind === "hmac" ? "shared-only" : "asymmetric";
      return disowned(server) ?? { outcome, ...atList("id_token_signing_alg_values_supported", server) };
    }),
});
