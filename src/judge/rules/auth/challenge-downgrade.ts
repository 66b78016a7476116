import type { Challenge } from "../../../evidence/challenge.ts";
import type { AuthScheme } from "../../../model/integration.ts";
import {
  ABOUT_CHALLENGES,
  challengeNamesOf,
  digestWeakness,
  eachChallenge,
  goneEndpoint,
  isScheme,
  REST_UNREAD,
} from "../../facts/challenges.ts";
import { defineRule } from "../rule.ts";

export const challengeDowngrade = defineRule({
  meta: {
    id: "auth/challenge-downgrade",
    revision: 2,
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
    severity: "low",
    likelihood: 2,
    citations: [{ id: "RFC 9110 17.16", url: "https://www.rfc-editor.org/rfc/rfc9110#section-17.16" }],
    cwe: ["CWE-757"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-unauthenticated"],
  sees: ["http-response"],
  // What was stored before had lost what could not be read.
  since: { "http-unauthenticated": 2, "http-response": 2 },
  outcomes: {
    "as-strong": { verdict: "pass", message: () => "Nothing weaker than the declared scheme is asked for." },
    weaker: { verdict: "fail", message: ({ weaker, scheme }) => `It also takes ${weaker}; we use ${scheme}.` },
    "weaker-alone": {
      verdict: "fail",
      message: ({ weaker, scheme }) => `It asks for ${weaker}, and not for what we use (${scheme}): see also auth/scheme-mismatch.`,
    },
    "nothing-weaker": {
      verdict: "not-applicable",
      message: () => "No scheme is declared that would be stronger than what a challenge can name.",
    },
    "not-offered": {
      verdict: "not-applicable",
      message: () => "The declared scheme is not asked for, and nothing weak: see auth/scheme-mismatch.",
    },
    ...ABOUT_CHALLENGES,
  },
  applies: ({ integration: { auth } }) => (auth.scheme !== undefined && STRONGER.has(auth.scheme) ? undefined : "nothing-weaker"),
  evaluate: (input) => {
    const { scheme = "none" } = input.integration.auth;
    const names = challengeNamesOf(scheme);
    return eachChallenge(input, ({ asked: { challenges, isWhole } }) => {
      const isOffered = names === undefined || challenges.some((challenge) => names.includes(challenge.scheme.toLowerCase()));
      const weaker = [...new Set(challenges.flatMap((challenge) => weakness(challenge) ?? []))].join(", ");
      const at = { data: { weaker, scheme }, pointer: "/headers", summary: weaker };
      // What asks for something else than the API does may be a gateway before it.
      if (weaker !== "") return isOffered ? { outcome: "weaker", ...at } : { outcome: "weaker-alone", confidence: 0.6, ...at };
      if (!isWhole || challenges.some((challenge) => isScheme(challenge, "digest") && digestWeakness(challenge) === "unknown")) {
        return REST_UNREAD;
      }
      return { outcome: isOffered ? "as-strong" : "not-offered", pointer: "/headers", summary: `${challenges.length} challenges` };
    });
  },
  absent: goneEndpoint,
});

/** In words: the password itself, or what can be worked out from one exchange (RFC 7617 section 4, RFC 7616 section 5, RFC 4559 section 6). */
function weakness(challenge: Challenge): string | undefined {
  if (isScheme(challenge, "basic")) return "Basic";
  if (isScheme(challenge, "ntlm")) return "NTLM";
  return isScheme(challenge, "digest") ? WEAK_DIGEST.get(digestWeakness(challenge)) : undefined;
}

const WEAK_DIGEST: ReadonlyMap<string, string> = new Map([
  ["md5", "Digest with MD5"],
  ["no-qop", "Digest without qop"],
]);
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
