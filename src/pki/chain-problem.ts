/**
 * Why a path is not trusted, the first one first: what a reader should be told where several hold. `certificate` is its place in the path,
 * 0 being the leaf.
 */
export const CHAIN_PROBLEMS = [
  /** The leaf cannot be read. */
  "malformed",
  /** A search that a hostile chain keeps from ending, or names beyond what is compared: not known, and not trusted. */
  "too-complex",
  /** Signed in a way that cannot be checked here: not known, and not trusted. */
  "unsupported-algorithm",
  "unreadable-names",
  "no-names",
  "name-mismatch",
  "self-signed",
  "unknown-issuer",
  "incomplete",
  "bad-signature",
  "expired",
  "not-yet-valid",
  "issuer-expired",
  "issuer-not-yet-valid",
  "not-an-authority",
  "path-too-long",
  "name-not-permitted",
  "constraints-on-leaf",
  "wrong-usage",
  "weak-signature",
  "weak-key",
  "unreadable-key",
  "other-key-named",
  "unknown-critical-extension",
  "profile-violation",
] as const;
export type ChainProblemKind = (typeof CHAIN_PROBLEMS)[number];

export interface ChainProblem {
  readonly kind: ChainProblemKind;
  readonly certificate: number;
  /** Of a violation of the profile, which ones: words of src/pki/profile.ts. */
  readonly violations?: readonly string[];
}
