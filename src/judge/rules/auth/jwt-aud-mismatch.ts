import { ABOUT_CLAIMS, eachClaims } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtAudMismatch = defineRule({
  meta: {
    id: "auth/jwt-aud-mismatch",
    revision: 1,
    title: "The token is for this API",
    failureTitle: "The token is for another API",
    rationale: "An API that takes a token for somebody else takes those that somebody else was sent, too.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for a token for this API, and ask the provider whether its API compares the audience.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.9", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.9" },
      { id: "ASVS 5.0 10.3.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-863", "CWE-345"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    ours: { verdict: "pass", message: () => "It names the host, or the audience that was declared." },
    another: { verdict: "fail", message: () => "It names others than the host that it is sent to." },
    opaque: { verdict: "not-applicable", message: () => "It names an identifier that nothing was declared to compare with." },
    "no-audience": { verdict: "not-applicable", message: () => "It names no audience." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, ({ claims: { audience } }) => {
      const { match } = audience;
      const at = { pointer: "/claims/audience/match", summary: match };
      if (match === "unknown") return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return { outcome: match === "absent" ? "no-audience" : match, ...at };
    }),
});
