import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const strongerClientAuthOffered = defineRule({
  meta: {
    id: "auth/stronger-client-auth-offered",
    revision: 1,
    title: "The server offers no better way to prove who we are",
    failureTitle: "The server takes a key where we send a secret",
    rationale:
      "A secret is given away each time that it is used, and stands in our configuration and in theirs. With a key of our own nothing leaves us that anybody could use again.",
    remediation: {
      verb: "switch",
      alone: false,
      effort: "medium",
      text: "Register a key or a certificate with the provider when the secret is replaced next, and change `auth.token.clientAuth`.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9700 2.5", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.5" },
      { id: "ASVS 5.0 10.4.16", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-522"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.5.17", "ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "none-better": { verdict: "pass", message: () => "It lists no method with a key of ours." },
    offered: { verdict: "fail", message: ({ ours, offered }) => `We use ${ours}; it takes ${offered} as well.` },
    "no-secret": { verdict: "not-applicable", message: () => "No secret is declared that we would send to log in." },
    "not-said": { verdict: "not-applicable", message: () => "It lists no method." },
    ...ABOUT_PUBLISHED,
  },
  applies: (input) => withoutTokens(input) ?? (secretMethod(input.integration.auth.token) === undefined ? "no-secret" : undefined),
  evaluate: (input) =>
    eachServer(input, (server) => {
      const methods = listed(server, "token_endpoint_auth_methods_supported");
      const offered = (methods ?? []).filter((method) => WITH_KEYS.includes(method)).join(", ");
      const outcome = methods === undefined ? "not-said" : offered === "" ? "none-better" : "offered";
      const data = { ours: secretMethod(input.integration.auth.token) ?? "a secret", offered };
      return disowned(server) ?? { outcome, data, ...atList("token_endpoint_auth_methods_supported", server) };
    }),
});

function secretMethod(token: { readonly clientAuth: string } | undefined): string | undefined {
  return token?.clientAuth.startsWith("client_secret_") === true ? token.clientAuth : undefined;
}

const WITH_KEYS: readonly string[] = ["private_key_jwt", "self_signed_tls_client_auth", "tls_client_auth"];
