import { type EvidenceKind, KIND_VERSIONS } from "./kinds.ts";

/** Turns the content of one version of a kind into the content of the next. Total: what an old version did not know stays unknown. */
export type Upcaster = (content: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * By kind and by the version that it starts from. Whoever raises a version in KIND_VERSIONS adds the way from the one before,
 * in the same change: stored evidence is judged again for years.
 */
const UPCASTERS: Upcasters = {
  // Version 1 asked about versions alone: of suites, groups and features it knew nothing.
  // Version 2 kept of a leaf its hash and its key.
  tls: {
    1: (content) => ({ ...content, groups: [], signatureSchemes: [], certificates: [], features: {}, quirks: [] }),
    2: (content) => ({ ...content, chains: [], served: [] }),
  },
  // Version 1 asked for no staple.
  "tls-session": { 1: (content) => content },
  // Version 1 noted neither aliases that came back nor name servers that are not told any more.
  domain: { 1: (content) => content },
  // Version 1 kept of a challenge the names alone, and not that it was malformed.
  // Version 2 looked neither for our credential in the answer, nor at cookies, nor whether it came from a cache.
  // Version 3 kept names of fields and some values, and nothing of what the others say.
  // Version 4 looked for nothing in a body that acts on its reader, and counted neither what is filled nor its octets.
  "http-response": { 1: (content) => content, 2: (content) => content, 3: (content) => content, 4: (content) => content },
  "http-unauthenticated": { 1: (content) => content },
};

type Upcasters = Readonly<Partial<Record<EvidenceKind, Readonly<Record<number, Upcaster>>>>>;

/** Today's version of every kind, and the ways that lead to it. */
export interface Lineage {
  readonly versions: Readonly<Record<EvidenceKind, number>>;
  readonly upcasters: Upcasters;
}

export const LINEAGE: Lineage = { versions: KIND_VERSIONS, upcasters: UPCASTERS };
