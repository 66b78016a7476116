import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asPasswordOffered = defineRule({
  meta: {
    id: "auth/as-password-offered",
    revision: 1,
    title: "The server takes no passwords from clients",
    failureTitle: "The server still offers the password grant",
    rationale: "Clients that use it see the passwords of people, and whoever has a password needs nothing else.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Check that none of your clients uses it, and have it switched off for them; client credentials are for services.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "RFC 9700 2.4", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.4" },
      { id: "ASVS 5.0 10.4.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-522"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "not-offered": { verdict: "pass", message: () => "The password grant is not among its grants." },
    offered: { verdict: "fail", message: () => "It lists the password grant." },
    "not-said": { verdict: "not-applicable", message: () => "It lists no grants, which means codes and implicit." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const grants = listed(server, "grant_types_supported");
      const outcome = grants === undefined ? "not-said" : grants.includes("password") ? "offered" : "not-offered";
      return disowned(server) ?? { outcome, ...atList("grant_types_supported", server) };
    }),
});
