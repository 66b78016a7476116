import type { Instant } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { DECLARED_KINDS, type EvidenceKind } from "./kinds.ts";
import type { Observation } from "./observation.ts";

/** Everything that is known of one integration at one moment: the input of the judge. Plain and immutable. */
export interface EvidenceBundle {
  readonly integration: Integration;
  readonly observations: readonly Observation[];
  /** The judge's clock. */
  readonly asOf: Instant;
}

export function observationsOf<K extends EvidenceKind>(bundle: EvidenceBundle, kind: K): readonly Observation<K>[] {
  return bundle.observations.filter((observation) => observation.kind === kind) as unknown as readonly Observation<K>[];
}

/** Older evidence beside the documents of now, which are part of what is declared. */
export function withDocumentsOf(now: readonly Observation[], older: readonly Observation[]): readonly Observation[] {
  return [...older.filter(({ kind }) => !DECLARED_KINDS.has(kind)), ...now.filter(({ kind }) => DECLARED_KINDS.has(kind))];
}
