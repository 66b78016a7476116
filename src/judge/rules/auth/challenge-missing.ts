import { ABOUT_CHALLENGES, eachChallenge, goneEndpoint } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const challengeMissing = defineRule({
  meta: {
    id: "auth/challenge-missing",
    revision: 1,
    title: "A refusal says how to authenticate",
    failureTitle: "A refusal does not say how to authenticate",
    rationale:
      "A 401 has to name the schemes that the server takes. Clients that log in by what is asked of them cannot, and nobody notices when the server begins to take a weaker scheme. Most JSON APIs leave it out.",
    remediation: {
      verb: "accept",
      alone: true,
      effort: "low",
      text: "Nothing has to be done: configure the scheme in your client, do not negotiate it.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9110 15.5.2", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2" }],
    cwe: ["CWE-287"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  // What was stored before had lost what could not be read.
  since: { "http-unauthenticated": 2, "http-response": 2 },
  outcomes: {
    named: { verdict: "pass", message: () => "The refusal names what the server takes." },
    unnamed: { verdict: "fail", message: () => "The endpoint answers 401 and names no scheme." },
    ...ABOUT_CHALLENGES,
  },
  evaluate: (input) =>
    eachChallenge(input, ({ status, asked }) => {
      const isNamed = asked.challenges.length > 0 || !asked.isWhole;
      return { outcome: isNamed ? "named" : "unnamed", pointer: "/headers", summary: isNamed ? "WWW-Authenticate" : `${status} alone` };
    }),
  absent: goneEndpoint,
});
