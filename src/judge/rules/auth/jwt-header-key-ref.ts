import { ABOUT_HEADERS, eachHeader, isProof } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtHeaderKeyRef = defineRule({
  meta: {
    id: "auth/jwt-header-key-ref",
    revision: 1,
    title: "The token does not say where its key is",
    failureTitle: "The token says itself which key to check it with",
    rationale:
      "A verifier that follows jku or x5u, or takes the key of jwk or x5c, takes any key, and asks any host, that somebody writes there.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider that keys are looked up in its own key set by kid, and in nothing that a token brings.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "ASVS 5.0 9.1.3", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "draft-ietf-oauth-rfc8725bis 3.10", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.10" },
    ],
    cwe: ["CWE-347", "CWE-918"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    none: { verdict: "pass", message: () => "Its header names a key at most." },
    named: { verdict: "fail", severity: "medium", message: ({ members }) => `Its header has ${members}.` },
    "unsafe-place": {
      verdict: "fail",
      message: ({ members }) => `Its header has ${members}, and leads to a place without TLS or without a name.`,
    },
    proof: { verdict: "not-applicable", message: () => "It proves that a key is there, for one request." },
    ...ABOUT_HEADERS,
  },
  evaluate: (input) =>
    eachHeader(input, (token) => {
      const { keys } = token.header;
      const members = keys.map(({ member }) => member).join(", ");
      const at = { pointer: "/header/keys", summary: members || "none" };
      if (isProof(token)) return { outcome: "proof", ...at };
      if (keys.length === 0) return { outcome: "none", ...at };
      const isSafe = keys.every(({ at: place }) => place === "inside" || place === "https");
      return { outcome: isSafe ? "named" : "unsafe-place", data: { members }, ...at };
    }),
});
