import { OTHER_GRANT, otherGrant } from "../../facts/auth-grants.ts";
import { defineRule } from "../rule.ts";

export const oauthPasswordGrant = defineRule({
  meta: {
    id: "auth/oauth-password-grant",
    revision: 1,
    title: "Tokens are not asked for by the password grant",
    failureTitle: "Tokens are asked for by the password grant",
    rationale: "The password grant gives our program a person's password, goes around a second factor, and must not be used any more.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Change to client credentials where the program acts for itself, to the code grant with PKCE where it acts for a person; then change the password.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 9700 2.4", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.4" },
      { id: "ASVS 5.0 10.4.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-522"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: [],
  outcomes: {
    used: { verdict: "fail", message: () => "The password grant is declared." },
    ...OTHER_GRANT,
  },
  evaluate: ({ integration: { auth } }) => [auth.scheme === "oauth2-password" ? { outcome: "used", subject: "" } : otherGrant(auth)],
});
