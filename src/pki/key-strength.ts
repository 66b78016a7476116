import type { PublicKey } from "./certificate.ts";
import { TAG } from "./der.ts";
import { KEY_ID, keyObject } from "./signature.ts";

export interface KeyFacts {
  /** "rsa", "rsa-pss", "ecdsa", "ed25519", "ed448", "dsa", or "other" for what we do not know. */
  readonly type: string;
  /** Of the modulus of an RSA key, or of the order of a curve; undefined where it cannot be read. */
  readonly bits?: number;
  /** "secp256r1" of an elliptic curve that has a name. */
  readonly curve?: string;
  readonly exponent?: bigint;
  /** The curve is spelled out in the place of its name, which RFC 5480 section 2.1.1 forbids. */
  readonly isExplicitCurve?: true;
}

/** What can be said of a public key without its owner. */
export function keyFacts(key: PublicKey): KeyFacts {
  const type = TYPES[key.algorithm.id] ?? "other";
  if (type === "rsa" || type === "rsa-pss") return { type, ...rsaFacts(key) };
  if (type !== "ecdsa") return { type };
  const curve = CURVES[Buffer.from(key.algorithm.parameters ?? new Uint8Array()).toString("hex")];
  if (curve !== undefined) return { type, curve: curve.name, bits: curve.bits };
  return key.algorithm.parameters?.[0] === TAG.objectIdentifier ? { type } : { type, isExplicitCurve: true };
}

/** Below this, clients of today do not go: OpenSSL's security level 2 (112 bits), its default since 3.2. What cannot be read is not called weak. */
export function isStrongKey(key: PublicKey): boolean {
  const { type, bits } = keyFacts(key);
  if (type === "dsa") return false;
  return bits === undefined || bits >= (type.startsWith("rsa") ? LEAST_RSA : LEAST_CURVE);
}

function rsaFacts(key: PublicKey): Omit<KeyFacts, "type"> {
  const details = keyObject(key)?.asymmetricKeyDetails;
  return {
    ...(details?.modulusLength !== undefined && { bits: details.modulusLength }),
    ...(details?.publicExponent !== undefined && { exponent: details.publicExponent }),
  };
}

const LEAST_RSA = 2048;
const LEAST_CURVE = 224;

const TYPES: Readonly<Record<string, string>> = {
  [KEY_ID.rsa]: "rsa",
  [KEY_ID.rsaPss]: "rsa-pss",
  [KEY_ID.dsa]: "dsa",
  [KEY_ID.ec]: "ecdsa",
  [KEY_ID.ed25519]: "ed25519",
  [KEY_ID.ed448]: "ed448",
};

/** RFC 5480 section 2.1.1.1, RFC 5639, SEC 2: the parameters in DER, in hexadecimal. */
const CURVES: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  "06052b81040008": { name: "secp160r1", bits: 160 },
  "06082a8648ce3d030101": { name: "secp192r1", bits: 192 },
  "06052b8104001f": { name: "secp192k1", bits: 192 },
  "06052b81040020": { name: "secp224k1", bits: 224 },
  "06052b81040021": { name: "secp224r1", bits: 224 },
  "06052b8104000a": { name: "secp256k1", bits: 256 },
  "06082a8648ce3d030107": { name: "secp256r1", bits: 256 },
  "06052b81040022": { name: "secp384r1", bits: 384 },
  "06052b81040023": { name: "secp521r1", bits: 521 },
  "06092b2403030208010107": { name: "brainpoolP256r1", bits: 256 },
  "06092b240303020801010b": { name: "brainpoolP384r1", bits: 384 },
  "06092b240303020801010d": { name: "brainpoolP512r1", bits: 512 },
  "06082a811ccf5501822d": { name: "curveSM2", bits: 256 },
};
