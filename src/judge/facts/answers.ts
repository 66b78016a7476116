import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { answerReason, foreignReason } from "./responses.ts";
import { endpointSubject } from "./subjects.ts";

interface AnswersInput {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}

/**
 * One result for each endpoint. What the API says counts in any answer of its own; that it says nothing, only in the one that our clients get.
 * `judge` gives undefined where nothing is said.
 */
export function overAnswers<C extends string, O extends string>(
  { integration, observations }: AnswersInput,
  silent: Answer<C>,
  judge: (evidence: HttpResponseEvidence, endpoint: Endpoint) => Answer<O> | undefined,
): readonly RuleResult<C | O>[] {
  return integration.endpoints.flatMap((endpoint) =>
    answerEach<"http-response", C | O>(
      endpointSubject(endpoint.id),
      observations["http-response"].filter(({ key }) => key.endpoint === endpoint.id),
      (evidence) => {
        const foreign = foreignReason(evidence);
        if (foreign !== undefined) return { outcome: "unobserved", reason: foreign, pointer: "/interference", summary: foreign };
        const said = judge(evidence, endpoint);
        if (said !== undefined) return said;
        const reason = answerReason(evidence);
        return reason === undefined ? silent : { outcome: "unobserved", reason, pointer: "/status", summary: `status ${evidence.status}` };
      },
    ),
  );
}
