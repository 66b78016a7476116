import type { HeadFacts } from "../../model/head-facts.ts";
import type { Instant } from "../../model/instant.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { type HeadContext, headFacts } from "../classify/head/head-facts.ts";

/** What the head of an answer says; its values end here. The detectors, which judge claims, are loaded when a token is met: then it is read again. */
export async function answerHead(answer: HttpAnswer, now: Instant, from: Omit<HeadContext, "isSensitive">): Promise<HeadFacts> {
  let holdsClaims = false;
  const facts = headFacts(answer, now, {
    ...from,
    isSensitive: () => {
      holdsClaims = true;
      return false;
    },
  });
  if (!holdsClaims) return facts;
  const { holdsSensitive } = await import("../classify/sensitive-claims.ts");
  return headFacts(answer, now, { ...from, isSensitive: holdsSensitive });
}
