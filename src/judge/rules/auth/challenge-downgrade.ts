import type { Challenge } from "../../../evidence/challenge.ts";
import type { AuthScheme } from "../../../model/integration.ts";
import { ABOUT_CHALLENGES, digestWeakness, eachChallenge, goneEndpoint, isScheme } from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const challengeDowngrade = defineRule({
  meta: {
    id: "auth/challenge-downgrade",
    revision: 1,
    title: "Nothing weaker than our scheme is asked for",
    failureTitle: "The endpoint also takes a weaker scheme than ours",
    rationale:
      "A client that lets the server choose can be brought to the weakest scheme on offer by whoever can change an answer, and then sends a password where it would have sent a token. Accounts of ours can also be tried there by anybody who guesses.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Pin the scheme in your client, so that no answer can change it, and ask the provider to switch the weaker one off for your account.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 9110 17.16", url: "https://www.rfc-editor.org/rfc/rfc9110#section-17.16" }],
    cwe: ["CWE-757"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  outcomes: {
    "as-strong": { verdict: "pass", message: () => "Nothing weaker than the declared scheme is asked for." },
    weaker: { verdict: "fail", message: ({ weaker, scheme }) => `It also takes ${weaker}; we use ${scheme}.` },
    "nothing-weaker": {
      verdict: "not-applicable",
      message: () => "No scheme is declared that would be stronger than what a challenge can name.",
    },
    ...ABOUT_CHALLENGES,
  },
  applies: ({ integration: { auth } }) => (auth.scheme !== undefined && STRONGER.has(auth.scheme) ? undefined : "nothing-weaker"),
  evaluate: (input) =>
    eachChallenge(input, ({ asked }) => {
      const weaker = [...new Set(asked.challenges.filter(isWeak).map(({ scheme }) => scheme))].join(", ");
      const data = { weaker, scheme: input.integration.auth.scheme };
      return {
        outcome: weaker === "" ? "as-strong" : "weaker",
        data,
        pointer: "/headers",
        summary: weaker === "" ? "nothing weaker" : weaker,
      };
    }),
  absent: goneEndpoint,
});

/** The password itself, or what can be worked out from one exchange (RFC 7617 section 4, RFC 7616 section 5, RFC 4559 section 6). */
function isWeak(challenge: Challenge): boolean {
  if (isScheme(challenge, "basic") || isScheme(challenge, "ntlm")) return true;
  // Evidence of before kept no algorithm: not known to be weak.
  return isScheme(challenge, "digest") && challenge.params["algorithm"] !== "" && digestWeakness(challenge) !== undefined;
}

const STRONGER: ReadonlySet<AuthScheme> = new Set<AuthScheme>([
  "bearer",
  "jwt-bearer",
  "oauth2-client-credentials",
  "oauth2-code",
  "mtls",
  "dpop",
  "sigv4",
  "hmac",
  "http-signature",
  "hawk",
  "kerberos",
]);
