import { ABOUT_PUBLISHED, disowned, eachServer, withoutTokens } from "../../facts/published.ts";
import { defineRule } from "../rule.ts";

export const asHttpEndpoint = defineRule({
  meta: {
    id: "auth/as-http-endpoint",
    revision: 2,
    title: "Every endpoint of the server has TLS",
    failureTitle: "An endpoint of the server has no TLS",
    rationale:
      "Codes, secrets and tokens go to these endpoints, and whoever is on the way reads them. Below an issuer without TLS, clients look for all of the others.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Use the https form of the endpoint, and ask the provider to publish no other.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "RFC 8414 2", url: "https://www.rfc-editor.org/rfc/rfc8414#section-2" },
      { id: "OAuth 2.1 1.5", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1" },
    ],
    cwe: ["CWE-319"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["oauth-metadata"],
  outcomes: {
    secure: { verdict: "pass", message: () => "Its issuer and each endpoint that it names have TLS, or are on this machine." },
    plaintext: { verdict: "fail", message: ({ names }) => `Without TLS: ${names}.` },
    "no-endpoints": { verdict: "not-applicable", message: () => "It names no endpoint." },
    ...ABOUT_PUBLISHED,
  },
  applies: withoutTokens,
  evaluate: (input) =>
    eachServer(input, (server) => {
      const open = server.endpoints.filter(({ scheme }) => scheme === "http").map(({ name }) => name);
      const outcome = server.endpoints.length === 0 ? "no-endpoints" : open.length > 0 ? "plaintext" : "secure";
      const names = open.slice(0, MAX_NAMES).join(", ");
      return disowned(server) ?? { outcome, data: { names }, pointer: "/endpoints", summary: names || "none" };
    }),
});

const MAX_NAMES = 8;
