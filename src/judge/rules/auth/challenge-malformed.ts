import { ABOUT_CHALLENGES, eachChallenge, goneEndpoint, REST_UNREAD } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const challengeMalformed = defineRule({
  meta: {
    id: "auth/challenge-malformed",
    revision: 2,
    title: "The challenge can be read",
    failureTitle: "The challenge breaks the grammar",
    rationale:
      "Clients differ in what they make of a WWW-Authenticate field that breaks the grammar: some take the first scheme, some the last, some none. What follows the fault is not seen, by them or by us.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Configure the scheme in your client, do not negotiate it, and tell the provider.",
    },
    severity: "info",
    likelihood: 1,
    citations: [{ id: "RFC 9110 11.6.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1" }],
    cwe: ["CWE-436"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  // What was stored before had lost the fault.
  since: { "http-unauthenticated": 2, "http-response": 2 },
  outcomes: {
    "well-formed": { verdict: "pass", message: () => "The challenge follows the grammar, or there is none." },
    malformed: {
      verdict: "fail",
      message: ({ schemes }) => `A part of the field cannot be read, or stands there twice. What was read: ${schemes}.`,
    },
    ...ABOUT_CHALLENGES,
  },
  evaluate: (input) =>
    eachChallenge(input, ({ asked: { challenges, malformed, isWhole } }) => {
      if (!malformed && !isWhole) return REST_UNREAD;
      const schemes = challenges.length === 0 ? "nothing" : challenges.map(({ scheme }) => scheme).join(", ");
      return { outcome: malformed ? "malformed" : "well-formed", data: { schemes }, pointer: "/headers", summary: schemes };
    }),
  absent: goneEndpoint,
});
