import { isRsaSignature } from "../../../model/jose.ts";
import { ABOUT_SIGNATURES, eachSignature } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtWeakRsaSignature = defineRule({
  meta: {
    id: "auth/jwt-weak-rsa-signature",
    revision: 1,
    title: "The RSA key that signs is long enough",
    failureTitle: "The RSA key that signs is too short",
    rationale:
      "A signature is as long as the key: one of less than 256 bytes was made with less than 2048 bits, which whoever pays enough can take apart.",
    remediation: { verb: "ask", alone: false, effort: "medium", text: "Ask for a key of 2048 bits or more, or for ES256." },
    severity: "high",
    likelihood: 2,
    citations: [{ id: "RFC 7518 3.3", url: "https://www.rfc-editor.org/rfc/rfc7518#section-3.3" }],
    cwe: ["CWE-326"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    long: { verdict: "pass", message: ({ bits }) => `The key has about ${bits} bits.` },
    short: { verdict: "fail", message: ({ bits }) => `The key has about ${bits} bits.` },
    "no-rsa": { verdict: "not-applicable", message: () => "It is not signed with RSA." },
    ...ABOUT_SIGNATURES,
  },
  evaluate: (input) =>
    eachSignature(input, ({ header: { alg }, signatureBytes = 0 }) => {
      if (!isRsaSignature(alg)) return { outcome: "no-rsa", pointer: "/header/alg", summary: alg };
      const at = { pointer: "/header/alg", summary: `${signatureBytes} bytes` };
      // Some hand on tokens without their signature.
      if (signatureBytes === 0) return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return { outcome: signatureBytes < MIN_BYTES ? "short" : "long", data: { bits: signatureBytes * 8 }, ...at };
    }),
});

const MIN_BYTES = 256;
