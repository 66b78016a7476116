import { ABOUT_HEADERS, eachHeader } from "../../facts/tokens.ts";
import { defineRule } from "../rule.ts";

export const jwtKidUnsafe = defineRule({
  meta: {
    id: "auth/jwt-kid-unsafe",
    revision: 1,
    title: "The name of the key is harmless",
    failureTitle: "The name of the key could be a path or a query",
    rationale: "Verifiers look keys up by kid, in a file, a table or a directory. One that has such names today is not careful about them.",
    remediation: {
      verb: "ask",
      alone: false,
      effort: "medium",
      text: "Ask the provider for kids of letters, digits and hyphens, and whether it treats them as text from outside.",
    },
    severity: "medium",
    likelihood: 1,
    citations: [
      { id: "draft-ietf-oauth-rfc8725bis 3.10", url: "https://datatracker.ietf.org/doc/html/draft-ietf-oauth-rfc8725bis#section-3.10" },
    ],
    cwe: ["CWE-22", "CWE-89"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["token"],
  outcomes: {
    harmless: { verdict: "pass", message: () => "Its kid is a plain word, a URL, an ARN or a thumbprint." },
    unsafe: { verdict: "fail", message: () => "Its kid has characters of paths, quotes or spaces, or is no text." },
    "no-kid": { verdict: "not-applicable", message: () => "It names no key." },
    ...ABOUT_HEADERS,
  },
  evaluate: (input) =>
    eachHeader(input, ({ header: { kid } }) => {
      const outcome = kid === "absent" ? "no-kid" : kid === "safe" ? "harmless" : "unsafe";
      return { outcome, pointer: "/header/kid", summary: kid };
    }),
});
