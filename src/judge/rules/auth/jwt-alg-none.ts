import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_SIGNATURES, eachSignature } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtAlgNone = defineRule({
  meta: {
    id: "auth/jwt-alg-none",
    revision: 2,
    title: "The token is signed",
    failureTitle: "The token is not signed",
    rationale: "Anybody can write such a token for any user. Where the provider takes it, nobody has to steal ours.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "low",
      text: "Tell the provider at once, and stop sending data until tokens are signed.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "ASVS 5.0 9.1.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "draft-ietf-oauth-rfc8725bis 2.11", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-2.11" },
    ],
    cwe: ["CWE-347"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    signed: { verdict: "pass", message: () => "It names an algorithm." },
    unsigned: { verdict: "fail", message: () => "Its algorithm is none." },
    stripped: {
      verdict: "fail",
      severity: "medium",
      message: ({ alg }) => `It names ${alg} and has no signature: whoever takes it so takes anything.`,
    },
    ...ABOUT_SIGNATURES,
  },
  evaluate: (input) =>
    eachSignature(input, ({ header: { alg }, signatureBytes }): Answer<"signed" | "unsigned" | "stripped"> => {
      const at = { pointer: "/header/alg", summary: alg };
      if (alg === "none") return { outcome: "unsigned", ...at };
      return signatureBytes === 0 ? { outcome: "stripped", data: { alg }, ...at } : { outcome: "signed", ...at };
    }),
});
