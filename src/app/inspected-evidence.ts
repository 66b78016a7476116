import type { EvidenceKind } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { type RawEvidence, redact } from "../evidence/redact.ts";
import type { Instant } from "../model/instant.ts";

/** Where a file is said to belong. */
export interface InspectedPlace {
  readonly origin: string;
  /** Undefined where nobody said it, and the origin is a stand-in. */
  readonly host?: string;
  readonly now: Instant;
}

/** Evidence that was made of a file, and what is shown of it. */
export interface InspectedEvidence {
  readonly observation: Observation;
  readonly format: string;
  readonly records: number | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** An observation as a probe of the same name would make it; what is shown is what would be stored. */
export function inspectedEvidence<K extends EvidenceKind & ("token" | "jwks" | "oauth-metadata")>(
  kind: K,
  raw: RawEvidence[K],
  { origin, now }: InspectedPlace,
  about: Pick<InspectedEvidence, "format" | "records"> & { readonly name: string },
): InspectedEvidence {
  const evidence = redact(kind, raw, (unscrubbed) => unscrubbed);
  const observation = { probe: kind, kind, key: { origin }, observedAt: now, durationMs: 0, outcome: "observed", evidence };
  return {
    observation: observation as unknown as Observation,
    format: about.format,
    records: about.records,
    facts: { [about.name]: evidence },
  };
}
