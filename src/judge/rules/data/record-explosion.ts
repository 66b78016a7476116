import type { HttpResponseEvidence, ResponseBaseline } from "../../../evidence/kinds.ts";
import { ENOUGH_RUNS } from "../../../evidence/response-history.ts";
import type { Endpoint } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_BODIES, goneBody, overBodies } from "../../facts/bodies.ts";
import { besideOf, earlierAnswers } from "../../facts/earlier-answers.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const recordExplosion = defineRule({
  meta: {
    id: "data/record-explosion",
    revision: 1,
    title: "The endpoint sends about as much as it did",
    failureTitle: "The endpoint sends many times as much as it did",
    rationale:
      "The same request that brings a multiple of the records has lost its filter: by a default that changed, or because the provider no longer tells one customer's data from another's.",
    remediation: {
      verb: "compensate",
      alone: true,
      effort: "low",
      text: "Look whose records they are before they are stored. Bound the request (a page size, a date, an owner), and ask the provider what changed. If so many are expected, say so in expect.maxRecords.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "OWASP API1:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/" },
      { id: "OWASP API10:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xaa-unsafe-consumption-of-apis/" },
    ],
    cwe: ["CWE-213", "CWE-770"],
    owasp: ["API1:2023", "API10:2023"],
    controls: ["ISO27001 A.5.22", "NIST-CSF DE.CM-06"],
    confirm: 1,
  },
  needs: ["http-response", "response-history"],
  outcomes: {
    steady: { verdict: "pass", message: () => "There are no more records than usual by far." },
    "more-records": {
      verdict: "fail",
      message: ({ endpoint, count, usual }) => `The endpoint ${endpoint} sends ${count} records, where ${usual} were usual.`,
    },
    "more-persons": {
      verdict: "fail",
      message: ({ endpoint, count, usual }) => `The endpoint ${endpoint} sends data of ${count} persons, where ${usual} were usual.`,
    },
    "not-enough-seen": { verdict: "not-applicable", message: () => "Too few answers were seen to tell what is usual." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => (integration.endpoints.length === 0 ? "no-endpoint" : undefined),
  evaluate: (input) => overBodies(input, "steady", (evidence, endpoint) => answerFor(evidence, endpoint, input), besideOf(input)),
  absent: goneBody,
});

type Said = "more-records" | "more-persons" | "not-enough-seen";

function answerFor(
  evidence: HttpResponseEvidence,
  endpoint: Endpoint,
  { observations }: RuleInput<"http-response" | "response-history">,
): Answer<Said> | undefined {
  const { body } = evidence;
  const earlier = earlierAnswers(endpoint.id, evidence, observations["response-history"]);
  const counted =
    body.records === undefined
      ? { pointer: "/body", summary: "no list" }
      : { pointer: "/body/records", summary: `${body.records} records` };
  if (earlier.state === "unknown") return { outcome: "unobserved", reason: earlier.reason, ...counted };
  if (earlier.state === "first" || earlier.baseline.records.length < ENOUGH_RUNS) return { outcome: "not-enough-seen", ...counted };
  // How many are enough was said: data/record-excess holds them to it.
  if (endpoint.expect.maxRecords !== undefined) return undefined;
  const more = growthOf(body, earlier.baseline);
  return more === undefined ? undefined : { outcome: more.outcome, data: { endpoint: endpoint.id, ...more.data }, ...counted };
}

function growthOf({ records, subjects }: HttpResponseEvidence["body"], baseline: ResponseBaseline) {
  const questions = [
    { outcome: "more-records", count: records, before: baseline.records },
    { outcome: "more-persons", count: subjects, before: baseline.subjects },
  ] as const;
  for (const { outcome, count, before } of questions) {
    if (count === undefined || before.length < ENOUGH_RUNS) continue;
    const usual = medianOf(before);
    if (count > Math.max(TIMES * usual, usual + AT_LEAST)) return { outcome, data: { count, usual } };
  }
  return undefined;
}

/** Steady under an odd night. */
function medianOf(counts: readonly number[]): number {
  return counts.toSorted((one, other) => one - other)[Math.floor(counts.length / 2)] ?? 0;
}

const TIMES = 3;
const AT_LEAST = 100;
