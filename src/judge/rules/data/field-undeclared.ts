import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Endpoint, Integration } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { fewerFields, howFieldsAreAsked } from "../../facts/asking-for-less.ts";
import { ABOUT_BODIES, listed, overBodies } from "../../facts/bodies.ts";
import { absentDeclared, askedAlone, whereDeclared } from "../../facts/declared-endpoints.ts";
import { declaredFields } from "../../facts/declared-fields.ts";
import { excessOf } from "../../facts/need.ts";
import { defineRule } from "../rule.ts";

export const fieldUndeclared = defineRule({
  meta: {
    id: "data/field-undeclared",
    revision: 1,
    title: "The endpoint sends no more fields than were declared",
    failureTitle: "The endpoint sends fields that were not declared",
    rationale:
      "What nobody reads is stored, logged and parsed all the same. A field that is harmless today is the place where something else may stand tomorrow, and nobody looks at it, because nobody ever needed it.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Ask for the fields that you need where the API has a parameter for it (fields, $select, include), and drop the rest where the answer enters your code. Declare what you do need under expect.fields.",
    },
    severity: "low",
    likelihood: 2,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "GDPR 5(1)(c)", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
    ],
    cwe: ["CWE-213"],
    owasp: ["API3:2023"],
    controls: ["ISO27001 A.5.34", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    "as-declared": { verdict: "pass", message: () => "Nothing else is filled." },
    "mostly-undeclared": { verdict: "fail", advice: fewerFields, message: sent },
    "partly-undeclared": { verdict: "fail", severity: "info", usual: true, advice: fewerFields, message: sent },
    "nothing-declared": { verdict: "not-applicable", message: () => "Nobody said which fields are needed." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => whereDeclared(integration, DECLARED),
  evaluate: (input) =>
    overBodies(askedAlone(input, DECLARED), "as-declared", (evidence, endpoint) => answerFor(evidence, endpoint, input.integration)),
  absent: (subject, { integration }) => absentDeclared(subject, integration, DECLARED),
});

const DECLARED = { isAsked: (endpoint: Endpoint) => declaredFields(endpoint) !== undefined, unsaid: "nothing-declared" } as const;

function answerFor(
  { body }: HttpResponseEvidence,
  endpoint: Endpoint,
  integration: Integration,
): Answer<"mostly-undeclared" | "partly-undeclared"> | undefined {
  const declared = declaredFields(endpoint);
  if (declared === undefined) return undefined;
  const { undeclared, undeclaredEmpty, ...shares } = excessOf(body, declared, integration);
  if (undeclared.length === 0) return undefined;
  const { fieldExcess, byteExcess, sensitiveExcess } = shares;
  const data = {
    endpoint: endpoint.id,
    fields: undeclared.length,
    paths: undeclared.slice(0, MOST_KEPT),
    empty: undeclaredEmpty.length,
    fieldExcess,
    ...(byteExcess !== undefined && { byteExcess }),
    sensitiveExcess,
    ...howFieldsAreAsked(endpoint, body),
  };
  const outcome = fieldExcess > HALF ? "mostly-undeclared" : "partly-undeclared";
  return { outcome, data, pointer: "/body/shape", summary: `${undeclared.length} undeclared` };
}

function sent({ endpoint, fields, paths, fieldExcess }: Readonly<Record<string, unknown>>): string {
  const named = listed(Array.isArray(paths) ? paths : []);
  return `The endpoint ${endpoint} fills ${fields} fields that nobody declared, ${Math.round(Number(fieldExcess) * 100)} % of all: ${named}.`;
}

const HALF = 0.5;
const MOST_KEPT = 50;
