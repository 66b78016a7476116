import { ABOUT_PUBLISHED, eachResource, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const rsResourceMismatch = defineRule({
  meta: {
    id: "auth/rs-resource-mismatch",
    revision: 2,
    title: "The API speaks for itself, and names nothing without TLS",
    failureTitle: "The document of the API leads clients elsewhere",
    rationale: "A client that believes such a document asks for tokens for somebody else, and sends them here.",
    remediation: { verb: "ask", alone: true, effort: "low", text: "Do not use this document, and tell the provider." },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 9728 1.2", url: "https://www.rfc-editor.org/rfc/rfc9728#section-1.2" },
      { id: "RFC 9728 3.3", url: "https://www.rfc-editor.org/rfc/rfc9728#section-3.3" },
    ],
    cwe: ["CWE-346"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    plaintext: {
      verdict: "fail",
      message: ({ names }) => `Without TLS: ${names}. Whoever is on the way sends clients to a server of his own for their tokens.`,
    },
    same: { verdict: "pass", message: () => "The resource is the API, or a path above it." },
    template: { verdict: "pass", message: () => "The resource leaves a place open for the tenant." },
    other: { verdict: "fail", message: () => "The resource is another one: what else the document says does not count." },
    unnamed: { verdict: "fail", message: () => "It names no resource." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachResource(input, ({ identifier, endpoints }) => {
      const at = { pointer: "/identifier", summary: identifier };
      const open = [...new Set(endpoints.filter(({ scheme }) => scheme === "http").map(({ name }) => name))].join(", ");
      if (open !== "" && identifier !== "other") {
        return { outcome: "plaintext", data: { names: open }, pointer: "/endpoints", summary: open };
      }
      if (identifier === "unknown" || identifier === "guessed") return { outcome: "unobserved", reason: "evidence_missing", ...at };
      return { outcome: identifier === "absent" ? "unnamed" : identifier, ...at };
    }),
});
