import type { EvidenceKind } from "./kinds.ts";

/** Turns the content of one version of a kind into the content of the next. Total: what an old version did not know stays unknown. */
export type Upcaster = (content: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * By kind and by the version that it starts from. Whoever raises a version in KIND_VERSIONS adds the way from the one before,
 * in the same change: stored evidence is judged again for years.
 */
export const UPCASTERS: Readonly<Partial<Record<EvidenceKind, Readonly<Record<number, Upcaster>>>>> = {};
