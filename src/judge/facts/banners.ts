import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { RuleResult } from "../rules/rule.ts";
import { type BannerProduct, parseBanner } from "./banner.ts";
import { type Answers, absentFromFields, type FieldAnswer, type NamedField, overFields } from "./named-fields.ts";
import { answerReason } from "./responses.ts";

/** A header field, and the software that it names. */
export interface Banner extends NamedField {
  readonly products: readonly BannerProduct[];
  /** Why its answer is not the one that our clients get. What it names counts all the same; that nothing is wrong with it does not. */
  readonly reason?: UnobservedReason;
}

/** One result per field and origin, and one for the place. A banner counts in any answer of the API, its absence in a good one only. */
export function overBanners<O extends string>(
  integration: Integration,
  observations: Answers,
  clean: O,
  judge: (banner: Banner) => FieldAnswer<O> | undefined,
): readonly RuleResult<O>[] {
  return overFields(integration, observations, { fieldsOf: bannersOf, clean, place: PLACE, wasRead, judge });
}

/** What was said before and is not said any more is gone if every answer of that place was the one that our clients get. */
export function absentFromBanners<O extends string>(
  subject: string,
  integration: Integration,
  observations: Answers,
  clean: O,
): RuleResult<O> {
  return absentFromFields(subject, integration, observations, { clean, place: PLACE, wasRead });
}

/** Before version 4, the first line alone of a field was kept: what it names counts, and not that nothing is named. */
function wasRead({ head }: HttpResponseEvidence): boolean {
  return head !== undefined;
}

function bannersOf(evidence: HttpResponseEvidence): readonly Banner[] {
  const known = parsed.get(evidence) ?? bannersIn(evidence);
  parsed.set(evidence, known);
  return known;
}

function bannersIn(evidence: HttpResponseEvidence): readonly Banner[] {
  const reason = answerReason(evidence);
  return evidence.headers.flatMap(({ name, value = "" }, index) => {
    const products = parseBanner(name, value);
    if (products.length === 0) return [];
    return [{ field: name, products, pointer: `${PLACE}/${index}`, ...(reason === undefined ? {} : { reason }) }];
  });
}

/** Several rules ask about the same answer. */
const parsed = new WeakMap<HttpResponseEvidence, readonly Banner[]>();

const PLACE = "/headers";
