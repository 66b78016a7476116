import type { Observation } from "../../evidence/observation.ts";
import type { Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence, RuleResult } from "../rules/rule.ts";
import { atOrigin, counted, evidenceOf, failureOf, plain, worstReason } from "./aggregate.ts";
import { type BannerProduct, parseBanner } from "./banner.ts";
import { foreignReason } from "./responses.ts";
import { declaredOrigins, subjectAt } from "./subjects.ts";

/** A header field, and the software that it names. */
export interface Banner {
  readonly field: string;
  readonly products: readonly BannerProduct[];
}

/** What a rule says of one banner; undefined where it has nothing to say. */
export interface BannerAnswer<O extends string> extends Omit<RuleResult<O>, "subject" | "evidence"> {
  readonly summary: string;
}

type Answers = readonly Observation<"http-response">[];

/**
 * One result per field and origin (`header:server`), and one for the place itself (`headers`): unobserved where an answer was not the API's,
 * `clean` where every answer was and there was nothing to say of any.
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
        const subject = subjectAt(`header:${banner.field}`, origin, integration);
        return [{ ...result, subject, evidence: [{ observation: plain(observation), pointer, summary }] }];
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
  const evidence = answers.map((observation) => headersOf(observation, "not named"));
  if (answers.length === 0) return { outcome: "unobserved", subject, reason: "evidence_missing" };
  return reasons.length > 0
    ? { outcome: "unobserved", subject, reason: worstReason(reasons), evidence }
    : { outcome: clean, subject, evidence };
}

function placeResult<O extends string>(subject: string, observation: Observation<"http-response">, clean: O): RuleResult<O> {
  const reason = silence(observation);
  const evidence = [headersOf(observation, reason ?? "headers")];
  return reason === undefined ? { outcome: clean, subject, evidence } : { outcome: "unobserved", subject, reason, evidence };
}

function headersOf(observation: Observation<"http-response">, summary: string): ResultEvidence {
  return { observation: plain(observation), pointer: evidenceOf(observation) === undefined ? "" : "/headers", summary };
}

/** Why the API itself is not heard in this observation. */
function silence(observation: Observation<"http-response">): UnobservedReason | undefined {
  const evidence = evidenceOf(observation);
  return evidence === undefined ? (failureOf(observation)?.reason ?? "evidence_missing") : foreignReason(evidence);
}

/** With the JSON Pointer to each field in the evidence. */
function bannersOf(observation: Observation<"http-response">): readonly (Banner & { readonly pointer: string })[] {
  const headers = silence(observation) === undefined ? (evidenceOf(observation)?.headers ?? []) : [];
  return headers.map(({ name, value = "" }, index) => ({ field: name, products: parseBanner(name, value), pointer: `/headers/${index}` }));
}

/** Origins that were asked over HTTP, and the one of the base URL in any case. */
function answeringOrigins(integration: Integration, observations: Answers): readonly string[] {
  const [primary = ""] = declaredOrigins(integration);
  return [...new Set([primary, ...observations.map(({ key }) => key.origin)])];
}
