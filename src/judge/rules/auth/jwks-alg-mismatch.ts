import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksAlgMismatch = defineRule({
  meta: {
    id: "auth/jwks-alg-mismatch",
    revision: 1,
    title: "Each published key fits its algorithm",
    failureTitle: "A published key names an algorithm that it cannot serve",
    rationale: "A library that believes the algorithm, or the type, but not both, may check with the wrong one of them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider which key it is, and pin the algorithm that you expect in your own verifier.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.1", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.1" },
      { id: "RFC 7517 4.4", url: "https://www.rfc-editor.org/rfc/rfc7517#section-4.4" },
    ],
    cwe: ["CWE-327"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    fitting: { verdict: "pass", message: () => "Each algorithm that is named fits its key." },
    misfit: { verdict: "fail", message: ({ which }) => `${which}: the algorithm is none for this type of key or this curve.` },
    "no-algorithm": { verdict: "not-applicable", message: () => "No key names an algorithm, which none has to." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const wrong = placesOf(keys, ({ misfit }) => misfit);
      const outcome = keys.every(({ alg }) => alg === undefined) ? "no-algorithm" : wrong.length > 0 ? "misfit" : "fitting";
      return { outcome, data: { which: placeWords(wrong) }, ...atKey(wrong) };
    }),
});
