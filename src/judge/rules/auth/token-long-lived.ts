import type { TokenResponseEvidence } from "../../../evidence/kinds.ts";
import { DAY, HOUR, SECOND } from "../../../model/instant.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_LOGINS, aboutLogin, withoutLogin } from "../../facts/token-responses.ts";
import { defineRule } from "../rule.ts";

export const tokenLongLived = defineRule({
  meta: {
    id: "auth/token-long-lived",
    revision: 1,
    title: "Tokens end within a day",
    failureTitle: "A token that leaks is good for long",
    rationale:
      "Whoever reads one request, in a log or a proxy, can use the token until it ends; most servers cannot take a token back before that. A client that logs in by itself needs no token for longer than an hour.",
    remediation: {
      verb: "narrow",
      alone: false,
      effort: "low",
      text: "Look for the lifetime of access tokens in the provider's settings of your client, and set it to an hour. Where it cannot be set, ask, and keep tokens out of logs.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [{ id: "RFC 9700 2.2", url: "https://www.rfc-editor.org/rfc/rfc9700#section-2.2" }],
    cwe: ["CWE-613"],
    owasp: ["API2:2023"],
    controls: ["ISO27001 A.8.5", "NIST-CSF PR.AA-05"],
    confirm: 1,
  },
  needs: ["token-response"],
  outcomes: {
    short: { verdict: "pass", message: ({ hours }) => `Tokens end after ${hours} hours at the most.` },
    "over-a-day": { verdict: "fail", severity: "low", message: ({ days }) => `Tokens are good for ${days} days.` },
    "over-a-month": { verdict: "fail", message: ({ days }) => `Tokens are good for ${days} days.` },
    "not-told": { verdict: "not-applicable", message: () => "The server does not say for how long its tokens are good." },
    ...ABOUT_LOGINS,
  },
  applies: withoutLogin,
  evaluate: (input) => aboutLogin(input, answerFor),
});

function answerFor({ issued, expiresIn }: TokenResponseEvidence): Answer<"short" | "over-a-day" | "over-a-month" | "not-told"> {
  const at =
    expiresIn === undefined ? { pointer: "/issued", summary: "not told" } : { pointer: "/expiresIn", summary: `${expiresIn} seconds` };
  if (!issued) return { outcome: "unobserved", reason: "credential_rejected", ...at };
  if (expiresIn === undefined) return { outcome: "not-told", ...at };
  const time = expiresIn * SECOND;
  const data = { days: Math.floor(time / DAY), hours: Math.ceil(time / HOUR) };
  if (time <= DAY) return { outcome: "short", data, ...at };
  return { outcome: time > 30 * DAY ? "over-a-month" : "over-a-day", data, ...at };
}
