import { ABOUT_CHALLENGES, digestWeakness, eachChallenge, goneEndpoint, isScheme, REST_UNREAD } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const digestWeak = defineRule({
  meta: {
    id: "auth/digest-weak",
    revision: 1,
    title: "Digest is asked for with SHA-256 and a quality of protection",
    failureTitle: "Digest is asked for in a form that gives the password away",
    rationale:
      "With MD5, passwords are tried at many thousand millions a second against one exchange that was read. Without qop the client adds no nonce, so that they can be looked up in tables.",
    remediation: {
      verb: "switch",
      alone: true,
      effort: "medium",
      text: "Use another scheme of this provider. Until then, give this account a random password of 24 characters or more, and ask the provider for SHA-256.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 7616 5", url: "https://www.rfc-editor.org/rfc/rfc7616#section-5" }],
    cwe: ["CWE-328", "CWE-916"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.8.5"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  // What was stored before had lost the algorithm.
  since: { "http-unauthenticated": 2, "http-response": 2 },
  outcomes: {
    strong: { verdict: "pass", message: () => "Digest is offered with another algorithm than MD5 and with qop." },
    md5: { verdict: "fail", message: () => "Digest is offered with MD5 alone." },
    "no-qop": { verdict: "fail", message: () => "Digest is offered without qop, the form of 1997." },
    "not-used": { verdict: "not-applicable", message: () => "Digest is not what we use, or not what is offered." },
    ...ABOUT_CHALLENGES,
  },
  applies: ({ integration: { auth } }) => (auth.scheme === undefined || auth.scheme === "digest" ? undefined : "not-used"),
  evaluate: (input) =>
    eachChallenge(input, ({ asked }) => {
      const offers = asked.challenges.filter((challenge) => isScheme(challenge, "digest"));
      const at = { pointer: "/headers", summary: `${offers.length} of Digest` };
      const weaknesses = offers.map(digestWeakness);
      // A client takes the first that it knows (RFC 7616 section 3.7): one strong offer is enough to be used.
      if (weaknesses.includes("none")) return { outcome: "strong", ...at };
      if (!asked.isWhole || weaknesses.includes("unknown")) return REST_UNREAD;
      if (offers.length === 0) return { outcome: "not-used", ...at };
      return { outcome: weaknesses.includes("md5") ? "md5" : "no-qop", ...at };
    }),
  absent: goneEndpoint,
});
