import { ABOUT_PUBLISHED, atList, disowned, eachResource, listed, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const rsBearerQuery = defineRule({
  meta: {
    id: "auth/rs-bearer-query",
    revision: 1,
    title: "The API takes no tokens in URLs",
    failureTitle: "The API takes tokens in URLs",
    rationale:
      "URLs are written into access logs, proxies, traces, error reports and browser histories on both sides, and the token with them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Send tokens in the Authorization field alone, and ask the provider to take query off the list.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 9728 2", url: "https://www.rfc-editor.org/rfc/rfc9728#section-2" },
      { id: "OAuth 2.1 5.1", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1" },
    ],
    cwe: ["CWE-598"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    "not-in-query": { verdict: "pass", message: () => "Tokens in URLs are not among its methods." },
    "in-query": { verdict: "fail", message: () => "It lists query." },
    "not-said": { verdict: "not-applicable", message: () => "It lists no methods." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachResource(input, (resource) => {
      const methods = listed(resource, "bearer_methods_supported");
      const outcome = methods === undefined ? "not-said" : methods.includes("query") ? "in-query" : "not-in-query";
      return disowned(resource) ?? { outcome, ...atList("bearer_methods_supported", resource) };
    }),
});
