import { offersCode } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, usesCodes, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asPkceMissing = defineRule({
  meta: {
    id: "auth/as-pkce-missing",
    revision: 1,
    title: "The server ties codes to whoever asked",
    failureTitle: "The server does not say that it ties codes to whoever asked",
    rationale: "Without PKCE a code that is read on its way, or slipped in by somebody, can be turned into a token.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Ask whether PKCE works: some servers have it and do not say so. If it does, send S256 always.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "RFC 8414 2", url: "https://www.rfc-editor.org/rfc/rfc8414#section-2" },
      { id: "ASVS 5.0 10.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-345"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    said: { verdict: "pass", message: () => "It lists a method of PKCE." },
    missing: { verdict: "fail", message: () => "It lists no method of PKCE, which means that there is none." },
    "no-codes": { verdict: "not-applicable", message: () => "It gives out no codes, or we use none." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const methods = listed(server, "code_challenge_methods_supported") ?? [];
      const outcome = !usesCodes(input) || !offersCode(server) ? "no-codes" : methods.length === 0 ? "missing" : "said";
      return disowned(server) ?? { outcome, ...atList("code_challenge_methods_supported", server) };
    }),
});
