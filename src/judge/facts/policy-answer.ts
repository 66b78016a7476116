import type { UnobservedReason } from "../../model/reason.ts";
import type { Answer } from "./aggregate.ts";

/** What one piece of evidence says of a demand. Unknown is neither of the two: it is `unobserved`, with its reason. */
export type PolicyAnswer = Answer<"complies" | "violated">;

export function said(complies: boolean, pointer: string, summary: string): PolicyAnswer {
  return { outcome: complies ? "complies" : "violated", pointer, summary, data: { seen: summary } };
}

export function unknown(reason: UnobservedReason, pointer: string, summary: string): PolicyAnswer {
  return { outcome: "unobserved", reason, pointer, summary };
}
