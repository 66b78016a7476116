import type { Secret } from "./secret.ts";

/** A private key that our clients sign with, and what may be said of it. */
export interface SigningKey {
  /** PKCS #8 in PEM, not locked. */
  readonly pem: Secret;
  /** What it can sign with (RFC 7518 section 3.1, RFC 8037 section 3.1), the usual one first. At least one. */
  readonly algorithms: readonly [SigningAlgorithm, ...SigningAlgorithm[]];
  /** Of the service account whose key file it came in. */
  readonly account?: { readonly id: string; readonly keyId?: string };
}

export const SIGNING_ALGORITHMS = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A JWT of ours (RFC 7523 section 3). It is signed where it is sent, with its own id and an end after minutes, and is a secret from then on. */
export class Assertion {
  readonly claims: Readonly<Record<string, string>>;
  readonly key: Secret;
  readonly algorithm: SigningAlgorithm;
  readonly keyId: string | undefined;

  /** @param key PKCS #8 in PEM, or the text that an HMAC is made with */
  constructor(claims: Assertion["claims"], key: Secret, algorithm: SigningAlgorithm, keyId?: string) {
    this.claims = claims;
    this.key = key;
    this.algorithm = algorithm;
    this.keyId = keyId;
  }
}
