import { isHmac } from "../../../model/jose.ts";
import { ABOUT_SIGNATURES, eachSignature } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtAlgHmac = defineRule({
  meta: {
    id: "auth/jwt-alg-hmac",
    revision: 1,
    title: "The token is not signed with a shared key",
    failureTitle: "The token is signed with a key that verifiers share",
    rationale: "Whoever checks an HMAC can make one. Where more than one service checks it, each of them can be anybody to the others.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for a signature (ES256, RS256) with a published key. Where the issuer is the only one that checks, accept it.",
    },
    severity: "low",
    likelihood: 1,
    citations: [
      { id: "OWASP REST Security", url: "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html" },
      { id: "RFC 7518 3.2", url: "https://www.rfc-editor.org/rfc/rfc7518#section-3.2" },
    ],
    cwe: ["CWE-347"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    "no-shared-key": { verdict: "pass", message: () => "No shared key signs it." },
    hmac: { verdict: "fail", message: ({ alg }) => `It is signed with ${alg}.` },
    ...ABOUT_SIGNATURES,
  },
  evaluate: (input) =>
    eachSignature(input, ({ header: { alg } }) => {
      const at = { pointer: "/header/alg", summary: alg };
      if (alg === "other") return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
      return { outcome: isHmac(alg) ? "hmac" : "no-shared-key", data: { alg }, ...at };
    }),
});
