import type { HttpPlaintextEvidence, RedirectFact } from "../../../evidence/kinds.ts";
import type { Observation } from "../../../evidence/observation.ts";
import type { AuthScheme, Integration } from "../../../model/integration.ts";
import { type Answer, answerEach, atOrigin, evidenceOf, plain } from "../../facts/aggregate.ts";
import { secretTransport } from "../../facts/credential.ts";
import { answerReason, fieldValue } from "../../facts/responses.ts";
import { declaredOrigins, subjectAt } from "../../facts/subjects.ts";
import { defineRule, type ResultEvidence, type RuleResult } from "../rule.ts";

export const credentialOverHttp = defineRule({
  meta: {
    id: "auth/credential-over-http",
    revision: 3,
    title: "Credentials travel over TLS only",
    failureTitle: "Credentials may travel without encryption",
    rationale:
      "Whoever sees one request over http has the credential, and can use it from anywhere until somebody rotates it. Where the API merely answers over http as well, one wrong letter in a client's configuration is enough.",
    remediation: {
      verb: "move",
      alone: true,
      effort: "low",
      text: "Change the URL to https in every client and in the inventory, then rotate the credential: it has to be taken for known.",
    },
    severity: "critical",
    likelihood: 4,
    citations: [
      { id: "RFC 6750 5.2", url: "https://www.rfc-editor.org/rfc/rfc6750#section-5.2" },
      { id: "RFC 9110 17.1", url: "https://www.rfc-editor.org/rfc/rfc9110#section-17.1" },
      { id: "ASVS 5.0 4.1.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-319", "CWE-523"],
    owasp: ["API2:2023", "API8:2023", "API10:2023"],
    controls: ["PCI-DSS 4.2.1", "ISO27001 A.5.14", "ISO27001 A.8.24", "NIST-CSF PR.DS-02"],
    confirm: 1,
    aliases: ["auth/http-port-open"],
  },
  needs: ["http-plaintext"],
  // What the API answers at the same path over TLS.
  sees: ["http-response"],
  outcomes: {
    "https-declared": { verdict: "pass", message: () => "The URL is https." },
    "http-declared": {
      verdict: "fail",
      message: () => "The declared URL is http: our clients send the credential readable for everybody on the way.",
    },
    "http-declared-with-proof": {
      verdict: "fail",
      severity: "high",
      message: () =>
        "The declared URL is http: the secret itself is not sent, but requests and answers can be read and changed on the way.",
    },
    "plaintext-closed": { verdict: "pass", message: () => "Nothing is served over http." },
    "plaintext-redirects": {
      verdict: "fail",
      severity: "low",
      message: () =>
        "Over http there is a redirect to https: a client with a wrong URL works, and sends its credential in the clear on every call before it is redirected.",
    },
    "plaintext-redirects-key": {
      verdict: "fail",
      severity: "medium",
      message: () =>
        "Over http there is a redirect to https: a client with a wrong URL works, and sends its key in the clear on every call until somebody rotates it.",
    },
    "plaintext-redirects-away": {
      verdict: "fail",
      severity: "medium",
      message: () => "Over http there is a redirect to another host or to http: whoever changes it on the way chooses where clients go.",
    },
    "plaintext-page": { verdict: "pass", message: () => "Over http there is a page for people, and not the API." },
    "plaintext-refuses": { verdict: "pass", message: () => "Requests over http are refused." },
    "plaintext-serves": {
      verdict: "fail",
      severity: "high",
      message: ({ status }) =>
        `The API serves a declared path over http as it does over TLS (status ${status}): requests, answers and a credential that goes along can be read and changed on the way.`,
    },
    "plaintext-asks": {
      verdict: "fail",
      severity: "high",
      message: () => "Over http the API asks for the credential, and whoever sends it sends it in the clear.",
    },
    "plaintext-answers": {
      verdict: "fail",
      severity: "low",
      message: ({ status }) =>
        `The API answers over http as well (status ${status}): a client with a wrong URL sends its credential in the clear.`,
    },
    "no-credential": { verdict: "not-applicable", message: () => "No credential is declared." },
    "not-declared": { verdict: "not-applicable", message: () => "This URL is not declared any more." },
  },
  applies: ({ integration }) => (["as-itself", "as-proof"].includes(secretTransport(integration) ?? "none") ? undefined : "no-credential"),
  evaluate: ({ integration, observations }) => [
    ...declaredOrigins(integration).map((origin) => declared(subjectAt("", origin, integration), origin, integration)),
    ...(integration.auth.token === undefined ? [] : [declared("token-url", integration.auth.token.url, integration)]),
    ...twin(integration, observations["http-plaintext"], observations["http-response"]),
  ],
  // Every URL that is declared is listed, whatever was seen of it.
  absent: (subject) => ({ outcome: "not-declared", subject }),
});

type Outcome =
  | "https-declared"
  | "http-declared"
  | "http-declared-with-proof"
  | "plaintext-closed"
  | "plaintext-redirects"
  | "plaintext-redirects-key"
  | "plaintext-redirects-away"
  | "plaintext-page"
  | "plaintext-asks"
  | "plaintext-refuses"
  | "plaintext-serves"
  | "plaintext-answers";

function declared(subject: string, url: string, integration: Integration): RuleResult<Outcome> {
  if (!url.toLowerCase().startsWith("http:")) return { outcome: "https-declared", subject };
  return { outcome: secretTransport(integration) === "as-proof" ? "http-declared-with-proof" : "http-declared", subject };
}

/** The twin of an https base URL; an http one was judged by its declaration. */
function twin(
  integration: Integration,
  observations: readonly Observation<"http-plaintext">[],
  responses: readonly Observation<"http-response">[],
): readonly RuleResult<Outcome>[] {
  const [origin = ""] = declaredOrigins(integration);
  if (!origin.startsWith("https:")) return [];
  const asked = atOrigin(observations, origin);
  const refused = asked.filter((observation) => observation.outcome === "refused");
  return [
    ...(asked.length > 0 && refused.length === asked.length
      ? []
      : answerEach(
          "plaintext",
          asked.filter((one) => !refused.includes(one)),
          (evidence) => answer(evidence, responses, integration),
        )),
    ...refused.map((observation) => ({
      outcome: "plaintext-closed" as const,
      subject: "plaintext",
      evidence: [{ observation: plain(observation), pointer: "", summary: "refused" }],
    })),
  ];
}

/** One GET, of "/" unless a path is declared that the API answers: a success, or a demand for credentials, is the API speaking; a 404 may be anybody, a challenge page is somebody else. */
function answer(
  evidence: HttpPlaintextEvidence,
  responses: readonly Observation<"http-response">[],
  integration: Integration,
): Answer<Outcome> {
  const { state, status, redirect, interference } = evidence;
  if (state === "closed") return { outcome: "plaintext-closed", pointer: "/state", summary: "closed" };
  if (status === undefined) return { outcome: "unobserved", reason: "evidence_ambiguous", pointer: "/state", summary: "no status" };
  const shown = { data: { status }, pointer: "/status", summary: `status ${status}` };
  if (interference !== undefined) return { outcome: "unobserved", reason: interference, ...shown };
  if (redirect !== undefined) return { outcome: whereTo(evidence, redirect, integration), confidence: 0.9, ...shown, pointer: "/redirect" };
  if (REFUSALS.includes(status)) return { outcome: "plaintext-refuses", ...shown };
  if (status >= 500) return { outcome: "unobserved", reason: "server_error", ...shown };
  if (status === 429) return { outcome: "unobserved", reason: "rate_limited", ...shown };
  if (!isTheApi(status)) return { outcome: "unobserved", reason: "evidence_ambiguous", ...shown };
  const type = fieldValue(evidence.headers, "content-type") ?? "";
  if (status === 401) {
    const asks = fieldValue(evidence.headers, "www-authenticate") !== undefined || /json/.test(type);
    return asks ? { outcome: "plaintext-asks", confidence: 0.9, ...shown } : { outcome: "plaintext-answers", confidence: 0.6, ...shown };
  }
  if (/html/.test(type)) return { outcome: "plaintext-page", confidence: 0.8, ...shown };
  const alike = status < 300 ? sameOverTls(evidence, responses) : undefined;
  if (alike !== undefined) return { outcome: "plaintext-serves", confidence: 0.9, beside: [alike], ...shown };
  return { outcome: "plaintext-answers", confidence: 0.8, ...shown };
}

/** To the same host with TLS, at whatever port that has. */
function whereTo({ origin: here }: HttpPlaintextEvidence, { origin: there, toHttps }: RedirectFact, { auth }: Integration): Outcome {
  if (there === undefined || !URL.canParse(there)) return "plaintext-answers";
  if (!toHttps || new URL(there).hostname !== new URL(here).hostname) return "plaintext-redirects-away";
  return auth.scheme === undefined || LASTING.includes(auth.scheme) ? "plaintext-redirects-key" : "plaintext-redirects";
}

/** The answer over TLS, where the path is declared and both have one media type that is no page for people: the API speaks, not the web site beside it. */
function sameOverTls(
  { endpoint, headers }: HttpPlaintextEvidence,
  responses: readonly Observation<"http-response">[],
): ResultEvidence | undefined {
  const observation = endpoint === undefined ? undefined : responses.find(({ key }) => key.endpoint === endpoint);
  const secure = observation === undefined ? undefined : evidenceOf(observation);
  if (observation === undefined || secure === undefined || answerReason(secure) !== undefined) return undefined;
  const [here, there] = [headers, secure.headers].map((fields) => fieldValue(fields, "content-type")?.split(";")[0]);
  const isAlike = here !== undefined && here !== "" && here === there && !/html/.test(here);
  return isAlike ? { observation: plain(observation), pointer: "/headers", summary: `${here} over TLS` } : undefined;
}

/** They let in whoever has them, until somebody takes them back. */
const LASTING: readonly AuthScheme[] = ["api-key", "basic"];

function isTheApi(status: number): boolean {
  return (status >= 200 && status < 400) || status === 401;
}

/** Bad Request (nginx for plain HTTP on a TLS port), Forbidden, Gone, Misdirected, Upgrade Required. */
const REFUSALS: readonly number[] = [400, 403, 410, 421, 426];
