import { offersImplicit } from "../../facts/metadata-weakness.ts";
import { ABOUT_PUBLISHED, atList, disowned, eachServer, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asImplicitOffered = defineRule({
  meta: {
    id: "auth/as-implicit-offered",
    revision: 1,
    title: "The server does not put tokens into URLs",
    failureTitle: "The server still offers the implicit grant",
    rationale:
      "Implicit grants put tokens into the address line, and from there into histories, logs and whatever script runs on the page.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Check that none of your clients uses it, and have it switched off for them.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 9700 2.1.2", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2" },
      { id: "ASVS 5.0 10.6.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-598"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "not-offered": { verdict: "pass", message: () => "No response type of it has a token in it." },
    offered: { verdict: "fail", message: () => "It offers tokens in the answer of the authorization endpoint." },
    "not-said": { verdict: "not-applicable", message: () => "It lists neither grants nor response types." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const isSaid = (["grant_types_supported", "response_types_supported"] as const).some((name) => listed(server, name) !== undefined);
      const outcome = offersImplicit(server) ? "offered" : isSaid ? "not-offered" : "not-said";
      return disowned(server) ?? { outcome, ...atList("response_types_supported", server) };
    }),
});
