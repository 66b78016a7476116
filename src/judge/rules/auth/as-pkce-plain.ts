import { offersCode } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, usesCodes, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asPkcePlain = defineRule({
  meta: {
    id: "auth/as-pkce-plain",
    revision: 1,
    title: "The server takes PKCE with a hash alone",
    failureTitle: "The server takes PKCE without a hash",
    rationale: "With plain the proof travels beside the code: who reads one reads both.",
    remediation: { verb: "ask", alone: true, effort: "low", text: "Send S256 always. Where the server lists plain alone, ask for S256." },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "RFC 7636 4.2", url: "https://www.rfc-editor.org/rfc/rfc7636#section-4.2" },
      { id: "ASVS 5.0 10.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-345", "CWE-757"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "hash-only": { verdict: "pass", message: () => "It lists S256 and not plain." },
    "plain-only": { verdict: "fail", message: () => "It lists plain alone." },
    "plain-beside": { verdict: "fail", severity: "low", message: () => "It lists plain beside S256." },
    "not-said": { verdict: "not-applicable", message: () => "It lists no method of PKCE." },
    "no-codes": { verdict: "not-applicable", message: () => "It gives out no codes, or we use none." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const methods = listed(server, "code_challenge_methods_supported") ?? [];
      const weakness = !methods.includes("plain") ? "hash-only" : methods.includes("S256") ? "plain-beside" : "plain-only";
      const outcome = !usesCodes(input) || !offersCode(server) ? "no-codes" : methods.length === 0 ? "not-said" : weakness;
      return disowned(server) ?? { outcome, ...atList("code_challenge_methods_supported", server) };
    }),
});
