import type { ResponseHistoryEvidence } from "../../evidence/kinds.ts";
import { type FormerAnswer, historyWith } from "../../evidence/response-history.ts";
import { ok } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import { CLASSIFIER_REVISION } from "../classify/revision.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface HistoryQuestion {
  readonly target: Target;
  readonly endpoint: { readonly id: string };
  /** Of the request that is about to be sent. */
  readonly digest: string;
  /** As it was known when the last answer came. */
  readonly before?: ResponseHistoryEvidence;
  /** The last answer, where it came since. */
  readonly answer?: FormerAnswer;
}

/** What an endpoint answered until now, out of our own memory: nobody is asked. */
export const responseHistoryProbe: Probe<"response-history", HistoryQuestion> = {
  id: "response-history",
  kind: "response-history",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target: { origin }, endpoint: { id }, digest, before, answer }, context) =>
    observation(responseHistoryProbe, { origin, endpoint: id }, context, async () =>
      ok(historyWith(before, { endpoint: id, digest, classifier: CLASSIFIER_REVISION }, answer)),
    ),
};
