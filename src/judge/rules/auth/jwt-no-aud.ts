import { ABOUT_CLAIMS, eachClaims, isProof } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtNoAud = defineRule({
  meta: {
    id: "auth/jwt-no-aud",
    revision: 1,
    title: "The token says for whom it is",
    failureTitle: "The token does not say for whom it is",
    rationale: "Every service of the same issuer can take it, and every one that is sent it can use it at the others.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for an audience; until then, send the token to this API and nowhere else.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.9", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.9" },
      { id: "ASVS 5.0 9.2.3", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-863"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    named: { verdict: "pass", message: () => "It names an audience." },
    "no-audience": { verdict: "fail", message: () => "It has no aud." },
    proof: { verdict: "not-applicable", message: () => "It proves that a key is there, for one request." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, (token) => {
      const { match } = token.claims.audience;
      const outcome = isProof(token) ? "proof" : match === "absent" ? "no-audience" : "named";
      return { outcome, pointer: "/claims/audience/match", summary: match };
    }),
});
