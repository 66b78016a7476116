import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_ANSWERS, aboutAnswers, goneAnswer, withoutSentCredential } from "../../facts/authenticated-answers.ts";
import { credentialLocation } from "../../facts/credential.ts";
import { holdsData } from "../../facts/held-data.ts";
import { countedClasses } from "../../facts/looked-for.ts";
import { fieldValue } from "../../facts/responses.ts";
import { defineRule } from "../rule.ts";

export const authenticatedResponseCached = defineRule({
  meta: {
    id: "auth/authenticated-response-cached",
    revision: 4,
    title: "What our credential gets is kept by no shared cache",
    failureTitle: "A shared cache may keep what our credential gets",
    rationale:
      "A cache that keeps the answer to one client gives it to the next one who asks for the same URL, whatever credential that one has. Caches leave answers to requests with a credential alone, unless the answer itself says that they may be shared.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Ask the provider for private or no-store on answers that need a credential; until then send Cache-Control: no-cache, and keep shared caches of your own out of the way of this API.",
    },
    severity: "high",
    likelihood: 2,
    citations: [
      { id: "RFC 9111 3.5", url: "https://www.rfc-editor.org/rfc/rfc9111#section-3.5" },
      { id: "ASVS 5.0 14.2.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-524", "CWE-525"],
    owasp: ["API8:2023"],
    controls: ["ISO27001 A.8.12", "ISO27001 A.8.26", "NIST-CSF PR.DS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  // Before, nobody noted whether an answer came from a cache.
  since: { "http-response": 3 },
  outcomes: {
    "not-shared": { verdict: "pass", message: () => "Nothing lets a shared cache keep the answer, and it came from none." },
    "public-data": { verdict: "pass", message: () => "Nothing above public was seen in the answer or is declared for it." },
    unvaried: {
      verdict: "fail",
      message: ({ name }) =>
        `Shared caches may keep the answer, and nothing tells them that it differs by ${name}: they give it to whoever asks for the same URL with another credential.`,
    },
    "may-be-guessed": {
      verdict: "fail",
      severity: "medium",
      message: () =>
        "Nothing is said of caches, and the answer has a date of last change: shared caches may make up how long they keep it, because our credential is not in Authorization.",
    },
    "may-be-shared": {
      verdict: "fail",
      severity: "medium",
      message: ({ directive }) => `The answer says that shared caches may keep it (${directive}).`,
    },
    "came-from-cache": {
      verdict: "fail",
      severity: "medium",
      message: () => "The answer came out of a cache (Age above zero), although it is for our credential.",
    },
    "other-method": { verdict: "not-applicable", message: () => "Caches keep answers to GET and HEAD." },
    ...ABOUT_ANSWERS,
  },
  applies: withoutSentCredential,
  evaluate: (input, { asOf }) => aboutAnswers(input, (evidence, endpoint) => answerFor(evidence, endpoint, input.integration, asOf)),
  absent: goneAnswer,
});

type Outcome = "not-shared" | "public-data" | "unvaried" | "may-be-guessed" | "may-be-shared" | "came-from-cache" | "other-method";

function answerFor(evidence: HttpResponseEvidence, endpoint: Endpoint, integration: Integration, asOf: Instant): Answer<Outcome> {
  const { request, status, headers, fromCache, body } = evidence;
  const directives = (fieldValue(headers, "cache-control") ?? "").split(/[,;]\s*/);
  const at = { pointer: "/headers", summary: `Cache-Control: ${directives.join(", ")}` };
  if (request.method !== "GET" && request.method !== "HEAD") return { outcome: "other-method", ...at };
  // What an error or a redirect says of caches is not about data.
  if (status < 200 || status >= 300) {
    return { outcome: "unobserved", reason: evidence.interference ?? "unexpected_status", pointer: "/status", summary: `status ${status}` };
  }
  // What forbids wins, whatever else is said.
  const isKeptApart = directives.some((directive) => directive === "private" || directive === "no-store");
  const shared = isKeptApart ? undefined : directives.find((directive) => directive === "public" || /^s-maxage=0*[1-9]/.test(directive));
  const isForbidden = isKeptApart || (isInAuthorization(integration) && !directives.some(permits));
  if (shared === undefined && fromCache !== true && isForbidden && !wasKept(evidence, asOf)) return { outcome: "not-shared", ...at };
  const seen = countedClasses(body, integration).map((fact) => fact.class);
  if (!holdsData(seen, endpoint, integration)) return { outcome: "public-data", ...at };
  const loose = isKeptApart ? undefined : looseness(evidence, directives, integration);
  if (loose !== undefined) return { ...loose, ...at };
  // One miss does not tell that the next one will be a miss as well.
  if (shared === undefined && fromCache !== true) return { outcome: "unobserved", reason: "evidence_ambiguous", ...at };
  return shared === undefined
    ? { outcome: "came-from-cache", confidence: 0.7, ...at, pointer: "/fromCache" }
    : { outcome: "may-be-shared", data: { directive: shared }, ...at };
}

/** Whatever forbade it did not stop a cache a while ago, and forbids it in the same words today. */
function wasKept({ cachedBefore, headers }: HttpResponseEvidence, asOf: Instant): boolean {
  if (cachedBefore === undefined || asOf - cachedBefore.at >= FORGOTTEN_AFTER) return false;
  return cachedBefore.control === (fieldValue(headers, "cache-control") ?? "");
}

/**
 * Of a credential in a field that caches know nothing of: an answer that says how long it is fresh is kept by its URL and by what Vary names
 * (RFC 9111 section 4.1), and one that says nothing for as long as a cache makes up (section 4.2.2). A key in the URL is part of what it is kept by.
 */
function looseness(
  { headers, head }: HttpResponseEvidence,
  directives: readonly string[],
  integration: Integration,
): Pick<Answer<"unvaried" | "may-be-guessed">, "outcome" | "data"> | undefined {
  const name = isInAuthorization(integration) ? undefined : fieldOfCredential(integration);
  if (head === undefined || name === undefined) return undefined;
  const isFresh = directives.some((directive) => directive === "public" || /^(?:s-maxage|max-age)=0*[1-9]/.test(directive));
  const varies = (fieldValue(headers, "vary") ?? "").toLowerCase().split(/[,;]\s*/);
  if (isFresh || (head.cache.expires === "ahead" && !directives.includes("no-cache"))) {
    return varies.some((field) => field === "*" || field === name) ? undefined : { outcome: "unvaried", data: { name } };
  }
  const isSilent = directives.every((directive) => directive === "") && head.cache.expires === "none";
  return isSilent && head.cache.lastModified ? { outcome: "may-be-guessed" } : undefined;
}

/** In lower case; undefined where it is in no field of its own. */
function fieldOfCredential(integration: Integration): string | undefined {
  const place = credentialLocation(integration);
  if (place === "cookie") return "cookie";
  return place === "header" ? integration.auth.name?.toLowerCase() : undefined;
}

/** Shared caches leave answers to requests with an Authorization field alone, and know of no other credential (RFC 9111 section 3.5). */
function isInAuthorization(integration: Integration): boolean {
  return credentialLocation(integration) === "header" && (integration.auth.name ?? "authorization").toLowerCase() === "authorization";
}

function permits(directive: string): boolean {
  return directive === "public" || directive === "must-revalidate" || directive.startsWith("s-maxage");
}

/** So long without a hit, a cache that is asked every night has nothing of ours any more. */
const FORGOTTEN_AFTER = 30 * DAY;
