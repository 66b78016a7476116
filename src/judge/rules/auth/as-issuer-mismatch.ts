import { ABOUT_PUBLISHED, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asIssuerMismatch = defineRule({
  meta: {
    id: "auth/as-issuer-mismatch",
    revision: 2,
    title: "The server speaks for the issuer that was asked",
    failureTitle: "The server speaks for another issuer than was asked",
    rationale: "A client that believes such a document sends codes and secrets of one issuer to the endpoints of another.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Do not use this document. Configure the issuer that it names, if that is whom you mean, and its endpoints by hand until then.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 8414 3.3", url: "https://www.rfc-editor.org/rfc/rfc8414#section-3.3" },
      { id: "ASVS 5.0 10.5.3", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-346"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    same: { verdict: "pass", message: () => "The issuer is the one that was asked." },
    template: { verdict: "pass", message: () => "The issuer leaves a place open for the tenant, as servers of many tenants do." },
    other: { verdict: "fail", message: () => "Its issuer is another one: what else it says does not count." },
    unnamed: { verdict: "fail", severity: "medium", message: () => "It names no issuer." },
    guessed: { verdict: "not-applicable", message: () => "Nobody named an issuer to hold it against." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, ({ identifier }) => {
      const at = { pointer: "/identifier", summary: identifier };
      if (identifier === "unknown") return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return { outcome: identifier === "absent" ? "unnamed" : identifier, ...at };
    }),
});
