import { decodeObservation } from "../../evidence/codec.ts";
import type { EvidenceKind } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Standing } from "../../model/breach-response.ts";
import type { HistoryStore, LastKnown, StoredObservation } from "../../model/history-store.ts";
import type { Integration, Inventory } from "../../model/integration.ts";
import { storedConfiguration } from "../stored-configuration.ts";

/** An integration of the inventory or of history, with the newest that was seen of it. */
export interface KnownIntegration {
  /** As declared today, or else as of the last audit. */
  readonly integration: Integration;
  readonly standing: Standing;
  readonly remembered?: LastKnown;
  readonly observations: readonly Observation[];
}

export interface KnownEstate {
  /** The inventory's. */
  readonly file?: string;
  readonly known: readonly KnownIntegration[];
  /** Ids of those that history knows, and whose declaration cannot be read any more. */
  readonly unreadable: readonly string[];
}

/** Those of the inventory first, in its order; evidence of `kinds` alone. The inventory is read while the store looks for the rest. */
export async function knownIntegrations(
  store: HistoryStore | undefined,
  read: () => Promise<Inventory | undefined>,
  kinds: readonly EvidenceKind[],
): Promise<KnownEstate> {
  const [last, inventory] = await Promise.all([store?.lastKnown(kinds), read()]);
  const remembered = new Map(last?.map((one) => [one.uid, one]));
  const declared = (inventory?.integrations ?? []).map((integration): KnownIntegration => {
    const known = remembered.get(integration.uid);
    remembered.delete(integration.uid);
    return { integration, standing: "declared", observations: decoded(known?.observations ?? []), ...(known && { remembered: known }) };
  });
  const standing = inventory === undefined ? "remembered" : "removed";
  const others = [...remembered.values()].map((one): KnownIntegration | string => {
    const stored = storedConfiguration(one.configuration);
    if (!stored.ok) return one.id;
    return { integration: stored.value.integration, standing, remembered: one, observations: decoded(one.observations) };
  });
  return {
    ...(inventory === undefined ? {} : { file: inventory.file }),
    known: [...declared, ...others.filter((one) => typeof one !== "string")],
    unreadable: others.filter((one) => typeof one === "string"),
  };
}

/** More evidence of the same ones, by uid. */
export async function observationsOf(
  store: HistoryStore | undefined,
  uids: readonly string[],
  kinds: readonly EvidenceKind[],
): Promise<ReadonlyMap<string, readonly Observation[]>> {
  if (store === undefined || uids.length === 0) return new Map();
  return new Map((await store.lastKnown(kinds, uids)).map(({ uid, observations }) => [uid, decoded(observations)]));
}

export function ofKind<K extends EvidenceKind>(observations: readonly Observation[], kind: K): readonly Observation<K>[] {
  const found: readonly unknown[] = observations.filter((one) => one.kind === kind);
  return found as readonly Observation<K>[];
}

function decoded(stored: readonly StoredObservation[]): readonly Observation[] {
  return stored.flatMap((one) => decodeObservation(one, { carried: false }) ?? []);
}
