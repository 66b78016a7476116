import type { ClassFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { isDataClass } from "../../model/data-class.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence, RuleResult } from "../rules/rule.ts";
import { answerEach, evidenceOf, plain, unseenResult } from "./aggregate.ts";
import { countedClasses, doubtedClasses, isLookedFor, isWhollyLookedAt } from "./looked-for.ts";
import { bodyReason, foreignReason, holdsNoRecord, showsNothing } from "./responses.ts";
import { absentEndpoint, endpointOfSubject, endpointSubject, fieldSubject } from "./subjects.ts";

/** What a rule says of one place in a body. */
export interface SaidOfPlace<O extends string> {
  readonly outcome: O;
  readonly path: string;
  /** What was found there: the last word of the subject. */
  readonly word: string;
  readonly confidence?: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  readonly summary: string;
}

interface Question<O extends string> {
  readonly integration: Integration;
  readonly observations: readonly Observation<"http-response">[];
  /** Outcome of an endpoint of which there is nothing to say. */
  readonly clean: O;
  /** Why nothing can be said of an endpoint that was seen: what its answer would have to be held against is not there. */
  readonly groundless?: (endpoint: Endpoint, answer: HttpResponseEvidence) => Groundless<O> | undefined;
  /** Why an answer does not show that there is nothing to say: it was not looked at for all of it, or for what the subject is about. */
  readonly unasked?: (answer: HttpResponseEvidence, subject: string | undefined) => NotAsked | undefined;
  /** Other evidence that what is said of an endpoint's fields rests on. */
  readonly beside?: (endpoint: Endpoint) => readonly ResultEvidence[];
}

export interface PlaceQuestion<O extends string> extends Question<O> {
  /** Surest first. */
  readonly said: (answer: HttpResponseEvidence, endpoint: Endpoint) => readonly SaidOfPlace<O>[];
}

/** About classified fields; `judge` gives undefined where it has nothing to say. */
interface FieldQuestion<O extends string> extends Question<O> {
  readonly judge: (fact: ClassFact, endpoint: Endpoint, answer: HttpResponseEvidence) => O | undefined;
  /** What else is told of each field. */
  readonly more?: (endpoint: Endpoint, answer: HttpResponseEvidence) => Readonly<Record<string, unknown>>;
}

type NotAsked = { readonly outcome: "unobserved"; readonly reason: UnobservedReason };
type Groundless<O extends string> = { readonly outcome: O } | NotAsked;

/**
 * One result for every field that the judge speaks of, and one for each endpoint: unobserved where its body was not seen, or
 * not whole, and `clean` where it was and there is nothing to say. What was seen of a cut body counts.
 *
 * An answer without a record shows nothing of what the endpoint sends: it is ambiguous and not clean, or the first record would look
 * like something that got worse. That costs coverage one answer for each endpoint and rule, never one for each field; an endpoint that
 * is empty by nature costs none, once it is declared to be (HEAD, `expect.status: 204`, `expect.maxRecords: 0`).
 */
export function overFields<O extends string>(question: FieldQuestion<O>): readonly RuleResult<O>[] {
  return overPlaces(aboutClasses(question));
}

/** The same of whatever stands at a path. */
export function overPlaces<O extends string>(question: PlaceQuestion<O>): readonly RuleResult<O>[] {
  return question.integration.endpoints.flatMap((endpoint) => {
    const answers = answersOf(endpoint, question);
    const fields = answers.flatMap((observation) => resultsIn(observation, endpoint, question)).slice(0, MAX_FIELDS);
    const places = answerEach(endpointSubject(endpoint.id), answers, (evidence) => {
      const reason = bodyReason(evidence) ?? (showsNothing(evidence.body) ? emptyReason(endpoint) : undefined);
      const shown = { pointer: "/body", summary: reason ?? evidence.body.state, beside: question.beside?.(endpoint) ?? [] };
      if (reason !== undefined) return { outcome: "unobserved", reason, ...shown };
      const said = question.groundless?.(endpoint, evidence) ?? question.unasked?.(evidence, undefined) ?? { outcome: question.clean };
      return { ...said, ...shown };
    });
    return [...fields, ...places.filter(({ outcome }) => outcome === "unobserved" || fields.length === 0)];
  });
}

/** A field that was sent before is gone if the endpoint's body was seen whole, with a record in it, and without the field. */
export function absentField<O extends string>(subject: string, gone: O, question: FieldQuestion<O>): RuleResult<O> {
  return absentPlace(subject, gone, aboutClasses(question));
}

export function absentPlace<O extends string>(subject: string, gone: O, question: PlaceQuestion<O>): RuleResult<O> {
  const id = endpointOfSubject(subject, question.integration);
  const endpoint = question.integration.endpoints.find((candidate) => candidate.id === id);
  if (endpoint === undefined) return absentEndpoint(subject, question.integration, gone);
  const [observation] = answersOf(endpoint, question);
  if (observation === undefined) return { outcome: "unobserved", subject, reason: "not_requested" };
  const evidence = evidenceOf(observation);
  if (evidence === undefined) return unseenResult(subject, observation);
  const listed = resultsIn(observation, endpoint, question).find((result) => result.subject === subject);
  if (listed !== undefined) return listed;
  const own = { observation: plain(observation), pointer: "/body", summary: "not in the answer" };
  const references = [own, ...(question.beside?.(endpoint) ?? [])];
  const reason = bodyReason(evidence) ?? (holdsNoRecord(evidence.body) ? emptyReason(endpoint) : undefined);
  if (reason !== undefined) return { outcome: "unobserved", subject, reason, evidence: references };
  const said = question.groundless?.(endpoint, evidence) ?? question.unasked?.(evidence, subject) ?? { outcome: question.clean };
  return { ...said, subject, evidence: references };
}

/** Undefined where an answer without a record is all that there is to see. */
export function emptyReason({ method, expect }: Endpoint): UnobservedReason | undefined {
  const isEmptyByNature = method === "HEAD" || expect.status === 204 || expect.maxRecords === 0;
  return isEmptyByNature ? undefined : "evidence_ambiguous";
}

function answersOf<O extends string>({ id }: Endpoint, { observations }: Question<O>): readonly Observation<"http-response">[] {
  return observations.filter(({ key }) => key.endpoint === id);
}

function resultsIn<O extends string>(
  observation: Observation<"http-response">,
  endpoint: Endpoint,
  { said, beside }: PlaceQuestion<O>,
): readonly RuleResult<O>[] {
  const evidence = evidenceOf(observation);
  if (evidence === undefined) return [];
  return said(evidence, endpoint).map(({ path, word, pointer, summary, ...result }) => ({
    ...result,
    subject: fieldSubject(endpoint.id, path, word),
    evidence: [{ observation: plain(observation), pointer, summary }, ...(beside?.(endpoint) ?? [])],
  }));
}

function aboutClasses<O extends string>({ judge, more, ...question }: FieldQuestion<O>): PlaceQuestion<O> {
  const { integration } = question;
  return {
    ...question,
    unasked: (answer, subject) => unaskedClass(answer, subject, integration),
    said: (answer, endpoint) => {
      const said = classesOf(answer, integration).flatMap(({ fact, pointer }) => {
        const outcome = judge(fact, endpoint, answer);
        return outcome === undefined ? [] : [saidOfClass(outcome, fact, pointer, endpoint)];
      });
      if (more === undefined || said.length === 0) return said;
      const added = more(endpoint, answer);
      return said.map((place) => ({ ...place, data: { ...place.data, ...added } }));
    },
  };
}

/** Nothing of an answer that is not the API's; else what was seen, surest first. */
function classesOf(answer: HttpResponseEvidence, integration: Integration): readonly PlacedFact[] {
  return foreignReason(answer) === undefined ? placedClasses(answer, integration) : [];
}

/** Why an answer does not show that there is nothing of a subject's class, or of any: it was not looked at for that, or not as it would be today. */
export function unaskedClass(
  { endpoint, body }: HttpResponseEvidence,
  subject: string | undefined,
  integration: Integration,
): NotAsked | undefined {
  const word = subject?.slice(subject.lastIndexOf("#") + 1) ?? "";
  const isAsked = isDataClass(word) ? isLookedFor(word, body, integration) : isWhollyLookedAt(body, integration);
  const isDoubted = doubtedClasses(body, integration).some(
    (fact) => subject === undefined || subject === fieldSubject(endpoint, fact.path, fact.class),
  );
  return isAsked && !isDoubted ? undefined : { outcome: "unobserved", reason: "not_requested" };
}

/** What was seen, surest first. */
export function placedClasses({ body }: HttpResponseEvidence, integration: Integration): readonly PlacedFact[] {
  const { classes, replaced = [] } = body;
  const counted = new Set(countedClasses(body, integration));
  const places = [
    ...classes.map((fact, index) => ({ fact, pointer: `/body/classes/${index}` })),
    ...replaced.map((fact, index) => ({ fact, pointer: `/body/replaced/${index}` })),
  ];
  return places.filter(({ fact }) => counted.has(fact)).sort((a, b) => b.fact.confidence - a.fact.confidence);
}

interface PlacedFact {
  readonly fact: ClassFact;
  /** JSON pointer into the answer. */
  readonly pointer: string;
}

export function saidOfClass<O extends string>(outcome: O, fact: ClassFact, pointer: string, endpoint: Endpoint): SaidOfPlace<O> {
  const { path, confidence, count, note } = fact;
  const data = { endpoint: endpoint.id, path, class: fact.class, count, ...(note === undefined ? {} : { note }) };
  return { outcome, path, word: fact.class, confidence, data, pointer, summary: `${fact.class} at ${path}` };
}

/** Most fields that one endpoint is reported with: a hostile body must not fill the report. */
const MAX_FIELDS = 100;
