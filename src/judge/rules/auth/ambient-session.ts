import type { CookieFact, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_ANSWERS, aboutAnswers, goneAnswer, withoutSentCredential } from "../../facts/authenticated-answers.ts";
import { credentialLocation } from "../../facts/credential.ts";
import { defineRule } from "../rule.ts";

export const ambientSession = defineRule({
  meta: {
    id: "auth/ambient-session",
    revision: 1,
    title: "No loose session is handed out beside our credential",
    failureTitle: "A call with a credential also hands out a session that is loosely kept",
    rationale:
      "A session cookie lets its holder in without the credential, often for longer, and is not revoked with it. A client that keeps cookies sends it along without anybody's doing; without Secure it also goes over http, and without HttpOnly a script in a page can read it.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Switch the cookie store of the HTTP client off for this API, keep Set-Cookie out of logs, and ask the provider not to open sessions for API clients.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "RFC 6265 8.3", url: "https://www.rfc-editor.org/rfc/rfc6265#section-8.3" },
      { id: "ASVS 5.0 3.3.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-614", "CWE-1004"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["ISO27001 A.8.5", "NIST-CSF PR.AA-03"],
    confirm: 1,
  },
  needs: ["http-response"],
  // Before, nothing but the presence of cookies was kept.
  since: { "http-response": 3 },
  outcomes: {
    "no-session": { verdict: "pass", message: () => "No cookie is set that is known to stand for a session." },
    "kept-well": { verdict: "pass", message: () => "The session cookie has Secure and HttpOnly." },
    "kept-loosely": { verdict: "fail", message: ({ lacks }) => `A session cookie is set beside our credential, without ${lacks}.` },
    "cookie-scheme": { verdict: "not-applicable", message: () => "The credential is a cookie itself." },
    ...ABOUT_ANSWERS,
  },
  applies: (input) => withoutSentCredential(input) ?? inCookie(input.integration),
  evaluate: (input) => aboutAnswers(input, answerFor),
  absent: goneAnswer,
});

function inCookie(integration: Integration): "cookie-scheme" | undefined {
  return credentialLocation(integration) === "cookie" ? "cookie-scheme" : undefined;
}

function answerFor({ cookies = [] }: HttpResponseEvidence): Answer<"no-session" | "kept-well" | "kept-loosely"> {
  const at = { pointer: cookies.length === 0 ? "/headers" : "/cookies", summary: `cookies that are set: ${cookies.length}` };
  const sessions = cookies.filter(({ purpose }) => purpose === "session");
  if (sessions.length === 0) return { outcome: "no-session", ...at };
  const lacks = ATTRIBUTES.filter(([attribute]) => sessions.some((cookie) => !cookie[attribute])).map(([, word]) => word);
  return lacks.length === 0 ? { outcome: "kept-well", ...at } : { outcome: "kept-loosely", data: { lacks: lacks.join(" and ") }, ...at };
}

const ATTRIBUTES: readonly (readonly [keyof Pick<CookieFact, "secure" | "httpOnly">, string])[] = [
  ["secure", "Secure"],
  ["httpOnly", "HttpOnly"],
];
