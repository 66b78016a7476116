import { ABOUT_PUBLISHED, eachKeySet, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const jwksEmpty = defineRule({
  meta: {
    id: "auth/jwks-empty",
    revision: 1,
    title: "Keys are published",
    failureTitle: "No key is published",
    rationale: "Nobody can check what was signed. Where nothing is signed for others, that is as it should be.",
    remediation: { verb: "ask", alone: false, effort: "low", text: "If your tokens are signed by this issuer, ask where the keys are." },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 7517 5.1", url: "https://www.rfc-editor.org/rfc/rfc7517#section-5.1" }],
    cwe: ["CWE-347"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["jwks"],
  outcomes: {
    "has-keys": { verdict: "pass", message: ({ count }) => `The set has ${count}.` },
    empty: { verdict: "fail", message: () => "The set has no key." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachKeySet(input, ({ keys, unread }) => {
      const total = keys.length + unread;
      const count = total === 1 ? "1 key" : `${total} keys`;
      return { outcome: total === 0 ? "empty" : "has-keys", data: { count }, pointer: "/keys", summary: count };
    }),
});
