import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksNoKid = defineRule({
  meta: {
    id: "auth/jwks-no-kid",
    revision: 1,
    title: "Published keys have names",
    failureTitle: "Published keys have no names",
    rationale: "Where there are several, a verifier has to try them all, and a rotation cannot be told from a mistake.",
    remediation: { verb: "ask", alone: false, effort: "low", text: "Tell the provider, and let your verifier try every key." },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 7517 4.5", url: "https://www.rfc-editor.org/rfc/rfc7517#section-4.5" }],
    cwe: ["CWE-1059"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    named: { verdict: "pass", message: () => "Each key has a kid." },
    unnamed: { verdict: "fail", message: ({ which, verb }) => `${which} ${verb} no kid.` },
    single: { verdict: "not-applicable", message: () => "There are not two keys: one needs no name." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const unnamed = placesOf(keys, ({ kid }) => kid === "absent");
      const outcome = keys.length < 2 ? "single" : unnamed.length > 0 ? "unnamed" : "named";
      return { outcome, data: { which: placeWords(unnamed), verb: unnamed.length === 1 ? "has" : "have" }, ...atKey(unnamed) };
    }),
});
