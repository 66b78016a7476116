import { isHmac } from "../../../model/jose.ts";
import { ABOUT_SIGNATURES, eachSignature } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtWeakSecret = defineRule({
  meta: {
    id: "auth/jwt-weak-secret",
    revision: 1,
    title: "The key is none of the words that everybody tries first",
    failureTitle: "The key is a word that everybody tries first",
    rationale: "An HMAC can be tried offline, as fast as a machine computes. With this key anybody can write a token for any user.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once; if the issuer is yours, replace the key by 32 random bytes, and end every token that it signed.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.5", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.5" },
      { id: "RFC 7518 3.2", url: "https://www.rfc-editor.org/rfc/rfc7518#section-3.2" },
    ],
    cwe: ["CWE-521", "CWE-1391"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    "not-guessed": { verdict: "pass", message: () => "None of a few well-known words is the key; this says nothing of other words." },
    guessed: { verdict: "fail", message: () => "The key is a well-known word, or the name of the issuer." },
    "no-secret": { verdict: "not-applicable", message: () => "It is not signed with a shared key." },
    ...ABOUT_SIGNATURES,
  },
  evaluate: (input) =>
    eachSignature(input, ({ header: { alg }, guessed }) => {
      const at = { pointer: "/header/alg", summary: alg };
      if (!isHmac(alg)) return { outcome: "no-secret", ...at };
      if (guessed === undefined) return { outcome: "unobserved", reason: "not_requested", ...at };
      return { outcome: guessed ? "guessed" : "not-guessed", ...at };
    }),
});
