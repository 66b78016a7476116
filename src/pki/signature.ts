import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Algorithm, PublicKey, Signed } from "./certificate.ts";
import { readAlgorithm } from "./certificate.ts";
import { constructed, DerError, DerReader, read, readSmallInteger, TAG } from "./der.ts";

/** `unsupported`: an algorithm or a key that we, or this OpenSSL, cannot compute with. Not known is not wrong. */
export type SignatureVerdict = "valid" | "invalid" | "unsupported";

/** Whether the owner of the key signed. Costs one public-key operation. */
export function checkSignature({ signed, signature, algorithm }: Omit<Signed, "innerAlgorithm">, key: PublicKey): SignatureVerdict {
  const scheme = schemeOf(algorithm);
  if (scheme === undefined) return "unsupported";
  if (!scheme.keys.includes(key.algorithm.id)) return "invalid";
  const publicKey = keyObject(key);
  if (publicKey === undefined) return "unsupported";
  try {
    return verify(scheme.hash ?? null, signed, { key: publicKey, ...scheme.pss }, signature) ? "valid" : "invalid";
  } catch {
    return "unsupported";
  }
}

/** OpenSSL's digest of a signature algorithm: "sha256"; null where it has none of its own (EdDSA); undefined where we do not know it. */
export function digestOf(algorithm: Algorithm): string | null | undefined {
  return schemeOf(algorithm)?.hash;
}

/** With MD2 or MD5: anybody can make two texts that share such a signature. */
export function isForgeable(algorithm: Algorithm): boolean {
  const digest = digestOf(algorithm);
  return digest === "md2" || digest === "md5";
}

/** Undefined where this OpenSSL cannot read it. */
export function keyObject(key: PublicKey): KeyObject | undefined {
  const known = keys.get(key);
  if (known !== undefined) return known.object;
  const object = readableKey(key.spki);
  keys.set(key, { object });
  return object;
}

const keys = new WeakMap<PublicKey, { readonly object: KeyObject | undefined }>();

/** SubjectPublicKeyInfo in DER. Undefined where this OpenSSL cannot read it. */
export function readableKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

interface Scheme {
  readonly hash: string | null;
  /** Object identifiers of the keys that make it. */
  readonly keys: readonly string[];
  readonly pss?: { readonly padding: number; readonly saltLength: number };
}

export const KEY_ID = {
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: "1.2.840.113549.1.1.10",
  dsa: "1.2.840.10040.4.1",
  ec: "1.2.840.10045.2.1",
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
} as const;

function schemeOf(algorithm: Algorithm): Scheme | undefined {
  return algorithm.id === KEY_ID.rsaPss ? read(() => pssScheme(algorithm)) : SCHEMES[algorithm.id];
}

/** RSASSA-PSS-params (RFC 4055 section 3.1). */
function pssScheme({ id, parameters }: Algorithm): Scheme {
  const content = new DerReader(parameters ?? Uint8Array.of(TAG.sequence, 0)).read(TAG.sequence, "pss");
  const given = content.optional(constructed(0), "hashAlgorithm");
  const mask = content.optional(constructed(1), "maskGenAlgorithm");
  const salt = content.optional(constructed(2), "saltLength");
  const hash = given === undefined ? "sha1" : hashName(readAlgorithm(given, "hashAlgorithm"));
  const maskHash = mask === undefined ? "sha1" : maskHashName(readAlgorithm(mask, "maskGenAlgorithm"));
  // node has one digest for both, as has everybody (RFC 8017 section 9.1 recommends it).
  if (hash !== maskHash) throw new DerError("maskGenAlgorithm");
  const saltLength = salt === undefined ? 20 : readSmallInteger(salt.read(TAG.integer, "saltLength"), "saltLength");
  return { hash, keys: [KEY_ID.rsa, id], pss: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength } };
}

function maskHashName({ parameters }: Algorithm): string {
  return hashName(readAlgorithm(new DerReader(parameters ?? new Uint8Array()), "maskGenAlgorithm"));
}

function hashName({ id }: Algorithm): string {
  const name = HASHES[id];
  if (name === undefined) throw new DerError("hashAlgorithm");
  return name;
}

const HASHES: Readonly<Record<string, string>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};

const RSA = (hash: string): Scheme => ({ hash, keys: [KEY_ID.rsa] });
const ECDSA = (hash: string): Scheme => ({ hash, keys: [KEY_ID.ec] });
const DSA = (hash: string): Scheme => ({ hash, keys: [KEY_ID.dsa] });

/** RFC 3279 section 2.2, RFC 4055 section 5, RFC 5758, RFC 8410. */
const SCHEMES: Readonly<Record<string, Scheme>> = {
  "1.2.840.113549.1.1.2": RSA("md2"),
  "1.2.840.113549.1.1.4": RSA("md5"),
  "1.2.840.113549.1.1.5": RSA("sha1"),
  "1.3.14.3.2.29": RSA("sha1"),
  "1.2.840.113549.1.1.14": RSA("sha224"),
  "1.2.840.113549.1.1.11": RSA("sha256"),
  "1.2.840.113549.1.1.12": RSA("sha384"),
  "1.2.840.113549.1.1.13": RSA("sha512"),
  "1.2.840.10045.4.1": ECDSA("sha1"),
  "1.2.840.10045.4.3.1": ECDSA("sha224"),
  "1.2.840.10045.4.3.2": ECDSA("sha256"),
  "1.2.840.10045.4.3.3": ECDSA("sha384"),
  "1.2.840.10045.4.3.4": ECDSA("sha512"),
  "1.2.840.10040.4.3": DSA("sha1"),
  "2.16.840.1.101.3.4.3.1": DSA("sha224"),
  "2.16.840.1.101.3.4.3.2": DSA("sha256"),
  [KEY_ID.ed25519]: { hash: null, keys: [KEY_ID.ed25519] },
  [KEY_ID.ed448]: { hash: null, keys: [KEY_ID.ed448] },
};
