import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksWeakExponent = defineRule({
  meta: {
    id: "auth/jwks-weak-exponent",
    revision: 1,
    title: "RSA keys have the usual exponent",
    failureTitle: "An RSA key has a small exponent",
    rationale: "A small public exponent is legal, and turns mistakes in padding into forged signatures.",
    remediation: { verb: "ask", alone: false, effort: "medium", text: "Mention it to the provider; the next key should have 65537." },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "NIST SP 800-56B", url: "https://doi.org/10.6028/NIST.SP.800-56Br2" }],
    cwe: ["CWE-326"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    usual: { verdict: "pass", message: () => "Each exponent is 65537 or more." },
    small: { verdict: "fail", message: ({ which, exponent }) => `${which}: the exponent is ${exponent}.` },
    "no-rsa": { verdict: "not-applicable", message: () => "No RSA key is among them." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const known = placesOf(keys, ({ exponent }) => exponent !== undefined);
      // 0 stands for one that is too long to be small.
      const small = placesOf(keys, ({ exponent = 0 }) => exponent > 0 && exponent < USUAL);
      const outcome = known.length === 0 ? "no-rsa" : small.length > 0 ? "small" : "usual";
      return { outcome, data: { which: placeWords(small), exponent: keys[small[0] ?? 0]?.exponent ?? 0 }, ...atKey(small) };
    }),
});

const USUAL = 65537;
