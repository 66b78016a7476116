import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksDuplicateKid = defineRule({
  meta: {
    id: "auth/jwks-duplicate-kid",
    revision: 1,
    title: "No two published keys share a name",
    failureTitle: "Two published keys share a name",
    rationale: "A verifier takes one of the two, and refuses what the other one signed; which one may differ from day to day.",
    remediation: { verb: "ask", alone: false, effort: "low", text: "Tell the provider, and let your verifier try every key of that name." },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 7517 4.5", url: "https://www.rfc-editor.org/rfc/rfc7517#section-4.5" }],
    cwe: ["CWE-694"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    distinct: { verdict: "pass", message: () => "No two keys of one type share a kid." },
    duplicate: { verdict: "fail", message: ({ which }) => `${which} share a kid.` },
    single: { verdict: "not-applicable", message: () => "There are not two keys." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const alike = placesOf(keys, ({ kid }) => kid === "duplicate");
      const outcome = keys.length < 2 ? "single" : alike.length > 0 ? "duplicate" : "distinct";
      return { outcome, data: { which: placeWords(alike) }, ...atKey(alike) };
    }),
});
