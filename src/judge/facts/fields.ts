import type { ClassFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { RuleResult } from "../rules/rule.ts";
import { answerEach, evidenceOf, plain, unseenResult } from "./aggregate.ts";
import { bodyReason, foreignReason, holdsNoRecord, showsNothing } from "./responses.ts";
import { absentEndpoint, endpointOfSubject, endpointSubject, fieldSubject } from "./subjects.ts";

/** What a rule says of one classified field; undefined where it has nothing to say. */
export type FieldJudge<O extends string> = (fact: ClassFact, endpoint: Endpoint) => O | undefined;

interface FieldQuestion<O extends string> {
  readonly integration: Integration;
  readonly observations: readonly Observation<"http-response">[];
  /** Outcome of an endpoint of which there is nothing to say. */
  readonly clean: O;
  readonly judge: FieldJudge<O>;
}

/**
 * One result for every field that the judge speaks of, and one for each endpoint: unobserved where its body was not seen, or
 * not whole, and `clean` where it was and there is nothing to say. What was seen of a cut body counts.
 *
 * An answer without a record shows nothing of what the endpoint sends: it is ambiguous and not clean, or the first record would look
 * like something that got worse. That costs coverage one answer for each endpoint and rule, never one for each field; an endpoint that
 * is empty by nature costs none, once it is declared to be (HEAD, `expect.status: 204`, `expect.maxRecords: 0`).
 */
export function overFields<O extends string>(question: FieldQuestion<O>): readonly RuleResult<O>[] {
  return question.integration.endpoints.flatMap((endpoint) => {
    const answers = answersOf(endpoint, question);
    const fields = answers.flatMap((observation) => fieldResults(observation, endpoint, question)).slice(0, MAX_FIELDS);
    const places = answerEach(endpointSubject(endpoint.id), answers, (evidence) => {
      const reason = bodyReason(evidence) ?? (showsNothing(evidence.body) ? emptyReason(endpoint) : undefined);
      const shown = { pointer: "/body", summary: reason ?? evidence.body.state };
      return reason === undefined ? { outcome: question.clean, ...shown } : { outcome: "unobserved", reason, ...shown };
    });
    return [...fields, ...places.filter(({ outcome }) => outcome === "unobserved" || fields.length === 0)];
  });
}

/** A field that was sent before is gone if the endpoint's body was seen whole, with a record in it, and without the field. */
export function absentField<O extends string>(subject: string, gone: O, question: FieldQuestion<O>): RuleResult<O> {
  const id = endpointOfSubject(subject, question.integration);
  const endpoint = question.integration.endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) return absentEndpoint(subject, question.integration, gone);
  const [observation] = answersOf(endpoint, question);
  if (observation === undefined) return { outcome: "unobserved", subject, reason: "not_requested" };
  const evidence = evidenceOf(observation);
  if (evidence === undefined) return unseenResult(subject, observation);
  const listed = fieldResults(observation, endpoint, question).find((result) => result.subject === subject);
  if (listed !== undefined) return listed;
  const references = [{ observation: plain(observation), pointer: "/body", summary: "not in the answer" }];
  const reason = bodyReason(evidence) ?? (holdsNoRecord(evidence.body) ? emptyReason(endpoint) : undefined);
  return reason === undefined
    ? { outcome: question.clean, subject, evidence: references }
    : { outcome: "unobserved", subject, reason, evidence: references };
}

/** Undefined where an answer without a record is all that there is to see. */
function emptyReason({ method, expect }: Endpoint): UnobservedReason | undefined {
  const isEmptyByNature = method === "HEAD" || expect.status === 204 || expect.maxRecords === 0;
  return isEmptyByNature ? undefined : "evidence_ambiguous";
}

function answersOf<O extends string>({ id }: Endpoint, { observations }: FieldQuestion<O>): readonly Observation<"http-response">[] {
  return observations.filter(({ key }) => key.endpoint === id);
}

function fieldResults<O extends string>(
  observation: Observation<"http-response">,
  endpoint: Endpoint,
  { judge }: FieldQuestion<O>,
): readonly RuleResult<O>[] {
  return classesOf(evidenceOf(observation)).flatMap(({ fact, index }) => {
    const outcome = judge(fact, endpoint);
    if (outcome === undefined) return [];
    const { path, confidence, count, note } = fact;
    const data = { endpoint: endpoint.id, path, class: fact.class, count, ...(note === undefined ? {} : { note }) };
    const reference = { observation: plain(observation), pointer: `/body/classes/${index}`, summary: `${fact.class} at ${path}` };
    return [{ outcome, subject: fieldSubject(endpoint.id, path, fact.class), confidence, data, evidence: [reference] }];
  });
}

/** Nothing of an answer that is not the API's; else what was seen, surest first. */
function classesOf(evidence: HttpResponseEvidence | undefined): readonly { readonly fact: ClassFact; readonly index: number }[] {
  if (evidence === undefined || foreignReason(evidence) !== undefined) return [];
  return evidence.body.classes.map((fact, index) => ({ fact, index })).sort((a, b) => b.fact.confidence - a.fact.confidence);
}

/** Most fields that one endpoint is reported with: a hostile body must not fill the report. */
const MAX_FIELDS = 100;
