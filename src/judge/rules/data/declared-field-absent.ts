import type { HttpResponseEvidence, ResponseHistoryEvidence } from "../../../evidence/kinds.ts";
import { comparable, ENOUGH_RUNS } from "../../../evidence/response-history.ts";
import type { Endpoint } from "../../../model/integration.ts";
import { type Answer, evidenceOf } from "../../facts/aggregate.ts";
import { ABOUT_BODIES, listed, overBodies } from "../../facts/bodies.ts";
import { absentDeclared, askedAlone, whereDeclared } from "../../facts/declared-endpoints.ts";
import { declaredFields } from "../../facts/declared-fields.ts";
import { besideOf } from "../../facts/earlier-answers.ts";
import { absentFrom } from "../../facts/need.ts";
import { holdsNoRecord } from "../../facts/responses.ts";
import { defineRule, type RuleInput } from "../rule.ts";

export const declaredFieldAbsent = defineRule({
  meta: {
    id: "data/declared-field-absent",
    revision: 1,
    title: "Every declared field comes",
    failureTitle: "A declared field never came",
    rationale:
      "A declaration that nothing answers to is mistyped or out of date. It hides what it was written for, and would let the field in unseen on the day that it comes.",
    remediation: {
      verb: "declare",
      alone: true,
      effort: "low",
      text: "Take the path out of expect.fields, or mend it: paths are written as reports write them. If your code reads the field, find out since when it does not come.",
    },
    severity: "info",
    likelihood: 1,
    citations: [
      { id: "GDPR 30", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj" },
      { id: "OWASP API3:2023", url: "https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/" },
    ],
    cwe: ["CWE-1059"],
    owasp: ["API9:2023"],
    controls: ["ISO27001 A.5.9", "NIST-CSF ID.AM-07"],
    confirm: 2,
  },
  needs: ["http-response"],
  sees: ["response-history"],
  outcomes: {
    "all-seen": { verdict: "pass", message: () => "Every declared field was seen." },
    "never-seen": {
      verdict: "fail",
      message: ({ endpoint, paths }) =>
        `The endpoint ${endpoint} never sent what is declared as ${listed(Array.isArray(paths) ? paths : [])}.`,
    },
    "not-enough-seen": { verdict: "not-applicable", message: () => "Too few answers were seen to say that a field never comes." },
    "nothing-declared": { verdict: "not-applicable", message: () => "Nobody said which fields are needed." },
    ...ABOUT_BODIES,
  },
  applies: ({ integration }) => whereDeclared(integration, DECLARED),
  evaluate: (input) =>
    overBodies(
      askedAlone(input, DECLARED),
      "all-seen",
      (evidence, endpoint) => answerFor(evidence, endpoint, historyOf(input, endpoint)),
      besideOf(input),
    ),
  absent: (subject, { integration }) => absentDeclared(subject, integration, DECLARED),
});

const DECLARED = {
  isAsked: ({ expect }: Endpoint) => expect.fields !== undefined && expect.fields.length > 0,
  unsaid: "nothing-declared",
} as const;

/** A cut body, or one without a record, shows nothing to be absent. */
function answerFor(
  evidence: HttpResponseEvidence,
  endpoint: Endpoint,
  history: ResponseHistoryEvidence | undefined,
): Answer<"never-seen" | "not-enough-seen"> | undefined {
  const { body } = evidence;
  const declared = declaredFields(endpoint);
  if (declared === undefined || body.state !== "classified" || holdsNoRecord(body)) return undefined;
  const absent = absentFrom(body, declared);
  if (absent.length === 0) return undefined;
  const baseline = comparable(history, evidence);
  if (baseline === undefined || baseline.runs < ENOUGH_RUNS) {
    return { outcome: "not-enough-seen", pointer: "/body/shape", summary: `${baseline?.runs ?? 0} answers before` };
  }
  const neverBefore = new Set(declared.missing(baseline.paths.map(({ path }) => ({ path, open: false }))));
  const paths = absent.filter((path) => neverBefore.has(path));
  if (paths.length === 0) return undefined;
  const data = { endpoint: endpoint.id, count: paths.length, paths: paths.slice(0, MOST_KEPT) };
  return { outcome: "never-seen", data, pointer: "/body/shape", summary: `${paths.length} never seen` };
}

function historyOf(
  { observations }: RuleInput<"http-response" | "response-history">,
  { id }: Endpoint,
): ResponseHistoryEvidence | undefined {
  const history = observations["response-history"].find(({ key }) => key.endpoint === id);
  return history === undefined ? undefined : evidenceOf(history);
}

const MOST_KEPT = 50;
