import type { HttpResponseEvidence, ResponseBaseline } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import { comparable } from "../../evidence/response-history.ts";
import type { Instant } from "../../model/instant.ts";
import { DAY } from "../../model/instant.ts";
import type { Endpoint } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { ResultEvidence } from "../rules/rule.ts";
import { evidenceOf, failureOf, plain } from "./aggregate.ts";

/** What an answer can be held against. `first`: there was none like it before. */
export type Earlier =
  | { readonly state: "known"; readonly baseline: ResponseBaseline }
  | { readonly state: "first" }
  | { readonly state: "unknown"; readonly reason: UnobservedReason };

export function earlierAnswers(endpoint: string, answer: HttpResponseEvidence, histories: Histories): Earlier {
  const history = historyOf(endpoint, histories);
  if (history === undefined) return { state: "unknown", reason: "not_requested" };
  const evidence = evidenceOf(history);
  if (evidence === undefined) return { state: "unknown", reason: failureOf(history)?.reason ?? "evidence_missing" };
  const baseline = comparable(evidence, answer);
  return baseline === undefined ? { state: "first" } : { state: "known", baseline };
}

/** What was answered before, beside whatever is said of an endpoint: a run that took over an older answer has to know what that was held against. */
export function besideOf({ observations }: { readonly observations: { readonly "response-history": Histories } }) {
  return ({ id }: Pick<Endpoint, "id">): readonly ResultEvidence[] => {
    const history = historyOf(id, observations["response-history"]);
    if (history === undefined) return [];
    const isSeen = evidenceOf(history) !== undefined;
    return [{ observation: plain(history), pointer: isSeen ? "/baselines" : "", summary: "what was answered before" }];
  };
}

/** A month after it came, with nobody to object, something is as usual. */
export function isStillNews(since: Instant | undefined, asOf: Instant): boolean {
  return since === undefined || asOf - since <= TOLD_FOR;
}

type Histories = readonly Observation<"response-history">[];

function historyOf(endpoint: string, histories: Histories): Observation<"response-history"> | undefined {
  return histories.find(({ key }) => key.endpoint === endpoint);
}

const TOLD_FOR = 30 * DAY;
