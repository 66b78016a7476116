import { METADATA_PLACES } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { withoutTokens } from "../judge/facts/published.ts";
import type { Depth } from "../model/depth.ts";
import type { IntegrationKnowledge, StoredObservation } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { isFresh, lastObservation } from "./last-answers.ts";

/** `not-due`: what was seen the last time stands in. */
export type PlannedPublished =
  | { readonly state: "due" | "not-planned" | "budget_exhausted" }
  | { readonly state: "not-due"; readonly carried: readonly Observation[] };

/** Once a week whatever came of it, where somebody declared the integration, something can have issued tokens, and there is an origin with TLS to ask. `left`: requests. */
export function plannedPublished(
  integration: Integration,
  knowledge: IntegrationKnowledge,
  { depth, left, now }: { readonly depth: Depth; readonly left: number; readonly now: Instant },
): PlannedPublished {
  const { baseUrl, auth } = integration;
  const isSecure = [baseUrl, auth.token?.url ?? baseUrl].some((url) => url.startsWith("https:"));
  if (depth === "quick" || integration.adHoc || !isSecure || withoutTokens({ integration }) !== undefined) return { state: "not-planned" };
  const carried = depth === "full" ? [] : lastAnswers(integration, knowledge);
  if (carried.length > 0 && carried.every((one) => standsIn(one, now))) return { state: "not-due", carried };
  return { state: left < PUBLISHED_REQUESTS ? "budget_exhausted" : "due" };
}

/** Of the API, of its server and of the keys of that server; none where one of them was never asked about, or of another server than today's. */
function lastAnswers({ baseUrl, auth }: Integration, knowledge: IntegrationKnowledge): readonly Observation[] {
  const api = new URL(baseUrl).origin;
  const resource = lastObservation(
    knowledge,
    "oauth-metadata",
    ({ origin, endpoint }) => origin === api && endpoint === METADATA_PLACES["protected-resource"],
  );
  const origin = newestOrigin(
    knowledge,
    ({ kind, key }) => kind === "oauth-metadata" && key.endpoint === METADATA_PLACES["authorization-server"],
  );
  const server = lastObservation(
    knowledge,
    "oauth-metadata",
    (key) => key.origin === origin && key.endpoint === METADATA_PLACES["authorization-server"],
  );
  const keys = lastObservation(knowledge, "jwks", (key) => key.origin === origin);
  if (resource === undefined || server === undefined || keys === undefined) return [];
  const isNamed = resource.kind === "oauth-metadata" && resource.outcome === "observed" && resource.evidence.absent !== true;
  const isOfToday = isNamed || origin === new URL(auth.token?.url ?? baseUrl).origin;
  return isOfToday ? [resource, server, keys] : [];
}

function newestOrigin({ observations }: IntegrationKnowledge, isMeant: (stored: StoredObservation) => boolean): string | undefined {
  return observations.filter(isMeant).sort((one, other) => other.observedAt - one.observedAt)[0]?.key.origin;
}

/** What came of nobody's answer is asked for again. */
function standsIn(observation: Observation, now: Instant): boolean {
  if (!isFresh(observation, ASKED_EVERY, now)) return false;
  const { outcome } = observation;
  if (outcome === "skipped") return BY_DECISION.includes(observation.failure.reason);
  return outcome !== "unreachable" && outcome !== "refused";
}

/** Most that is sent for it in one run. */
export const PUBLISHED_REQUESTS = 4;
const ASKED_EVERY = 7 * DAY;
/** Nobody is asked at a place that somebody else names elsewhere, nor whose keys are meant where a document speaks for somebody else. */
const BY_DECISION: readonly string[] = ["not_requested", "evidence_ambiguous"];
