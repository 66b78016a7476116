import { ABOUT_CHALLENGES, challengeNamesOf, eachChallenge, goneEndpoint, REST_UNREAD } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const schemeMismatch = defineRule({
  meta: {
    id: "auth/scheme-mismatch",
    revision: 1,
    title: "The endpoint asks for the scheme that is declared",
    failureTitle: "The endpoint asks for another scheme than the declared one",
    rationale:
      "What the inventory says of our login is what its strength, its rotation and the answer to a breach are worked out from. A gateway in front of the API may ask for something else than the API itself.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Look at how your client logs in, and correct auth.scheme in the inventory or the client.",
    },
    severity: "low",
    likelihood: 1,
    citations: [{ id: "RFC 9110 11.6.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1" }],
    cwe: ["CWE-1059"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.5.9"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  outcomes: {
    "as-declared": { verdict: "pass", message: () => "The declared scheme is among those that are asked for." },
    "another-scheme": { verdict: "fail", message: ({ asked, scheme }) => `It asks for ${asked}; ${scheme} is declared.` },
    "names-nothing": { verdict: "not-applicable", message: () => "No scheme is declared that a challenge would name, or none was named." },
    ...ABOUT_CHALLENGES,
  },
  applies: ({ integration: { auth } }) =>
    auth.scheme === undefined || challengeNamesOf(auth.scheme) === undefined ? "names-nothing" : undefined,
  evaluate: (input) => {
    const { scheme = "none" } = input.integration.auth;
    const names = challengeNamesOf(scheme) ?? [];
    return eachChallenge(input, ({ asked: { challenges, isWhole } }) => {
      const asked = [...new Set(challenges.map((challenge) => challenge.scheme))].join(", ");
      const at = { pointer: "/headers", summary: asked === "" ? "no scheme" : asked };
      if (challenges.some((challenge) => names.includes(challenge.scheme.toLowerCase()))) return { outcome: "as-declared", ...at };
      if (!isWhole) return REST_UNREAD;
      if (challenges.length === 0) return { outcome: "names-nothing", ...at };
      return { outcome: "another-scheme", data: { asked, scheme }, confidence: 0.6, ...at };
    });
  },
  absent: goneEndpoint,
});
