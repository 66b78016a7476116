import type { ApiDescriptionEvidence, HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { isFilled, leavesOf } from "../../../evidence/response-history.ts";
import type { Endpoint } from "../../../model/integration.ts";
import { type Answer, evidenceOf, plain } from "../../facts/aggregate.ts";
import { fewerFields, howFieldsAreAsked } from "../../facts/asking-for-less.ts";
import { ABOUT_BODIES, listed, overBodies } from "../../facts/bodies.ts";
import { absentDeclared, askedAlone, whereDeclared } from "../../facts/declared-endpoints.ts";
import { isDeclaredPath, pathsOf } from "../../facts/declared-fields.ts";
import { defineRule, type ResultEvidence, type RuleInput } from "../rule.ts";

export const undocumentedField = defineRule({
  meta: {
    id: "data/undocumented-field",
    revision: 2,
    title: "The endpoint sends what its description names",
    failureTitle: "The endpoint sends fields that its description does not name",
    rationale:
      "What is described was decided by somebody; what is not may have slipped out of a table, and may be gone tomorrow without notice. Internal names, notes and identifiers of others leak that way.",
    remediation: {
      verb: "ask",
      alone: true,
      effort: "low",
      text: "Build nothing on these fields and do not store them. Tell the provider; where the description on this machine is old, put the newer one in its place.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "OpenAPI 3.1 4.8.24", url: "https://spec.openapis.org/oas/v3.1.0.html#schema-object" },
    ],
    cwe: ["CWE-213", "CWE-1059"],
    owasp: ["API3:2023", "API9:2023"],
    controls: ["ISO27001 A.5.22", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response", "api-description"],
  outcomes: {
    "as-described": { verdict: "pass", message: () => "Everything that is filled is described." },
    undocumented: {
      verdict: "fail",
      advice: fewerFields,
      message: ({ endpoint, fields, paths }) =>
        `The endpoint ${endpoint} fills ${fields} fields that the provider's description does not name: ${listed(Array.isArray(paths) ? paths : [])}.`,
    },
    "not-described": { verdict: "not-applicable", message: () => "No description says what the endpoint answers." },
    ...ABOUT_BODIES,
  },
  applies: (input) => whereDeclared(input.integration, questionOf(input)),
  evaluate: (input) =>
    overBodies(
      askedAlone(input, questionOf(input)),
      "as-described",
      (evidence, endpoint) => answerFor(evidence, endpoint, descriptionOf(endpoint, input)),
      (endpoint) => besideOf(endpoint, input),
    ),
  absent: (subject, input) => absentDeclared(subject, input.integration, questionOf(input)),
});

type Input = RuleInput<"http-response" | "api-description">;

/** Where a description is named and could not be read, the question stays open. */
function questionOf(input: Input) {
  const isAsked = (endpoint: Endpoint) =>
    input.integration.openapi !== undefined && descriptionOf(endpoint, input)?.state !== "not-described";
  return { isAsked, unsaid: "not-described" } as const;
}

function answerFor(
  { body }: HttpResponseEvidence,
  endpoint: Endpoint,
  description: ApiDescriptionEvidence | undefined,
): Answer<"undocumented"> | undefined {
  const at = { pointer: "/body/shape", summary: `${body.shape.length} paths` };
  if (description === undefined) return { outcome: "unobserved", reason: "evidence_missing", ...at };
  if (description.state === "unavailable") return { outcome: "unobserved", reason: "description_unavailable", ...at };
  const [described, unread] = [pathsOf(description.paths), pathsOf(description.unread)];
  const others = leavesOf(body.shape).filter((leaf) => isFilled(leaf) && !described.covers(leaf.path));
  // What the consumer needs is needed, described or not; data/field-undeclared says the rest.
  const unknown = others.map(({ path }) => path).filter((path) => !isDeclaredPath(path, endpoint));
  const paths = unknown.filter((path) => !unread.covers(path));
  if (paths.length > 0) {
    const data = { endpoint: endpoint.id, fields: paths.length, paths: paths.slice(0, MOST_KEPT), ...howFieldsAreAsked(endpoint, body) };
    return { outcome: "undocumented", data, ...at };
  }
  return unknown.length === 0 ? undefined : { outcome: "unobserved", reason: "description_unavailable", ...at };
}

function descriptionOf({ id }: Endpoint, { observations }: Input): ApiDescriptionEvidence | undefined {
  const description = observations["api-description"].find(({ key }) => key.endpoint === id);
  return description === undefined ? undefined : evidenceOf(description);
}

function besideOf({ id }: Endpoint, { observations }: Input): readonly ResultEvidence[] {
  return observations["api-description"].flatMap((observation) => {
    const evidence = evidenceOf(observation);
    if (observation.key.endpoint !== id || evidence === undefined) return [];
    const { file, problem, paths } = evidence;
    const shown =
      problem === undefined
        ? { pointer: "/paths", summary: `${file}: ${paths.length} paths` }
        : { pointer: "/problem", summary: `${file}: ${problem}` };
    return [{ observation: plain(observation), ...shown }];
  });
}

const MOST_KEPT = 50;
