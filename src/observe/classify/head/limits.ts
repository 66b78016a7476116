import type { LimitFacts } from "../../../model/head-facts.ts";
import type { Instant } from "../../../model/instant.ts";
import type { HttpAnswer } from "../../../model/net-port.ts";

export function limitFacts(_answer: HttpAnswer, _now: Instant): LimitFacts | undefined {
  return undefined;
}
