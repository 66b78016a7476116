import { declaredAuth } from "../../facts/auth-declared.ts";
import { OTHER_GRANT, otherGrant } from "../../facts/auth-grants.ts";
import { defineRule } from "../rule.ts";

export const oauthNoPkce = defineRule({
  meta: {
    id: "auth/oauth-no-pkce",
    revision: 1,
    title: "The code grant is used with PKCE",
    failureTitle: "The code grant is used without PKCE",
    rationale:
      "Without PKCE a code that is intercepted, or slipped to our client by somebody else, becomes a token. The provider has nothing to do for it but to know S256, which almost all do.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "low",
      text: "Switch PKCE with S256 on in the client's OAuth library, and declare `attributes: { pkce: yes }`.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 9700 2.1.1", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1" },
      { id: "RFC 7636 1", url: "https://www.rfc-editor.org/rfc/rfc7636#section-1" },
      { id: "ASVS 5.0 10.4.6", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-345"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 6.2.4", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    "with-pkce": { verdict: "pass", message: () => "PKCE is declared." },
    "without-pkce": { verdict: "fail", message: () => "The code grant is declared without PKCE." },
    ...OTHER_GRANT,
  },
  evaluate: ({ integration: { auth } }) => {
    if (auth.scheme !== "oauth2-code") return [otherGrant(auth)];
    const { pkce } = declaredAuth(auth);
    if (pkce === undefined) return [{ outcome: "unobserved", subject: "", reason: "evidence_missing" }];
    return [{ outcome: pkce === "yes" ? "with-pkce" : "without-pkce", subject: "" }];
  },
});
