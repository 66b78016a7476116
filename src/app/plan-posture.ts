import type { Observation, ObservationKey } from "../evidence/observation.ts";
import type { Depth } from "../model/depth.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { belowBase } from "../observe/probes/below-base.ts";
import { isFresh, lastObservation } from "./last-answers.ts";

export const POSTURE_KINDS = ["http-not-found", "http-preflight", "security-txt"] as const;
export type PostureKind = (typeof POSTURE_KINDS)[number];

/** `not-due`: what was seen the last time stands in. */
export type PlannedPosture =
  | { readonly kind: PostureKind; readonly state: "due" | "budget_exhausted" }
  | { readonly kind: PostureKind; readonly state: "not-due"; readonly carried: Observation };

/**
 * How the API behaves where nobody calls it: a path that is nobody's, a browser's question before a call, whom to tell of a hole. Each once a week
 * whatever came of it, of integrations that somebody declared (product.md section 6). `left`: requests.
 */
export function plannedPosture(
  integration: Integration,
  knowledge: IntegrationKnowledge,
  { kinds, depth, left, now }: { readonly kinds: readonly string[]; readonly depth: Depth; readonly left: number; readonly now: Instant },
): readonly PlannedPosture[] {
  if (depth === "quick" || integration.adHoc) return [];
  const { protocol } = new URL(integration.baseUrl);
  let spare = left;
  return POSTURE_KINDS.filter((kind) => kinds.includes(kind) && (kind !== "security-txt" || protocol === "https:")).map((kind) => {
    const carried = depth === "full" ? undefined : freshAnswer(kind, posturePlace(kind, integration), knowledge, now);
    if (carried !== undefined) return { kind, state: "not-due", carried };
    spare -= POSTURE_REQUESTS[kind];
    return { kind, state: spare < 0 ? "budget_exhausted" : "due" };
  });
}

/** What is told below one base path is not told below another; a file for the whole host is. */
export function posturePlace(kind: PostureKind, { baseUrl }: Pick<Integration, "baseUrl">): ObservationKey {
  const { origin, pathname } = new URL(baseUrl);
  return kind === "security-txt" ? { origin } : belowBase(origin, pathname);
}

/** Without the answers to what was asked below another base path than today's. */
export function belowThisBase(observations: readonly Observation[], integration: Pick<Integration, "baseUrl">): readonly Observation[] {
  return observations.filter(({ kind, key }) => {
    const asked = POSTURE_KINDS.find((one) => one === kind);
    return asked === undefined || key.endpoint === posturePlace(asked, integration).endpoint;
  });
}

/** A host that nobody could reach is asked again. */
function freshAnswer(
  kind: PostureKind,
  { origin, endpoint }: ObservationKey,
  knowledge: IntegrationKnowledge,
  now: Instant,
): Observation | undefined {
  const last = lastObservation(knowledge, kind, (key) => key.origin === origin && key.endpoint === endpoint);
  if (last === undefined || !isFresh(last, ASKED_EVERY, now)) return undefined;
  return ["unreachable", "refused", "skipped"].includes(last.outcome) ? undefined : last;
}

export function postureRequests(planned: readonly PlannedPosture[]): number {
  return planned.filter(({ state }) => state === "due").reduce((sum, { kind }) => sum + POSTURE_REQUESTS[kind], 0);
}

/** Most that each may send. */
export const POSTURE_REQUESTS: Readonly<Record<PostureKind, number>> = { "http-not-found": 1, "http-preflight": 1, "security-txt": 2 };
const ASKED_EVERY = 7 * DAY;
