import type { HttpResponseEvidence } from "../../../evidence/kinds.ts";
import type { Endpoint } from "../../../model/integration.ts";
import type { Answer } from "../../facts/aggregate.ts";
import { fewerRecords, heededRecords, howRecordsAreAsked } from "../../facts/asking-for-less.ts";
import { ABOUT_BODIES, overBodies } from "../../facts/bodies.ts";
import { absentDeclared, askedAlone, whereDeclared } from "../../facts/declared-endpoints.ts";
import { requestedRecords } from "../../facts/page-size.ts";
import { defineRule } from "../rule.ts";

export const recordExcess = defineRule({
  meta: {
    id: "data/record-excess",
    revision: 1,
    title: "The endpoint sends no more records than were asked for",
    failureTitle: "The endpoint sends more records than were asked for",
    rationale:
      "Whoever asks for ten records and gets a thousand holds the data of people that he has no business with, and pays for storing and protecting it. It also shows that the limits of the API are not what they are said to be.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "Check how the API wants its pages to be asked for, ask for fewer records or with a filter, and drop what is beyond. If so many are needed, say so in expect.maxRecords.",
    },
    severity: "medium",
    likelihood: 2,
    citations: [
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
      { id: "GDPR 5(1)(c)", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
    ],
    cwe: ["CWE-213", "CWE-770"],
    owasp: ["API3:2023", "API4:2023"],
    controls: ["ISO27001 A.5.34", "NIST-CSF ID.AM-07"],
    confirm: 1,
  },
  needs: ["http-response"],
  outcomes: {
    within: { verdict: "pass", message: () => "There are no more records than were asked for." },
    "over-declared": {
      verdict: "fail",
      advice: fewerRecords,
      message: ({ endpoint, records, most }) => `The endpoint ${endpoint} sends ${records} records; ${most} are declared to be enough.`,
    },
    "over-requested": {
      verdict: "fail",
      advice: heededRecords,
      severity: "low",
      usual: true,
      message: ({ endpoint, records, most }) => `The endpoint ${endpoint} sends ${records} records; ${most} were asked for.`,
    },
    "no-bound": { verdict: "not-applicable", message: () => "Neither the request nor the inventory says how many records are enough." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => whereDeclared(integration, BOUNDED),
  evaluate: (input) => overBodies(askedAlone(input, BOUNDED), "within", answerFor),
  absent: (subject, { integration }) => absentDeclared(subject, integration, BOUNDED),
});

const BOUNDED = {
  isAsked: ({ path, expect }: Endpoint) => expect.maxRecords !== undefined || requestedRecords(path) !== undefined,
  unsaid: "no-bound",
} as const;

function answerFor({ body }: HttpResponseEvidence, endpoint: Endpoint): Answer<"over-declared" | "over-requested"> | undefined {
  const { id, path, expect } = endpoint;
  const { records = 0 } = body;
  const shown = { pointer: "/body/records", summary: `${records} records` };
  const data = (most: number) => ({ endpoint: id, records, most, ...howRecordsAreAsked(endpoint, body) });
  if (expect.maxRecords !== undefined) {
    return records > expect.maxRecords ? { outcome: "over-declared", data: data(expect.maxRecords), ...shown } : undefined;
  }
  const asked = requestedRecords(path);
  // Of page 0, and of a limit of 0, every API has its own opinion.
  return asked !== undefined && asked > 0 && records > asked ? { outcome: "over-requested", data: data(asked), ...shown } : undefined;
}
