import type { Arrival, ClassFact, HttpResponseEvidence } from "../../evidence/kinds.ts";
import { arrivalOf } from "../../evidence/response-history.ts";
import type { Instant } from "../../model/instant.ts";
import type { Endpoint } from "../../model/integration.ts";
import type { RuleInput } from "../rules/rule.ts";
import { isDisclosure, isErrorDetail, isExpected } from "./declared-fields.ts";
import { besideOf, earlierAnswers, isStillNews } from "./earlier-answers.ts";

export type DriftInput = RuleInput<"http-response" | "response-history">;

/**
 * How something sensitive came to where it is now. Only what somebody allowed by its kind or its place: of what nobody did, data/secret-in-response
 * and data/sensitive-field-undeclared speak from the first day on, and one thing is told once.
 */
export function arrivalNow(
  fact: ClassFact,
  endpoint: Endpoint,
  answer: HttpResponseEvidence,
  { integration, observations }: DriftInput,
  asOf: Instant,
): Arrival["how"] | undefined {
  if (!isDisclosure(fact, integration) || isErrorDetail(fact.class) || !isExpected(fact, endpoint, integration)) return undefined;
  const earlier = earlierAnswers(endpoint.id, answer, observations["response-history"]);
  const arrival = earlier.state === "known" ? arrivalOf(earlier.baseline, fact, answer.body) : undefined;
  return arrival !== undefined && isStillNews(arrival.since, asOf) ? arrival.how : undefined;
}

/** What both questions about arrivals need besides. `everyPath`: where not all former paths could be kept, that one is not among them says nothing. */
export function overTime({ integration, observations }: DriftInput, { everyPath }: { readonly everyPath: boolean }) {
  return {
    integration,
    observations: observations["http-response"],
    groundless: ({ id }: Endpoint, answer: HttpResponseEvidence) => {
      const earlier = earlierAnswers(id, answer, observations["response-history"]);
      if (earlier.state === "first") return { outcome: "first-look" } as const;
      if (earlier.state === "known") {
        return everyPath && earlier.baseline.cut === true ? ({ outcome: "unobserved", reason: "evidence_ambiguous" } as const) : undefined;
      }
      return { outcome: "unobserved", reason: earlier.reason } as const;
    },
    beside: besideOf({ observations }),
  };
}
