import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { type Answer, answerEach } from "../../facts/aggregate.ts";
import { answerReason, fieldValue, foreignReason } from "../../facts/responses.ts";
import { absentEndpoint, endpointSubject } from "../../facts/subjects.ts";
import { defineRule } from "../rule.ts";

export const mediaType = defineRule({
  meta: {
    id: "header/media-type",
    revision: 1,
    title: "The answer is what its media type says",
    failureTitle: "The answer is not what its media type says",
    rationale:
      "A parser that has to guess can be made to guess wrong: JSON that is called HTML runs in a browser that opens it, and a page that comes with a success where data was asked for ends in a client's parser, or in its data.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Let your client refuse answers whose media type is not the one that it asked for; ask the provider for application/json.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "RFC 9110 8.3", url: "https://www.rfc-editor.org/rfc/rfc9110#section-8.3" },
      { id: "ASVS 5.0 4.1.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" },
    ],
    cwe: ["CWE-436", "CWE-345"],
    owasp: ["API8:2023", "API10:2023"],
    controls: ["ISO27001 A.8.26", "NIST-CSF PR.PS-01"],
    confirm: 1,
  },
  needs: ["http-response"],
  // Before, a page in the place of an answer was not told from one.
  since: { "http-response": 4 },
  outcomes: {
    fits: { verdict: "pass", message: () => "The media type fits." },
    "no-content": { verdict: "pass", message: () => "There was no content to name." },
    unnamed: { verdict: "fail", message: () => "The answer has content and no Content-Type." },
    "json-as-page": { verdict: "fail", message: ({ type }) => `JSON comes as ${type}.` },
    "json-as-text": { verdict: "fail", severity: "low", message: ({ type }) => `JSON comes as ${type}.` },
    "page-in-success": {
      verdict: "fail",
      message: ({ status }) => `A page for people came with status ${status}: a login, a notice, or somebody in front of the API.`,
    },
    "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: ({ integration, observations }) =>
    integration.endpoints.flatMap(({ id }) =>
      answerEach(
        endpointSubject(id),
        observations["http-response"].filter(({ key }) => key.endpoint === id),
        answerFor,
      ),
    ),
  absent: (subject, { integration }) => absentEndpoint(subject, integration, "no-endpoint"),
});

type Outcome = "fits" | "no-content" | "unnamed" | "json-as-page" | "json-as-text" | "page-in-success";

function answerFor(evidence: HttpResponseEvidence): Answer<Outcome> {
  const { status, headers, body, interference } = evidence;
  const [type = ""] = (fieldValue(headers, "content-type") ?? "").split(";");
  const at = { pointer: "/headers", summary: type === "" ? "no Content-Type" : type };
  if (interference === "not_the_api") return { outcome: "page-in-success", confidence: 0.9, data: { status }, ...at };
  const foreign = foreignReason(evidence);
  if (foreign !== undefined) return { outcome: "unobserved", reason: foreign, pointer: "/interference", summary: foreign };
  const isStructured = (body.format === "json" || body.format === "ndjson") && body.shape.length > 1;
  if (body.state !== "empty" && body.state !== "not-read" && type === "") return { outcome: "unnamed", ...at };
  if (isStructured && PAGES.test(type)) return { outcome: "json-as-page", data: { type }, ...at };
  if (isStructured && type === "text/plain") return { outcome: "json-as-text", data: { type }, ...at };
  const reason = answerReason(evidence);
  if (reason !== undefined) return { outcome: "unobserved", reason, pointer: "/status", summary: `status ${status}` };
  if (body.state === "empty") return { outcome: "no-content", pointer: "/body/state", summary: "empty" };
  if (body.state === "not-read") return { outcome: "unobserved", reason: "evidence_missing", pointer: "/body/state", summary: "not read" };
  return { outcome: "fits", ...at };
}

/** What a browser runs. */
const PAGES = /^(?:text\/html|application\/xhtml\+xml|(?:text|application)\/(?:x-)?javascript)$/;
