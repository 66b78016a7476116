import type { HazardKind, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Endpoint } from "../../model/integration.ts";
import type { PlaceQuestion, SaidOfPlace } from "./fields.ts";
import { foreignReason } from "./responses.ts";

/** For `since`: before, nobody looked. */
export const HAZARDS_SINCE = { "http-response": 5 } as const;

/** What in a body may act on whoever shows or merges it. `judge` gives undefined for what is as it should be. */
export function aboutHazards<O extends string>(
  question: Pick<PlaceQuestion<O>, "integration" | "observations" | "clean">,
  judge: (kind: HazardKind, path: string, endpoint: Endpoint) => O | undefined,
): PlaceQuestion<O> {
  return {
    ...question,
    groundless: (_endpoint, { body }) => (body.hazards === undefined ? NOT_LOOKED_FOR : undefined),
    said: (answer, endpoint) => hazardsIn(answer, endpoint, judge),
  };
}

function hazardsIn<O extends string>(
  answer: HttpResponseEvidence,
  endpoint: Endpoint,
  judge: (kind: HazardKind, path: string, endpoint: Endpoint) => O | undefined,
): readonly SaidOfPlace<O>[] {
  if (foreignReason(answer) !== undefined) return [];
  return (answer.body.hazards ?? []).flatMap(({ path, kind, count }, index) => {
    const outcome = judge(kind, path, endpoint);
    if (outcome === undefined) return [];
    const data = { endpoint: endpoint.id, path, kind, count };
    return [{ outcome, path, word: kind, data, pointer: `/body/hazards/${index}`, summary: `${kind} at ${path}` }];
  });
}

const NOT_LOOKED_FOR = { outcome: "unobserved", reason: "not_requested" } as const;
