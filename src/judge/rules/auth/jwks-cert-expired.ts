import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksCertExpired = defineRule({
  meta: {
    id: "auth/jwks-cert-expired",
    revision: 1,
    title: "The certificates beside published keys are valid",
    failureTitle: "A certificate beside a published key has ended",
    rationale: "Most verifiers read the key and not the certificate beside it; one that reads it refuses every token that this key signed.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider. Check whether your own verifier reads x5c at all: most do not.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [{ id: "RFC 7517 4.7", url: "https://www.rfc-editor.org/rfc/rfc7517#section-4.7" }],
    cwe: ["CWE-298"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    valid: { verdict: "pass", message: () => "Each certificate that comes along is still valid." },
    expired: {
      verdict: "fail",
      message: ({ which, end }) => `${which}: the certificate beside it ended on ${end}. Most verifiers ignore it.`,
    },
    "no-certificate": { verdict: "not-applicable", message: () => "No certificate comes along that can be read." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input, { asOf }) =>
    eachKeySet(input, ({ keys }) => {
      if (keys.every(({ certificateEnds }) => certificateEnds === undefined)) return { outcome: "no-certificate", ...atKey([]) };
      const past = placesOf(keys, ({ certificateEnds = asOf }) => certificateEnds < asOf);
      const end = new Date(keys[past[0] ?? 0]?.certificateEnds ?? asOf).toISOString().slice(0, 10);
      return { outcome: past.length > 0 ? "expired" : "valid", data: { which: placeWords(past), end }, ...atKey(past) };
    }),
});
