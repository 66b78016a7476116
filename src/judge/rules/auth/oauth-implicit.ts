import { OTHER_GRANT, otherGrant } from "../../facts/auth-grants.ts";
import { defineRule } from "../rule.ts";

export const oauthImplicit = defineRule({
  meta: {
    id: "auth/oauth-implicit",
    revision: 1,
    title: "Tokens are not asked for by the implicit grant",
    failureTitle: "Tokens are asked for by the implicit grant",
    rationale:
      "The implicit grant hands the token over in a URL, which browsers, proxies and scripts see, and binds it to no client: it is left out of OAuth 2.1.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Change to the code grant with PKCE; where no person is present, to client credentials.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 9700 2.1.2", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2" },
      { id: "ASVS 5.0 10.4.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-598"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    used: { verdict: "fail", message: () => "The implicit grant is declared." },
    ...OTHER_GRANT,
  },
  evaluate: ({ integration: { auth } }) => [auth.scheme === "oauth2-implicit" ? { outcome: "used", subject: "" } : otherGrant(auth)],
});
