import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import { isFilled, leavesOf } from "../../../evidence/response-history.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_BODIES, listed, overBodies } from "../../facts/bodies.ts";
import { absentDeclared, askedAlone, whereDeclared } from "../../facts/declared-endpoints.ts";
import { describedFields, isDeclaredPath } from "../../facts/declared-fields.ts";
import { defineRule } from "../rule.ts";

export const undocumentedField = defineRule({
  meta: {
    id: "data/undocumented-field",
    revision: 1,
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
  needs: ["http-response"],
  outcomes: {
    "as-described": { verdict: "pass", message: () => "Everything that is filled is described." },
    undocumented: {
      verdict: "fail",
      message: ({ endpoint, fields, paths }) =>
        `The endpoint ${endpoint} fills ${fields} fields that the provider's description does not name: ${listed(Array.isArray(paths) ? paths : [])}.`,
    },
    "not-described": { verdict: "not-applicable", message: () => "No description says what the endpoint answers." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => whereDeclared(integration, questionOf(integration)),
  evaluate: (input) => overBodies(askedAlone(input, questionOf(input.integration)), "as-described", answerFor),
  absent: (subject, { integration }) => absentDeclared(subject, integration, questionOf(integration)),
});

/** Where a description is named and none could be read, the question stays open. */
function questionOf({ openapi }: Integration) {
  const isAsked = ({ described }: Endpoint) => (described === undefined ? openapi !== undefined : described.state === "described");
  return { isAsked, unsaid: "not-described" } as const;
}

function answerFor({ body }: HttpResponseEvidence, endpoint: Endpoint): Answer<"undocumented"> | undefined {
  const described = describedFields(endpoint);
  const at = { pointer: "/body/shape", summary: `${body.shape.length} paths` };
  if (described === undefined) return { outcome: "unobserved", reason: "evidence_missing", ...at };
  const others = leavesOf(body.shape).filter((leaf) => isFilled(leaf) && !described.covers(leaf.path));
  // What the consumer needs is needed, described or not; data/field-undeclared says the rest.
  const paths = others.map(({ path }) => path).filter((path) => !isDeclaredPath(path, endpoint));
  if (paths.length === 0) return undefined;
  return { outcome: "undocumented", data: { endpoint: endpoint.id, fields: paths.length, paths: paths.slice(0, MOST_KEPT) }, ...at };
}

const MOST_KEPT = 50;
