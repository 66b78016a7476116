/** What may be known of a token of ours: names, numbers and words of our own, and no value. */
export interface TokenFacts {
  /** `jws` and `jwe` in compact form (RFC 7515 section 7.1, RFC 7516 section 7.1); everything else is `opaque`. */
  readonly format: "jws" | "jwe" | "opaque";
  /** Of a JWS or a JWE. */
  readonly header?: TokenHeader;
  /** Of a JWS: a JWE's are for whoever has its key. Absent where they are no JSON object. */
  readonly claims?: TokenClaims;
  /** Of a JWS. */
  readonly signatureBytes?: number;
  /** An HMAC is made with a word that everybody tries first. Absent where nobody tried. */
  readonly guessed?: boolean;
  /** Of what is no JWT. */
  readonly opaque?: OpaqueToken;
}

export interface TokenHeader {
  /** As registered (RFC 7518 section 3.1 and its successors); `other` for any other word. `none` in whatever case. */
  readonly alg: string;
  readonly typ: "jwt" | "at+jwt" | "dpop+jwt" | "other" | "absent";
  readonly kid: "absent" | "safe" | "unsafe";
  /** Members that say where the key is, or bring it along (RFC 7515 section 4.1). */
  readonly keys: readonly { readonly member: KeyMember; readonly at: "inside" | "https" | "http" | "address" | "elsewhere" }[];
}

export const KEY_MEMBERS = ["jku", "jwk", "x5c", "x5u"] as const;
export type KeyMember = (typeof KEY_MEMBERS)[number];

export interface TokenClaims {
  /** Epoch milliseconds; absent where the claim is, or is no number. */
  readonly exp?: number;
  readonly iat?: number;
  readonly nbf?: number;
  readonly audience: TokenAudience;
  readonly scopes: readonly string[];
  /** Sorted; a name that looks like a value is masked. */
  readonly names: readonly string[];
  /** Claims that are not listed for their number. */
  readonly unlisted: number;
  readonly malformed: readonly (typeof CHECKED_CLAIMS)[number][];
  /** Claims of an ID token (OpenID Connect Core section 2). */
  readonly ofIdToken: readonly (typeof ID_TOKEN_CLAIMS)[number][];
  readonly sensitive: readonly { readonly name: string; readonly class: string; readonly by: "name" | "value" }[];
}

export const CHECKED_CLAIMS = ["exp", "iat", "nbf", "scope"] as const;
export const ID_TOKEN_CLAIMS = ["at_hash", "auth_time", "c_hash", "nonce"] as const;

export interface TokenAudience {
  /** Values of `aud`, of which those that only name the issuer do not count. */
  readonly services: number;
  /** One of them is for anybody. */
  readonly any: boolean;
  /** `opaque`: identifiers that only a declaration could be compared with. `unknown`: nobody said for whom it is. */
  readonly match: "absent" | "ours" | "another" | "opaque" | "unknown";
}

export interface OpaqueToken {
  readonly length: number;
  /** Of a prefix that data/credential-prefixes.json lists. */
  readonly provider?: string;
  readonly class?: CredentialClass;
  /** No more than this: characters after prefix and checksum, each as good as its alphabet. */
  readonly atMostBits: number;
  readonly shape: "unknown" | "uuid" | "time-uuid" | "repeated";
}

export const CREDENTIAL_CLASSES = ["secret", "publishable", "identifier", "personal", "legacy", "test"] as const;
export type CredentialClass = (typeof CREDENTIAL_CLASSES)[number];
