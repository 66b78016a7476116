import { clientAuthentication } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, hasTokenEndpoint, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asClientAuthSymmetricOnly = defineRule({
  meta: {
    id: "auth/as-client-auth-symmetric-only",
    revision: 2,
    title: "The server takes clients that prove a key",
    failureTitle: "The server knows clients by secrets alone",
    rationale: "A secret is sent to the server each time, stands in its logs if anything does, and is what we have to store.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for private_key_jwt or client certificates; until then, two secrets and a day for rotating them.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9700 2.5", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.5" },
      { id: "ASVS 5.0 10.4.16", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-522"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    keys: { verdict: "pass", message: () => "It lists a method in which the secret stays here." },
    "secrets-only": { verdict: "fail", message: () => "It lists client secrets alone." },
    "by-default": { verdict: "fail", message: () => "It lists no method, which means client_secret_basic." },
    unauthenticated: { verdict: "not-applicable", message: () => "It authenticates no client." },
    "no-token-endpoint": { verdict: "not-applicable", message: () => "It names no token endpoint." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const outcome = hasTokenEndpoint(server) ? OUTCOMES[clientAuthentication(server)] : "no-token-endpoint";
      return disowned(server) ?? { outcome, ...atList("token_endpoint_auth_methods_supported", server) };
    }),
});

const OUTCOMES = { better: "keys", secrets: "secrets-only", "by-default": "by-default", none: "unauthenticated" } as const;
