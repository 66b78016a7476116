import { registrableDomain } from "../../../catalog/public-suffixes.ts";
import type { HttpResponseEvidence, RedirectFact, TokenResponseEvidence } from "../../../evidence/kinds.ts";
import type { Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_ANSWERS, aboutAnswers, withoutSentCredential } from "../../facts/authenticated-answers.ts";
import { credentialLocation, secretTransport } from "../../facts/credential.ts";
import { besideLogin, goneAnswerOrLogin } from "../../facts/token-responses.ts";
import { defineRule } from "../rule.ts";

export const redirectOffOrigin = defineRule({
  meta: {
    id: "auth/redirect-off-origin",
    revision: 2,
    title: "Calls with our credential are not sent elsewhere",
    failureTitle: "A call with our credential is sent elsewhere",
    rationale:
      "A client that follows redirects decides by itself what it takes along. Most leave Authorization and cookies behind at another origin; fetch of node and undici take every other header with them, such as X-API-Key, on 301, 302, 303, 307 and 308. Whoever can change where the redirect leads then has the key.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Have the client stop at redirects (redirect: manual), follow only to hosts on a list, and without the credential. Where files are handed out from a storage host by a signed URL, check that our client drops its header there.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
      { id: "RFC 9110 15.4", url: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4" },
      { id: "undici 4917", url: "https://github.com/nodejs/undici/issues/4917" },
    ],
    cwe: ["CWE-601", "CWE-522"],
    owasp: ["API10:2023"],
    controls: ["ISO27001 A.8.26", "ISO27001 A.5.14", "NIST-CSF PR.DS-02"],
    confirm: 1,
  },
  needs: ["http-response", "token-response"],
  // Before, nobody noted what a Location carries.
  since: { "http-response": 3 },
  outcomes: {
    "no-redirect": { verdict: "pass", message: () => "The call is answered where it was sent to." },
    "same-origin": { verdict: "pass", message: () => "The redirect stays at the origin." },
    "to-http": {
      verdict: "fail",
      message: ({ carried }) => `The call is redirected to http, where everybody on the way reads what the client takes along.${carried}`,
    },
    "leaks-custom-header": {
      verdict: "fail",
      message: ({ carried }) =>
        `The call is redirected to another origin, and our credential travels in a header of its own: fetch of node and undici keep such headers across origins.${carried}`,
    },
    "resends-login": {
      verdict: "fail",
      message: ({ status }) =>
        `The token request is redirected to another origin with status ${status}: clients that follow send the secret in its form there once more.`,
    },
    "off-origin": {
      verdict: "fail",
      severity: "medium",
      message: ({ carried }) => `The call is redirected to another origin.${carried}`,
    },
    "same-domain": {
      verdict: "fail",
      severity: "low",
      message: ({ carried }) => `The call is redirected to another origin below the same registered domain.${carried}`,
    },
    "token-in-location": {
      verdict: "fail",
      severity: "medium",
      message: () => "The redirect stays at the origin and carries a token in its URL, which ends in logs, proxies and error reports.",
    },
    ...ABOUT_ANSWERS,
  },
  applies: withoutSentCredential,
  evaluate: (input) => [
    ...aboutAnswers(input, (evidence) => answerFor(evidence, input.integration)),
    ...besideLogin(input, (evidence) => answerAtLogin(evidence, input.integration)),
  ],
  absent: goneAnswerOrLogin,
});

type Outcome =
  | "no-redirect"
  | "same-origin"
  | "to-http"
  | "leaks-custom-header"
  | "resends-login"
  | "off-origin"
  | "same-domain"
  | "token-in-location";

function answerFor({ request, status, redirect }: HttpResponseEvidence, integration: Integration): Answer<Outcome> {
  return whereTo(status, redirect, request.origin, takesItsHeaderAlong(integration) ? "leaks-custom-header" : "off-origin");
}

/** On 307 and 308 a client repeats the form (RFC 9110 sections 15.4.8 and 15.4.9); on the others it asks with GET, and without one. */
function answerAtLogin({ origin, grant, status, redirect, interference }: TokenResponseEvidence, { auth }: Integration): Answer<Outcome> {
  const isUntold = redirect === undefined && status >= 300 && status < 400;
  if (interference !== undefined || isUntold) {
    return { outcome: "unobserved", reason: interference ?? "evidence_missing", pointer: "/status", summary: `status ${status}` };
  }
  const isInForm = grant === "refresh_token" || auth.token?.clientAuth === "client_secret_post";
  const isRepeated = isInForm && (status === 307 || status === 308);
  return whereTo(status, redirect, origin, isRepeated ? "resends-login" : "off-origin");
}

function whereTo(
  status: number,
  redirect: RedirectFact | undefined,
  from: string,
  elsewhere: "leaks-custom-header" | "resends-login" | "off-origin",
): Answer<Outcome> {
  const at = { pointer: "/redirect", summary: `status ${status}` };
  if (redirect === undefined) return { outcome: "no-redirect", ...at, pointer: "/status" };
  const { origin, sameOrigin, toHttps, carries } = redirect;
  if (sameOrigin) return { outcome: carries === "token" ? "token-in-location" : "same-origin", ...at };
  // A Location that no client could follow either.
  if (origin === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  const said = {
    ...at,
    summary: `status ${status} to ${origin}`,
    data: { status, carried: carries === undefined ? "" : CARRIED[carries] },
  };
  if (!toHttps) return { outcome: "to-http", ...said };
  if (isSameDomain(origin, from)) return { outcome: "same-domain", ...said };
  return { outcome: elsewhere, ...said };
}

/** As itself, in a header that clients do not know to be secret: what signs one request is of no use elsewhere. */
function takesItsHeaderAlong(integration: Integration): boolean {
  const { scheme, name } = integration.auth;
  const isOwn = name === undefined ? scheme === "api-key" : !["authorization", "cookie"].includes(name.toLowerCase());
  const place = credentialLocation(integration) ?? "header";
  return place === "header" && isOwn && secretTransport(integration) === "as-itself";
}

function isSameDomain(...origins: readonly [string, string]): boolean {
  const [there, here] = origins.map((origin) => (URL.canParse(origin) ? registrableDomain(new URL(origin).hostname) : undefined));
  return there !== undefined && there === here;
}

const CARRIED = {
  token: " The URL that it leads to carries a token, which ends in logs.",
  signature: " The URL that it leads to is signed, as storage hosts have it: whoever has it may fetch what it names.",
} as const;
