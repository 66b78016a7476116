import { ABOUT_HEADERS, eachHeader } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtAlgDeprecated = defineRule({
  meta: {
    id: "auth/jwt-alg-deprecated",
    revision: 1,
    title: "The algorithm of the token is current",
    failureTitle: "The algorithm of the token was withdrawn",
    rationale:
      "RS1 and HS1 rest on SHA-1, for which collisions are made to order. RSA1_5 lets whoever can ask often enough read what was encrypted.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for RS256, ES256 or PS256; for encryption, RSA-OAEP-256 or ECDH-ES.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.2", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.2" },
    ],
    cwe: ["CWE-327", "CWE-328"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    current: { verdict: "pass", message: ({ alg }) => `Its algorithm is ${alg}.` },
    sha1: { verdict: "fail", message: ({ alg }) => `It is signed with ${alg}, which rests on SHA-1.` },
    "pkcs1-encryption": { verdict: "fail", severity: "medium", message: () => "Its key is encrypted with RSA1_5." },
    ...ABOUT_HEADERS,
  },
  evaluate: (input) =>
    eachHeader(input, ({ header: { alg } }) => {
      const outcome = alg === "RS1" || alg === "HS1" ? "sha1" : alg === "RSA1_5" ? "pkcs1-encryption" : "current";
      return { outcome, data: { alg: alg === "other" ? "not a registered one" : alg }, pointer: "/header/alg", summary: alg };
    }),
});
