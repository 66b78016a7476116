import { type NobodyHit, respond } from "../../../src/app/respond/respond.ts";
import { encodeObservation } from "../../../src/evidence/codec.ts";
import type { HeldCredential } from "../../../src/evidence/kinds.ts";
import type { Observation } from "../../../src/evidence/observation.ts";
import type { BreachResponse } from "../../../src/model/breach-response.ts";
import { canonicalJson } from "../../../src/model/digest.ts";
import { integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { HistoryStore, LastKnown } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Integration, IntegrationAuth } from "../../../src/model/integration.ts";
import type { Result } from "../../../src/model/result.ts";
import { anIntegration, heldCredential, NOW } from "../../judge/builders.ts";

/** An integration of its own provider, with a credential of its own. */
export function integration(
  id: string,
  over: Omit<Partial<Integration>, "auth"> & { readonly auth?: Partial<IntegrationAuth> } = {},
): Integration {
  const { auth, ...rest } = over;
  return anIntegration({
    id,
    uid: integrationIdentity(id, []),
    name: id,
    baseUrl: `https://api.${id}.example`,
    auth: { scheme: "bearer", credential: `env:${id.toUpperCase().replaceAll("-", "_")}_KEY`, neededScopes: [], ...auth },
    ...rest,
  });
}

/** What history keeps of it after an audit that saw it. */
export function remembered(declared: Integration, observations: readonly Observation[] = [], over: Partial<LastKnown> = {}): LastKnown {
  const { uid, id, name, owner, criticality } = declared;
  const kept = { ...declared, headers: Object.keys(declared.headers) };
  return {
    uid,
    id,
    name,
    ...(owner === undefined ? {} : { owner }),
    criticality,
    firstSeenAt: NOW - 300 * DAY,
    vantage: "local",
    lastAuditAt: NOW - DAY,
    visibility: "observed",
    lastSeenAt: NOW - DAY,
    open: {},
    configuration: canonicalJson({ integration: kept, policy: { packs: [], rules: {} } }),
    observations: observations.map(encodeObservation),
    ...over,
  };
}

/** What was seen of the clients' credential of an integration. */
export function looked({ baseUrl }: Integration, value: string, more: Partial<HeldCredential> = {}): Observation {
  const fingerprint = { keyId: "0a1b2c3d", value: value.repeat(32).slice(0, 32) };
  const seen = { keyId: fingerprint.keyId, fingerprints: [{ value: fingerprint.value, since: NOW - 10 * DAY }] };
  return heldCredential({ fingerprint, seen, ...more }, new URL(baseUrl).origin);
}

export function asking(
  provider: string,
  inventory: readonly Integration[] | undefined,
  history: readonly LastKnown[] | undefined,
): Promise<Result<BreachResponse, NobodyHit>> {
  return respond(history === undefined ? undefined : storeOf(history), {
    now: NOW,
    provider,
    inventory: async () =>
      inventory === undefined ? undefined : { file: "apirisk.yaml", integrations: inventory, policy: { packs: [], rules: {} } },
  });
}

export async function answered(...question: Parameters<typeof asking>): Promise<BreachResponse> {
  const found = await asking(...question);
  if (!found.ok) throw new Error(`nobody is hit by ${found.error.shown}`);
  return found.value;
}

/** Answers the one question that is asked of it, and no other. */
function storeOf(history: readonly LastKnown[]): HistoryStore {
  const lastKnown: HistoryStore["lastKnown"] = async (kinds, uids) =>
    history
      .filter(({ uid }) => uids?.includes(uid) ?? true)
      .map((one) => ({ ...one, observations: one.observations.filter(({ kind }) => kinds.includes(kind)) }));
  return { lastKnown } as unknown as HistoryStore;
}
