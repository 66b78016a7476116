import { ABOUT_CLAIMS, eachClaims } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtAudBroad = defineRule({
  meta: {
    id: "auth/jwt-aud-broad",
    revision: 1,
    title: "The token is for one service",
    failureTitle: "The token is for several services",
    rationale: "Each service that is sent such a token can use it at all the others.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for one token for each service (RFC 8707 has the parameter resource), and do not send this one to the lesser of them.",
    },
    severity: "low",
    likelihood: 1,
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
    one: { verdict: "pass", message: () => "It names one service." },
    anybody: { verdict: "fail", message: () => "It is for anybody." },
    several: { verdict: "fail", message: ({ services }) => `It names ${services} services.` },
    "no-audience": { verdict: "not-applicable", message: () => "It names no audience." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, ({ claims: { audience } }) => {
      const { services, any, match } = audience;
      const outcome = match === "absent" ? "no-audience" : any ? "anybody" : services > 1 ? "several" : "one";
      return { outcome, data: { services }, pointer: "/claims/audience/services", summary: `${services}` };
    }),
});
