/** What may be known of a published set of keys (RFC 7517 section 5): no key, and of a key that should be secret not even a hash. */
export interface KeySetFacts {
  readonly keys: readonly PublishedKey[];
  /** Keys that were not looked at for their number. */
  readonly unread: number;
  /** There are more keys than are looked at. */
  readonly cut?: true;
}

export interface PublishedKey {
  readonly kty: "RSA" | "EC" | "OKP" | "oct" | "other";
  readonly use: "sig" | "enc" | "other" | "absent";
  /** As registered; `other` for any other word. */
  readonly alg?: string;
  /** The algorithm is none that a key of this type and curve can serve. */
  readonly misfit: boolean;
  readonly kid: "absent" | "unique" | "duplicate";
  /** Of the kid: first 12 hex digits of its SHA-256. */
  readonly kidHash?: string;
  /** Bit length of an RSA modulus. */
  readonly bits?: number;
  /** Public exponent; 0 where it has more than 32 bits. */
  readonly exponent?: number;
  readonly curve?: string;
  /** Names of members that only the owner may have. */
  readonly privateMembers: readonly string[];
  /** RFC 7638, SHA-256 in hex; of public keys alone. */
  readonly thumbprint?: string;
  /** When the first certificate beside it ends: epoch milliseconds. */
  readonly certificateEnds?: number;
}

export const KEY_CURVES = ["P-256", "P-384", "P-521", "secp256k1", "Ed25519", "Ed448", "X25519", "X448"] as const;
