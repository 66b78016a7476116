import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { HeadFacts } from "../../model/head-facts.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { answerReason, foreignReason } from "./responses.ts";
import { absentEndpoint, endpointSubject } from "./subjects.ts";

/** An answer of the API, whose head was looked at. */
export interface SeenHead {
  readonly head: HeadFacts;
  readonly evidence: HttpResponseEvidence;
  readonly endpoint: Endpoint;
}

interface HeadsInput {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}

/** What every question about the heads of answers can answer as well. */
export const ABOUT_HEADS = {
  "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `since`: before, nobody noted it. */
export const HEADS_SINCE = { "http-response": 4 } as const;

/** For `applies`. */
export function withoutEndpoints({ integration }: Pick<HeadsInput, "integration">): "no-endpoint" | undefined {
  return integration.endpoints.length === 0 ? "no-endpoint" : undefined;
}

/**
 * One result for each endpoint. What is there counts in any answer of the API; that it is not there, only in the one that our clients get.
 * `judge` gives undefined where there is nothing to say.
 */
export function overHeads<C extends string, O extends string>(
  { integration, observations }: HeadsInput,
  clean: Answer<C>,
  judge: (seen: SeenHead) => Answer<O> | undefined,
): readonly RuleResult<C | O>[] {
  return integration.endpoints.flatMap((endpoint) =>
    answerEach<"http-response", C | O>(
      endpointSubject(endpoint.id),
      observations["http-response"].filter(({ key }) => key.endpoint === endpoint.id),
      (evidence) => {
        const foreign = foreignReason(evidence);
        if (foreign !== undefined) return { outcome: "unobserved", reason: foreign, pointer: "/interference", summary: foreign };
        const { head } = evidence;
        const said = head === undefined ? undefined : judge({ head, evidence, endpoint });
        if (said !== undefined) return said;
        const reason = head === undefined ? "evidence_missing" : answerReason(evidence);
        return reason === undefined ? clean : { outcome: "unobserved", reason, pointer: "/status", summary: `status ${evidence.status}` };
      },
    ),
  );
}

/** For `absent`. */
export function goneHead(subject: string, { integration }: Pick<HeadsInput, "integration">): RuleResult<"no-endpoint"> {
  return absentEndpoint(subject, integration, "no-endpoint");
}
