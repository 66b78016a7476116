import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksWeakKey = defineRule({
  meta: {
    id: "auth/jwks-weak-key",
    revision: 1,
    title: "RSA keys have 2048 bits or more",
    failureTitle: "A published RSA key is too short",
    rationale: "Whoever takes the key apart signs as the issuer. For 1024 bits that is a matter of money.",
    remediation: { verb: "ask", alone: false, effort: "medium", text: "Ask for a key of 2048 bits or more, or for ES256." },
    severity: "high",
    likelihood: 2,
    citations: [{ id: "RFC 7518 3.3", url: "https://www.rfc-editor.org/rfc/rfc7518#section-3.3" }],
    cwe: ["CWE-326"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    long: { verdict: "pass", message: () => "Each RSA key has 2048 bits or more." },
    short: { verdict: "fail", message: ({ which, bits }) => `${which}: the modulus has ${bits} bits.` },
    "no-rsa": { verdict: "not-applicable", message: () => "No RSA key is among them." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const known = placesOf(keys, ({ bits }) => bits !== undefined);
      const short = placesOf(keys, ({ bits = MIN_BITS }) => bits < MIN_BITS);
      const outcome = known.length === 0 ? "no-rsa" : short.length > 0 ? "short" : "long";
      return { outcome, data: { which: placeWords(short), bits: keys[short[0] ?? 0]?.bits ?? 0 }, ...atKey(short) };
    }),
});

const MIN_BITS = 2048;
