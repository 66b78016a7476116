import { DAY, HOUR } from "../../model/instant.ts";
import { ATTRIBUTE, between, type DeclaredAuth, known } from "./auth-declared.ts";
import type { AuthAnswer } from "./auth-strength.ts";

/** The levels that several schemes come to by the same attributes. */

/** A token that is sent as it is. Longer than 90 days is as good as for ever. */
export function tokenSent({ expiry, lifetime }: DeclaredAuth, isInUrl: boolean): AuthAnswer<"observer"> {
  if (expiry === "no" || expiry === "optional") return known(isInUrl ? "bearer-inf-url" : "bearer-inf");
  if (lifetime === undefined) {
    return isInUrl ? between("bearer-inf-url", "bearer-1h-url", ATTRIBUTE.expiry) : between("bearer-inf", "bearer-1h", ATTRIBUTE.expiry);
  }
  if (lifetime <= HOUR) return known(isInUrl ? "bearer-1h-url" : "bearer-1h");
  if (lifetime <= DAY) return known(isInUrl ? "bearer-24h-url" : "bearer-24h");
  if (isInUrl) return known("bearer-inf-url");
  return known(lifetime <= 90 * DAY ? "bearer-90d" : "bearer-inf");
}

/** The secret itself is kept: a key, a token. */
export function secretKept({ storage, expiry }: DeclaredAuth): AuthAnswer<"thief"> {
  if (storage === "ip-restricted") return known("shared+ip");
  if (storage === "password") return known("password");
  if (storage === "none") return known("none");
  const ends = expiry === "yes";
  const least = ends ? "shared-forced-rotation" : "shared";
  if (storage === undefined) return between(least, "shared+ip", ATTRIBUTE.storage, ...(expiry === undefined ? [ATTRIBUTE.expiry] : []));
  return expiry === undefined ? between("shared", "shared-forced-rotation", ATTRIBUTE.expiry) : known(least);
}

/** A private key is kept, or nothing. */
export function keyKept({ storage }: DeclaredAuth): AuthAnswer<"thief"> {
  if (storage === "key-hardware") return known("key-hw");
  if (storage === "none") return known("none");
  return storage === undefined ? between("key-file", "key-hw", ATTRIBUTE.storage) : known("key-file");
}

/** What a client keeps to be given tokens. A declared place counts before the way of authentication, which it must fit. */
export function clientKept(declared: DeclaredAuth): AuthAnswer<"thief"> {
  const { storage, clientAuth } = declared;
  if (clientAuth !== undefined && BY_KEY.includes(clientAuth)) return keyKept(declared);
  if (storage === "key-file" || storage === "key-hardware" || storage === "none") return keyKept(declared);
  if (storage === "password") return known("password");
  if (storage === "ip-restricted") return known("shared+ip");
  if (storage === "shared") return known("shared");
  return clientAuth === undefined
    ? between("shared", "none", ATTRIBUTE.clientAuth, ATTRIBUTE.storage)
    : between("shared", "shared+ip", ATTRIBUTE.storage);
}

/** What has to be guessed to be given tokens. */
export function clientGuessed(declared: DeclaredAuth): AuthAnswer<"forger"> {
  const { storage, clientAuth } = declared;
  if (clientAuth === "private_key_jwt") return signatureGuessed(declared);
  if (clientAuth === "client_secret_jwt") return known("hs");
  if (clientAuth === "tls_client_auth" || clientAuth === "self_signed_tls_client_auth") return known("x509");
  if (clientAuth === "none") return known("none");
  if (clientAuth !== undefined || storage === "shared" || storage === "ip-restricted") return known("random");
  if (storage === "key-file" || storage === "key-hardware" || storage === "none") return signatureGuessed(declared);
  return between("random", "ps-ed", ATTRIBUTE.clientAuth);
}

/** Made with a private key. */
export function signatureGuessed({ algorithm }: DeclaredAuth): AuthAnswer<"forger"> {
  const level = algorithm === undefined ? undefined : SIGNATURES[algorithm];
  return level === "rs" || level === "ps-ed" ? known(level) : between("rs", "ps-ed", ATTRIBUTE.algorithm);
}

/** Of a token that may be signed in any way. That it is not signed at all is believed where it is declared, and not assumed. */
export function tokenGuessed({ algorithm }: DeclaredAuth): AuthAnswer<"forger"> {
  const level = algorithm === undefined ? undefined : SIGNATURES[algorithm];
  return level === undefined ? between("hs", "ps-ed", ATTRIBUTE.algorithm) : known(level);
}

export function audienceOf({ audience }: DeclaredAuth): AuthAnswer<"recipient"> {
  if (audience === undefined) return between("bearer-noaud", "bearer-aud", ATTRIBUTE.audience);
  return known(audience === "yes" ? "bearer-aud" : "bearer-noaud");
}

const BY_KEY: readonly string[] = ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];

/** RFC 7518 section 3.1, RFC 8037 section 3.1. */
export const SIGNATURES: Readonly<Record<string, "none" | "hs" | "rs" | "ps-ed">> = {
  none: "none",
  HS256: "hs",
  HS384: "hs",
  HS512: "hs",
  RS256: "rs",
  RS384: "rs",
  RS512: "rs",
  ES256: "rs",
  ES384: "rs",
  ES512: "rs",
  PS256: "ps-ed",
  PS384: "ps-ed",
  PS512: "ps-ed",
  EdDSA: "ps-ed",
  Ed25519: "ps-ed",
};
