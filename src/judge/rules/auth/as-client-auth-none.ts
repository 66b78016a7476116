import { clientAuthentication } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, hasTokenEndpoint, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asClientAuthNone = defineRule({
  meta: {
    id: "auth/as-client-auth-none",
    revision: 2,
    title: "The server authenticates clients",
    failureTitle: "The server authenticates no client",
    rationale: "Whoever has our client id gets tokens as we do. For apps on phones that is right; for a service it is not.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for a confidential client with private_key_jwt or a client certificate.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "RFC 9700 2.5", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.5" },
      { id: "ASVS 5.0 10.4.16", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-306"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    authenticates: { verdict: "pass", message: () => "It lists a way to authenticate clients, or none of its own." },
    none: { verdict: "fail", message: () => "The only method that it lists is none, which is for clients that can keep no secret." },
    "no-token-endpoint": { verdict: "not-applicable", message: () => "It names no token endpoint." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const outcome = !hasTokenEndpoint(server) ? "no-token-endpoint" : clientAuthentication(server) === "none" ? "none" : "authenticates";
      return disowned(server) ?? { outcome, ...atList("token_endpoint_auth_methods_supported", server) };
    }),
});
