import { ABOUT_CLAIMS, eachClaims, SKEW } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtNotYetValid = defineRule({
  meta: {
    id: "auth/jwt-not-yet-valid",
    revision: 2,
    title: "The token is valid already",
    failureTitle: "The token is not valid yet",
    rationale: "What is sent with it is refused, or should be: the clock of one side is wrong, or it is meant for later.",
    remediation: { verb: "ask", alone: true, effort: "low", text: "Compare the clocks of this machine and of the issuer." },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 7519 4.1.5", url: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5" }],
    cwe: ["CWE-672"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    begun: { verdict: "pass", message: () => "It is valid already." },
    early: { verdict: "fail", message: ({ start }) => `It is valid from ${start}.` },
    "no-start": { verdict: "not-applicable", message: () => "It names no beginning that can be read." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input, { asOf }) =>
    eachClaims(input, ({ claims: { nbf }, fromLogin, observedAt }) => {
      const at = fromLogin === true ? observedAt : asOf;
      if (nbf === undefined) return { outcome: "no-start", pointer: "/claims", summary: "no nbf" };
      const start = new Date(nbf).toISOString();
      return { outcome: nbf - SKEW > at ? "early" : "begun", data: { start }, pointer: "/claims/nbf", summary: start };
    }),
});
