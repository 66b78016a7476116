import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence, RuleResult } from "../rules/rule.ts";
import { atOrigin, counted, evidenceOf, failureOf, plain, worstReason } from "./aggregate.ts";
import { answerReason, isSomebodyElse } from "./responses.ts";
import { declaredOrigins, subjectAt } from "./subjects.ts";

/** What one header field of an answer says. */
export interface NamedField {
  /** In lower case. */
  readonly field: string;
  /** JSON Pointer into the evidence. */
  readonly pointer: string;
}

/** What a rule says of one field; undefined where it has nothing to say. */
export interface FieldAnswer<O extends string> extends Omit<RuleResult<O>, "subject" | "evidence"> {
  readonly summary: string;
}

/** What is looked at, and what is said where there is nothing to say. */
export interface FieldQuestion<F extends NamedField, O extends string> {
  readonly fieldsOf: (evidence: HttpResponseEvidence) => readonly F[];
  readonly clean: O;
  /** Where fields that are not there would stand, as a JSON Pointer. */
  readonly place: string;
  /** Whether somebody looked there; every answer has it where this is left out. */
  readonly wasRead?: (evidence: HttpResponseEvidence) => boolean;
  readonly judge: (field: F, evidence: HttpResponseEvidence) => FieldAnswer<O> | undefined;
}

export type Answers = readonly Observation<"http-response">[];

/**
 * One result per field and origin (`header:server`), and one for the place itself (`headers`): unobserved where an answer was not the one
 * that our clients get (a refusal or a login page may come from another server), `clean` where every answer was and there was nothing to
 * say of any. A field counts in any answer of the API, its absence in a good one only.
 */
export function overFields<F extends NamedField, O extends string>(
  integration: Integration,
  observations: Answers,
  { fieldsOf, judge, ...question }: FieldQuestion<F, O>,
): readonly RuleResult<O>[] {
  return answeringOrigins(integration, observations).flatMap((origin) => {
    const answers = counted(atOrigin(observations, origin));
    const subject = subjectAt("headers", origin, integration);
    if (answers.length === 0) return [{ outcome: "unobserved", subject, reason: "not_requested" }];
    const said = answers.flatMap((observation) => {
      const evidence = ofTheApi(observation);
      if (evidence === undefined) return [];
      return fieldsOf(evidence).flatMap((field) => {
        const answer = judge(field, evidence);
        return answer === undefined ? [] : [fieldResult(fieldSubjectOf(field.field, observation, integration), field, answer, observation)];
      });
    });
    const places = answers.map((observation) => placeResult(subject, observation, question));
    return [...said, ...places.filter(({ outcome }) => outcome === "unobserved" || said.length === 0)];
  });
}

function fieldResult<O extends string>(
  subject: string,
  { pointer }: NamedField,
  { outcome, data, reason, confidence, summary }: FieldAnswer<O>,
  observation: Observation<"http-response">,
): RuleResult<O> {
  return { outcome, subject, data, reason, confidence, evidence: [{ observation: plain(observation), pointer, summary }] };
}

/** What was said before and is not said any more is gone if every answer of that place was the one that our clients get. */
export function absentFromFields<O extends string>(
  subject: string,
  integration: Integration,
  observations: Answers,
  question: PlaceQuestion<O>,
): RuleResult<O> {
  const [, field = ""] = /^header:([^@#]*)/.exec(subject) ?? [];
  const answers = counted(observations.filter((observation) => fieldSubjectOf(field, observation, integration) === subject));
  if (answers.length === 0) return { outcome: "unobserved", subject, reason: integration.adHoc ? "not_requested" : "evidence_missing" };
  const reasons = answers.map((observation) => silence(observation, question)).filter((reason) => reason !== undefined);
  const evidence = answers.map((observation) => fieldsAt(observation, question, "not named"));
  return reasons.length > 0
    ? { outcome: "unobserved", subject, reason: worstReason(reasons), evidence }
    : { outcome: question.clean, subject, evidence };
}

type PlaceQuestion<O extends string> = Pick<FieldQuestion<NamedField, O>, "clean" | "place" | "wasRead">;

/**
 * A field is one question for all declared endpoints of an origin: they are asked together. An ad hoc target is asked for one path
 * today and for another tomorrow, and only the same path tells that a field is gone: each path but the root has a subject of its own.
 */
function fieldSubjectOf(field: string, { key }: Observation<"http-response">, integration: Integration): string {
  const subject = subjectAt(`header:${field}`, key.origin, integration);
  const path = integration.endpoints.find(({ id }) => id === key.endpoint)?.path ?? "/";
  return integration.adHoc && !/^\/(?:\?|$)/.test(path) ? `${subject}#${key.endpoint}` : subject;
}

function placeResult<O extends string>(
  subject: string,
  observation: Observation<"http-response">,
  question: PlaceQuestion<O>,
): RuleResult<O> {
  const reason = silence(observation, question);
  const evidence = [fieldsAt(observation, question, reason ?? "headers")];
  return reason === undefined ? { outcome: question.clean, subject, evidence } : { outcome: "unobserved", subject, reason, evidence };
}

function fieldsAt(
  observation: Observation<"http-response">,
  { place, wasRead = () => true }: Pick<PlaceQuestion<string>, "place" | "wasRead">,
  summary: string,
): ResultEvidence {
  const evidence = evidenceOf(observation);
  return { observation: plain(observation), pointer: evidence !== undefined && wasRead(evidence) ? place : "", summary };
}

/** Why nothing can be said of what is missing in this observation. */
function silence(
  observation: Observation<"http-response">,
  { wasRead = () => true }: Pick<PlaceQuestion<string>, "wasRead">,
): UnobservedReason | undefined {
  const evidence = evidenceOf(observation);
  if (evidence === undefined) return failureOf(observation)?.reason ?? "evidence_missing";
  return answerReason(evidence) ?? (wasRead(evidence) ? undefined : "evidence_missing");
}

function ofTheApi(observation: Observation<"http-response">): HttpResponseEvidence | undefined {
  const evidence = evidenceOf(observation);
  return evidence === undefined || isSomebodyElse(evidence) ? undefined : evidence;
}

/** Origins that were asked over HTTP, and the one of the base URL in any case. */
function answeringOrigins(integration: Integration, observations: Answers): readonly string[] {
  const [primary = ""] = declaredOrigins(integration);
  return [...new Set([primary, ...observations.map(({ key }) => key.origin)])];
}
