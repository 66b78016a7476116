import { ABOUT_PUBLISHED, atKey, eachKeySet, placesOf, placeWords, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksSymmetricKeyPublished = defineRule({
  meta: {
    id: "auth/jwks-symmetric-key-published",
    revision: 1,
    title: "No shared key is published",
    failureTitle: "A shared key is published",
    rationale: "A shared key checks and signs alike: whoever reads the set can write a token for any user.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Stop using the API until the key is replaced, and tell the provider at once.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 7518 6.4", url: "https://www.rfc-editor.org/rfc/rfc7518#section-6.4" },
      { id: "RFC 7517 9.2", url: "https://www.rfc-editor.org/rfc/rfc7517#section-9.2" },
    ],
    cwe: ["CWE-321", "CWE-522"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    none: { verdict: "pass", message: () => "No shared key is among them." },
    shared: { verdict: "fail", message: ({ which, verb }) => `${which} ${verb} shared (oct).` },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys }) => {
      const shared = placesOf(keys, ({ kty }) => kty === "oct");
      const verb = shared.length === 1 ? "is" : "are";
      return { outcome: shared.length > 0 ? "shared" : "none", data: { which: placeWords(shared), verb }, ...atKey(shared) };
    }),
});
