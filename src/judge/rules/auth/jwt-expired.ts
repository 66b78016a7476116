import { ABOUT_CLAIMS, eachClaims, SKEW } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtExpired = defineRule({
  meta: {
    id: "auth/jwt-expired",
    revision: 2,
    title: "The token has not ended",
    failureTitle: "The token has ended",
    rationale: "What is sent with it is refused, or should be.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "low",
      text: "Get a new token. If your client renews on its own, this copy is merely old.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "RFC 7519 4.1.4", url: "https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4" }],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    valid: { verdict: "pass", message: ({ end }) => `It ends on ${end}.` },
    expired: { verdict: "fail", message: ({ end }) => `It ended on ${end}.` },
    "no-end": { verdict: "not-applicable", message: () => "It names no end that can be read." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input, { asOf }) =>
    eachClaims(input, ({ claims: { exp }, fromLogin, observedAt }) => {
      // Given for the audit, and gone with it: whether it has ended since then is nobody's trouble.
      const at = fromLogin === true ? observedAt : asOf;
      if (exp === undefined) return { outcome: "no-end", pointer: "/claims", summary: "no exp" };
      const end = new Date(exp).toISOString();
      return { outcome: exp + SKEW < at ? "expired" : "valid", data: { end }, pointer: "/claims/exp", summary: end };
    }),
});
