import type { EchoPlace, HttpResponseEvidence, TokenResponseEvidence } from "../../../evidence/kinds.ts";
import type { Integration } from "../../../model/integration.ts";
import type { UnobservedReason } from "../../../model/reason.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_ANSWERS, aboutAnswers, unheardReason, withoutSentCredential } from "../../facts/authenticated-answers.ts";
import { secretTransport } from "../../facts/credential.ts";
import { unreadReason } from "../../facts/responses.ts";
import { besideLogin, goneAnswerOrLogin, sendsSecret } from "../../facts/token-responses.ts";
import { defineRule } from "../rule.ts";

export const credentialEchoed = defineRule({
  meta: {
    id: "auth/credential-echoed",
    revision: 2,
    title: "Answers do not repeat our credential",
    failureTitle: "The answer repeats our credential",
    rationale:
      "Answers are logged, cached, shown and sent to tools for errors, where nobody expects a credential. One that is repeated there is read by far more people than the one that was sent, and stays readable until somebody rotates it.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Keep answers of this endpoint out of logs and error reports, purge what was kept of them, rotate the credential, and ask the provider to mask it.",
    },
    severity: "high",
    likelihood: 3,
    citations: [
      { id: "ASVS 5.0 16.2.5", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
      { id: "OWASP API2:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/" },
    ],
    cwe: ["CWE-209", "CWE-532"],
    owasp: ["API2:2023", "API8:2023"],
    controls: ["PCI-DSS 8.3.2", "ISO27001 A.5.17", "ISO27001 A.8.12", "NIST-CSF PR.DS-01"],
    confirm: 1,
  },
  needs: ["http-response", "token-response"],
  // Before, nobody looked.
  since: { "http-response": 3 },
  outcomes: {
    "not-echoed": { verdict: "pass", message: () => "The credential was looked for in the answer and does not stand there." },
    echoed: { verdict: "fail", message: ({ places }) => `The credential, or the end of it, stands in ${places} of the answer.` },
    "not-at-login": { verdict: "not-applicable", message: () => "No secret is sent to log in that an answer could repeat." },
    "as-proof": { verdict: "not-applicable", message: () => "The credential signs requests and is not sent with them." },
    ...ABOUT_ANSWERS,
  },
  applies: (input) => withoutSentCredential(input) ?? (secretTransport(input.integration) === "as-proof" ? "as-proof" : undefined),
  evaluate: (input) => [
    ...aboutAnswers(input, answerFor, unheard),
    ...besideLogin(input, (evidence) => answerAtLogin(evidence, input.integration)),
  ],
  absent: goneAnswerOrLogin,
});

/** What stands there stands there, whoever wrote it: pages of errors are where it stands most. */
function unheard(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  return (evidence.echo ?? []).length > 0 ? undefined : unheardReason(evidence);
}

/** A refresh token that is given once more is no echo (RFC 6749 section 6). */
function answerAtLogin(
  { echo, grant }: TokenResponseEvidence,
  { auth: { token } }: Integration,
): Answer<"not-echoed" | "echoed" | "not-at-login"> {
  const at = { pointer: "/echo", summary: "where the secret stands in the answer of the token endpoint" };
  if (grant === "refresh_token" || !sendsSecret(token)) return { outcome: "not-at-login", ...at, pointer: "/grant" };
  if (echo === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, pointer: "/status" };
  if (echo.length > 0) return { outcome: "echoed", data: { places: placesIn(echo) }, ...at };
  return { outcome: "not-echoed", ...at };
}

function placesIn(echo: readonly EchoPlace[]): string {
  return echo.map((place) => WORDS[place]).join(" and ");
}

function answerFor({ echo, body }: HttpResponseEvidence): Answer<"not-echoed" | "echoed"> {
  const at = { pointer: "/echo", summary: "where the credential stands in the answer" };
  // Too short to be told from other text.
  if (echo === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at, pointer: "/credential" };
  if (echo.length > 0) return { outcome: "echoed", data: { places: placesIn(echo) }, ...at };
  const unread = unreadReason(body);
  if (unread !== undefined && !READ_AS_TEXT.includes(body.state)) return { outcome: "unobserved", reason: unread, ...at };
  return { outcome: "not-echoed", ...at };
}

const WORDS: Readonly<Record<EchoPlace, string>> = {
  body: "the body",
  location: "the Location header",
  "set-cookie": "a Set-Cookie header",
  header: "a header",
  reason: "the status line",
};
/** Whole, although nothing was made of it. */
const READ_AS_TEXT: readonly string[] = ["unsupported", "too-deep", "not-read"];
