import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence, RuleResult } from "../rules/rule.ts";
import { atOrigin, counted, evidenceOf, failureOf, plain, worstReason } from "./aggregate.ts";
import { type BannerProduct, parseBanner } from "./banner.ts";
import { answerReason, foreignReason } from "./responses.ts";
import { declaredOrigins, subjectAt } from "./subjects.ts";

/** A header field, and the software that it names. */
export interface Banner {
  readonly field: string;
  readonly products: readonly BannerProduct[];
  /** Why its answer is not the one that our clients get. What it names counts all the same; that nothing is wrong with it does not. */
  readonly reason?: UnobservedReason;
}

/** What a rule says of one banner; undefined where it has nothing to say. */
export interface BannerAnswer<O extends string> extends Omit<RuleResult<O>, "subject" | "evidence"> {
  readonly summary: string;
}

type Answers = readonly Observation<"http-response">[];

/**
 * One result per field and origin (`header:server`), and one for the place itself (`headers`): unobserved where an answer was not the one
 * that our clients get (a refusal or a login page may come from another server), `clean` where every answer was and there was nothing to
 * say of any. A banner counts in any answer of the API, its absence in a good one only.
 */
export function overBanners<O extends string>(
  integration: Integration,
  observations: Answers,
  clean: O,
  judge: (banner: Banner) => BannerAnswer<O> | undefined,
): readonly RuleResult<O>[] {
  return answeringOrigins(integration, observations).flatMap((origin) => {
    const answers = counted(atOrigin(observations, origin));
    const place = subjectAt("headers", origin, integration);
    if (answers.length === 0) return [{ outcome: "unobserved", subject: place, reason: "not_requested" }];
    const said = answers.flatMap((observation) =>
      bannersOf(observation).flatMap(({ pointer, ...banner }) => {
        const answer = judge(banner);
        if (answer === undefined) return [];
        const { summary, ...result } = answer;
        return [
          {
            ...result,
            subject: fieldSubjectOf(banner.field, observation, integration),
            evidence: [{ observation: plain(observation), pointer, summary }],
          },
        ];
      }),
    );
    const placeResults = answers.map((observation) => placeResult(place, observation, clean));
    return [...said, ...placeResults.filter(({ outcome }) => outcome === "unobserved" || said.length === 0)];
  });
}

/** What was said before and is not said any more is gone if every answer of that place was the one that our clients get. */
export function absentFromBanners<O extends string>(
  subject: string,
  integration: Integration,
  observations: Answers,
  clean: O,
): RuleResult<O> {
  const [, field = ""] = /^header:([^@#]*)/.exec(subject) ?? [];
  const answers = counted(observations.filter((observation) => fieldSubjectOf(field, observation, integration) === subject));
  if (answers.length === 0) return { outcome: "unobserved", subject, reason: integration.adHoc ? "not_requested" : "evidence_missing" };
  const reasons = answers.map(silence).filter((reason) => reason !== undefined);
  const evidence = answers.map((observation) => headersOf(observation, "not named"));
  return reasons.length > 0
    ? { outcome: "unobserved", subject, reason: worstReason(reasons), evidence }
    : { outcome: clean, subject, evidence };
}

/**
 * A field is one question for all declared endpoints of an origin: they are asked together. An ad hoc target is asked for one path
 * today and for another tomorrow, and only the same path tells that a field is gone: each path but the root has a subject of its own.
 */
function fieldSubjectOf(field: string, { key }: Observation<"http-response">, integration: Integration): string {
  const subject = subjectAt(`header:${field}`, key.origin, integration);
  const path = integration.endpoints.find(({ id }) => id === key.endpoint)?.path ?? "/";
  return integration.adHoc && !/^\/(?:\?|$)/.test(path) ? `${subject}#${key.endpoint}` : subject;
}

function placeResult<O extends string>(subject: string, observation: Observation<"http-response">, clean: O): RuleResult<O> {
  const reason = silence(observation);
  const evidence = [headersOf(observation, reason ?? "headers")];
  return reason === undefined ? { outcome: clean, subject, evidence } : { outcome: "unobserved", subject, reason, evidence };
}

function headersOf(observation: Observation<"http-response">, summary: string): ResultEvidence {
  return { observation: plain(observation), pointer: evidenceOf(observation) === undefined ? "" : "/headers", summary };
}

/** Why nothing can be said of what is missing in this observation. */
function silence(observation: Observation<"http-response">): UnobservedReason | undefined {
  const evidence = evidenceOf(observation);
  return evidence === undefined ? (failureOf(observation)?.reason ?? "evidence_missing") : answerReason(evidence);
}

/** With the JSON Pointer to each field in the evidence; none of an answer that is not the API's. */
function bannersOf(observation: Observation<"http-response">): readonly PlacedBanner[] {
  const evidence = evidenceOf(observation);
  if (evidence === undefined || foreignReason(evidence) !== undefined) return [];
  const known = parsed.get(evidence) ?? bannersIn(evidence);
  parsed.set(evidence, known);
  return known;
}

function bannersIn(evidence: HttpResponseEvidence): readonly PlacedBanner[] {
  const reason = answerReason(evidence);
  return evidence.headers.flatMap(({ name, value = "" }, index) => {
    const products = parseBanner(name, value);
    if (products.length === 0) return [];
    return [{ field: name, products, pointer: `/headers/${index}`, ...(reason === undefined ? {} : { reason }) }];
  });
}

type PlacedBanner = Banner & { readonly pointer: string };

/** Several rules ask about the same answer. */
const parsed = new WeakMap<HttpResponseEvidence, readonly PlacedBanner[]>();

/** Origins that were asked over HTTP, and the one of the base URL in any case. */
function answeringOrigins(integration: Integration, observations: Answers): readonly string[] {
  const [primary = ""] = declaredOrigins(integration);
  return [...new Set([primary, ...observations.map(({ key }) => key.origin)])];
}
