import { idTokenAlgorithms, SIGNED_BY_CLIENTS } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asAlgNone = defineRule({
  meta: {
    id: "auth/as-alg-none",
    revision: 2,
    title: "The server signs ID tokens, and wants signatures of clients",
    failureTitle: "The server offers or takes tokens without a signature",
    rationale:
      "Whoever can put a token between the server and us is whoever he likes to be; and where clients need not sign, whoever knows our client id is us.",
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
      { id: "RFC 8414 2", url: "https://www.rfc-editor.org/rfc/rfc8414#section-2" },
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
    "none-of-clients": { verdict: "fail", message: ({ list }) => `It lists none for what clients sign (${list}).` },
    "no-id-tokens": { verdict: "not-applicable", message: () => "It lists no algorithm." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const kind = idTokenAlgorithms(server);
      const unsigned = SIGNED_BY_CLIENTS.find((name) => listed(server, name)?.includes("none") === true);
      if (kind !== "none" && unsigned !== undefined) {
        return disowned(server) ?? { outcome: "none-of-clients", data: { list: unsigned }, ...atList(unsigned, server) };
      }
      const isSilent = kind === "unsaid" && SIGNED_BY_CLIENTS.every((name) => listed(server, name) === undefined);
      const outcome = isSilent ? "no-id-tokens" : kind === "none" ? "none" : "signed";
      return disowned(server) ?? { outcome, ...atList("id_token_signing_alg_values_supported", server) };
    }),
});
