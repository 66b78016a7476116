import { ABOUT_CLAIMS, eachClaims, isProof } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtNoExp = defineRule({
  meta: {
    id: "auth/jwt-no-exp",
    revision: 1,
    title: "The token ends",
    failureTitle: "The token never ends",
    rationale: "What never ends is good for whoever finds it in a log, a backup or an old laptop, years later.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask for an exp. Some providers end such tokens on their own side: find out when, and rotate until then.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "OWASP REST Security", url: "https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html" },
      { id: "ASVS 5.0 9.2.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "ASVS 5.0 13.3.4", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    ends: { verdict: "pass", message: () => "It names its end." },
    "no-end": { verdict: "fail", message: () => "It has no exp." },
    proof: { verdict: "not-applicable", message: () => "It proves that a key is there, for one request." },
    ...ABOUT_CLAIMS,
  },
  evaluate: (input) =>
    eachClaims(input, (token) => {
      const { exp, malformed } = token.claims;
      const at = { pointer: "/claims", summary: exp === undefined ? "no exp" : "exp" };
      if (isProof(token)) return { outcome: "proof", ...at };
      if (malformed.includes("exp")) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
      return { outcome: exp === undefined ? "no-end" : "ends", ...at };
    }),
});
