import { ABOUT_CLAIMS, eachClaims } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtMalformedClaim = defineRule({
  meta: {
    id: "auth/jwt-malformed-claim",
    revision: 1,
    title: "The claims have the types of the standard",
    failureTitle: "Claims have other types than the standard says",
    rationale:
      "Libraries differ in what they make of an end that is text or a scope that is a number: some refuse it, some take no end at all.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which claim it is, and check what your own library makes of it.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "RFC 7519 2", url: "https://www.rfc-editor.org/rfc/rfc7519#section-2" },
      { id: "RFC 8693 4.2", url: "https://www.rfc-editor.org/rfc/rfc8693#section-4.2" },
    ],
    cwe: ["CWE-20"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    "well-formed": { verdict: "pass", message: () => "Times are numbers, and scopes are text." },
    malformed: { verdict: "fail", message: ({ names }) => `Of another type: ${names}.` },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, ({ claims: { malformed } }) => {
      const names = malformed.join(", ");
      const outcome = malformed.length > 0 ? "malformed" : "well-formed";
      return { outcome, data: { names }, pointer: "/claims/malformed", summary: names || "none" };
    }),
});
