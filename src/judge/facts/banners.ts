import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { RuleResult } from "../rules/rule.ts";
import { atOrigin, counted, evidenceOf, failureOf, plain, worstReason } from "./aggregate.ts";
import { type BannerProduct, namesSoftware, parseBanner } from "./banner.ts";
import { foreignReason } from "./responses.ts";
import { declaredOrigins, subjectAt } from "./subjects.ts";

/** A product that a header field names, in one answer of the API. */
export interface NamedProduct extends BannerProduct {
  readonly field: string;
  /** JSON Pointer to the field in the evidence. */
  readonly pointer: string;
}

/** What a rule says of one named product; undefined where it has nothing to say. */
export interface ProductAnswer<O extends string> extends Omit<RuleResult<O>, "subject" | "evidence"> {
  /** Subject without its origin. */
  readonly word: string;
  readonly summary: string;
}

type Answers = readonly Observation<"http-response">[];

/**
 * One result per product and origin, and one for the place itself (`headers`): unobserved where an answer was not the API's,
 * `clean` where every answer was and there was nothing to say of any.
 */
export function overBanners<O extends string>(
  integration: Integration,
  observations: Answers,
  clean: O,
  judge: (product: NamedProduct) => ProductAnswer<O> | undefined,
): readonly RuleResult<O>[] {
  return answeringOrigins(integration, observations).flatMap((origin) => {
    const answers = counted(atOrigin(observations, origin));
    const place = subjectAt("headers", origin, integration);
    if (answers.length === 0) return [{ outcome: "unobserved", subject: place, reason: "not_requested" }];
    const said = answers.flatMap((observation) =>
      productsOf(observation).flatMap((product) => {
        const answer = judge(product);
        if (answer === undefined) return [];
        const { word, summary, ...result } = answer;
        const evidence = [{ observation: plain(observation), pointer: product.pointer, summary }];
        return [{ ...result, subject: subjectAt(word, origin, integration), evidence }];
      }),
    );
    const placeResults = answers.map((observation) => placeResult(place, observation, clean));
    return [...said, ...placeResults.filter(({ outcome }) => outcome === "unobserved" || said.length === 0)];
  });
}

/** What was said before and is not said any more is gone if every answer of that origin was the API's own. */
export function absentFromBanners<O extends string>(
  subject: string,
  integration: Integration,
  observations: Answers,
  clean: O,
): RuleResult<O> {
  const [word = ""] = subject.split("@");
  const origin = answeringOrigins(integration, observations).find((candidate) => subjectAt(word, candidate, integration) === subject);
  const answers = counted(observations.filter(({ key }) => key.origin === origin));
  const reasons = answers.map(silence).filter((reason) => reason !== undefined);
  const evidence = answers.map((observation) => ({ observation: plain(observation), pointer: "/headers", summary: "not named" }));
  if (answers.length === 0) return { outcome: "unobserved", subject, reason: "evidence_missing" };
  return reasons.length > 0
    ? { outcome: "unobserved", subject, reason: worstReason(reasons), evidence }
    : { outcome: clean, subject, evidence };
}

function placeResult<O extends string>(subject: string, observation: Observation<"http-response">, clean: O): RuleResult<O> {
  const reason = silence(observation);
  const evidence = [{ observation: plain(observation), pointer: "/headers", summary: reason ?? "headers" }];
  return reason === undefined ? { outcome: clean, subject, evidence } : { outcome: "unobserved", subject, reason, evidence };
}

/** Why the API itself is not heard in this observation. */
function silence(observation: Observation<"http-response">): UnobservedReason | undefined {
  const evidence = evidenceOf(observation);
  return evidence === undefined ? (failureOf(observation)?.reason ?? "evidence_missing") : foreignReason(evidence);
}

function productsOf(observation: Observation<"http-response">): readonly NamedProduct[] {
  const evidence = silence(observation) === undefined ? evidenceOf(observation) : undefined;
  return evidence === undefined ? [] : namedIn(evidence);
}

function namedIn({ headers }: HttpResponseEvidence): readonly NamedProduct[] {
  return headers.flatMap(({ name, value }, index) =>
    value !== undefined && namesSoftware(name)
      ? parseBanner(name, value).map((product) => ({ ...product, field: name, pointer: `/headers/${index}` }))
      : [],
  );
}

/** Origins that were asked over HTTP, and the one of the base URL in any case. */
function answeringOrigins(integration: Integration, observations: Answers): readonly string[] {
  const [primary = ""] = declaredOrigins(integration);
  return [...new Set([primary, ...observations.map(({ key }) => key.origin)])];
}
