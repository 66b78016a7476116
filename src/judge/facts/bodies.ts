import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { OutcomeDefinition, ResultEvidence, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { emptyReason } from "./fields.ts";
import { answerReason, showsNothing, unreadReason } from "./responses.ts";
import { absentEndpoint, endpointSubject } from "./subjects.ts";

interface BodiesInput {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}

/** What every question about whole bodies can answer as well. */
export const ABOUT_BODIES = {
  "no-endpoint": { verdict: "not-applicable", message: () => "No endpoint is declared." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/**
 * One result for each endpoint that the question is put to. What is said of what was seen counts, be the body cut or not; that there is nothing to say
 * (`judge` gives undefined) counts of a whole body that shows something alone. `beside`: other evidence that whatever is said rests on.
 */
export function overBodies<C extends string, O extends string>(
  { integration, observations }: BodiesInput,
  clean: C,
  judge: (evidence: HttpResponseEvidence, endpoint: Endpoint) => Answer<O> | undefined,
  beside: (endpoint: Endpoint) => readonly ResultEvidence[] = () => [],
): readonly RuleResult<C | O>[] {
  return integration.endpoints.flatMap((endpoint) =>
    answerEach<"http-response", C | O>(
      endpointSubject(endpoint.id),
      observations["http-response"].filter(({ key }) => key.endpoint === endpoint.id),
      (evidence) => {
        const foreign = answerReason(evidence);
        if (foreign !== undefined)
          return { outcome: "unobserved", reason: foreign, pointer: "/status", summary: `status ${evidence.status}` };
        const said = judge(evidence, endpoint);
        if (said !== undefined) return { ...said, beside: beside(endpoint) };
        const reason = unreadReason(evidence.body) ?? (showsNothing(evidence.body) ? emptyReason(endpoint) : undefined);
        const shown = { pointer: "/body", summary: reason ?? evidence.body.state, beside: beside(endpoint) };
        return reason === undefined ? { outcome: clean, ...shown } : { outcome: "unobserved", reason, ...shown };
      },
    ),
  );
}

/** For `absent`. */
export function goneBody(subject: string, { integration }: Pick<BodiesInput, "integration">): RuleResult<"no-endpoint"> {
  return absentEndpoint(subject, integration, "no-endpoint");
}

/** For messages: the first few of many. */
export function listed(paths: readonly string[]): string {
  const more = paths.length - MOST_NAMED;
  return paths.slice(0, MOST_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

const MOST_NAMED = 5;
