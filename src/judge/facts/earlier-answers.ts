import type { HttpResponseEvidence, ResponseBaseline } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { comparable } from "../../evidence/response-history.ts";
import type { Instant } from "../../model/instant.ts";
import { DAY } from "../../model/instant.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence } from "../rules/rule.ts";
import { evidenceOf, failureOf, plain } from "./aggregate.ts";

/** What an answer can be held against. `first`: there was none like it before. */
export type Earlier =
  | { readonly state: "known"; readonly baseline: ResponseBaseline }
  | { readonly state: "first" }
  | { readonly state: "unknown"; readonly reason: UnobservedReason };

export function earlierAnswers(
  endpoint: string,
  answer: HttpResponseEvidence,
  histories: readonly Observation<"response-history">[],
): Earlier {
  const history = historyOf(endpoint, histories);
  if (history === undefined) return { state: "unknown", reason: "not_requested" };
  const evidence = evidenceOf(history);
  if (evidence === undefined) return { state: "unknown", reason: failureOf(history)?.reason ?? "evidence_missing" };
  const baseline = comparable(evidence, answer);
  return baseline === undefined ? { state: "first" } : { state: "known", baseline };
}

/** For what rests on it. */
export function historyReference(endpoint: string, histories: readonly Observation<"response-history">[]): readonly ResultEvidence[] {
  const history = historyOf(endpoint, histories);
  return history === undefined ? [] : [{ observation: plain(history), pointer: "/baselines", summary: "what was answered before" }];
}

/** A month after it came, with nobody to object, something is as usual. */
export function isStillNews(since: Instant | undefined, asOf: Instant): boolean {
  return since === undefined || asOf - since <= TOLD_FOR;
}

function historyOf(endpoint: string, histories: readonly Observation<"response-history">[]): Observation<"response-history"> | undefined {
  return histories.find(({ key }) => key.endpoint === endpoint);
}

const TOLD_FOR = 30 * DAY;
