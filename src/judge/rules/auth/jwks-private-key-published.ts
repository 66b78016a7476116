import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksPrivateKeyPublished = defineRule({
  meta: {
    id: "auth/jwks-private-key-published",
    revision: 1,
    title: "Published keys are public",
    failureTitle: "A private key is published",
    rationale: "Whoever reads the set can sign as the issuer: every token of every customer can be forged.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Stop using the API until the key is replaced, and tell the provider at once. Treat what it answered meanwhile as from anybody.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 7518 6.3.2", url: "https://www.rfc-editor.org/rfc/rfc7518#section-6.3.2" },
      { id: "RFC 7517 9.2", url: "https://www.rfc-editor.org/rfc/rfc7517#section-9.2" },
    ],
    cwe: ["CWE-321", "CWE-522"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    public: { verdict: "pass", message: () => "No key has a private part." },
    private: { verdict: "fail", message: ({ which, members }) => `${which}: private parts are published (${members}).` },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const open = placesOf(keys, ({ privateMembers }) => privateMembers.some(isOfPair));
      const members = [...new Set(keys.flatMap(({ privateMembers }) => privateMembers.filter(isOfPair)))].sort().join(", ");
      return { outcome: open.length > 0 ? "private" : "public", data: { which: placeWords(open), members }, ...atKey(open) };
    }),
});

/** `k` is of shared keys, which another rule is about. */
function isOfPair(member: string): boolean {
  return member !== "k";
}
