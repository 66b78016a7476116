import type { PublicKey } from "./certificate.ts";
import { DerError, DerReader, read, readInteger, TAG } from "./der.ts";
import { KEY_ID, keyObject } from "./signature.ts";

export interface KeyFacts {
  /** "rsa", "rsa-pss", "ecdsa", "ed25519", "ed448", "dsa", or "other" for what we do not know. */
  readonly type: string;
  /** Of the modulus of an RSA key, of the prime of a DSA key, or of the order of a curve; undefined where it cannot be read. */
  readonly bits?: number;
  /** "secp256r1" of an elliptic curve that has a name. */
  readonly curve?: string;
  /** Of an RSA key; absent where it cannot be read, or is longer than anybody computes with. */
  readonly modulus?: bigint;
  readonly exponent?: bigint;
  /** The curve is spelled out in the place of its name, which RFC 5480 section 2.1.1 forbids. */
  readonly isExplicitCurve?: true;
}

/** What can be said of a public key without its owner. Read once for each key. */
export function keyFacts(key: PublicKey): KeyFacts {
  const facts = known.get(key) ?? readFacts(key);
  known.set(key, facts);
  return facts;
}

/** Below this, clients of today do not go: OpenSSL's security level 2 (112 bits), its default since 3.2. What cannot be read is not called weak. */
export function isStrongKey(key: PublicKey): boolean {
  const { type, bits } = keyFacts(key);
  if (type === "dsa") return false;
  return bits === undefined || bits >= (type.startsWith("rsa") ? LEAST_RSA : LEAST_CURVE);
}

/** Of a curve by its name: "secp256r1". */
export function curveBits(name: string): number | undefined {
  return Object.values(CURVES).find((curve) => curve.name === name)?.bits;
}

function readFacts(key: PublicKey): KeyFacts {
  const type = TYPES[key.algorithm.id] ?? "other";
  switch (type) {
    case "rsa":
    case "rsa-pss":
      return { type, ...(read(() => rsaFacts(key)) ?? nodesFacts(key)) };
    case "dsa":
      return { type, ...(read(() => dsaFacts(key)) ?? {}) };
    case "ecdsa": {
      const curve = CURVES[Buffer.from(key.algorithm.parameters ?? new Uint8Array()).toString("hex")];
      if (curve !== undefined) return { type, curve: curve.name, bits: curve.bits };
      return key.algorithm.parameters?.[0] === TAG.objectIdentifier ? { type } : { type, isExplicitCurve: true };
    }
    default:
      return { type };
  }
}

/** RSAPublicKey (RFC 8017 appendix A.1.1). */
function rsaFacts({ bits: octets }: PublicKey): Omit<KeyFacts, "type"> {
  const whole = new DerReader(octets);
  const numbers = whole.read(TAG.sequence, "RSAPublicKey");
  const modulus = positive(numbers, "modulus");
  const exponent = positive(numbers, "publicExponent");
  numbers.end("RSAPublicKey");
  whole.end("RSAPublicKey");
  const bits = bitLength(modulus);
  const isComputable = bits <= LONGEST && bitLength(exponent) <= LONGEST;
  return { bits, ...(isComputable && { modulus: numberOf(modulus), exponent: numberOf(exponent) }) };
}

/** OpenSSL forgives encodings that DER does not allow. */
function nodesFacts(key: PublicKey): Omit<KeyFacts, "type"> {
  const length = keyObject(key)?.asymmetricKeyDetails?.modulusLength;
  return length === undefined ? {} : { bits: length };
}

/** Dss-Parms (RFC 3279 section 2.3.2): the prime comes first. */
function dsaFacts({ algorithm: { parameters } }: PublicKey): Omit<KeyFacts, "type"> {
  const numbers = new DerReader(parameters ?? new Uint8Array()).read(TAG.sequence, "Dss-Parms");
  return { bits: bitLength(positive(numbers, "p")) };
}

/** Octets of an INTEGER that is not negative, without the octet that says so. */
function positive(reader: DerReader, field: string): Uint8Array {
  const octets = readInteger(reader.read(TAG.integer, field), field);
  if ((octets[0] ?? 0) >= 0x80) throw new DerError(field);
  return octets[0] === 0 ? octets.subarray(1) : octets;
}

function bitLength(octets: Uint8Array): number {
  return octets.length === 0 ? 0 : octets.length * 8 - Math.clz32(octets[0] ?? 0) + 24;
}

function numberOf(octets: Uint8Array): bigint {
  return octets.length === 0 ? 0n : BigInt(`0x${Buffer.from(octets).toString("hex")}`);
}

const known = new WeakMap<PublicKey, KeyFacts>();
/** OpenSSL's bound for a modulus that it computes with. */
const LONGEST = 16_384;
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

/** RFC 5480 section 2.1.1.1, RFC 5639, SEC 2: the parameters in DER, in hexadecimal. Of binary fields, the degree. */
const CURVES: Readonly<Record<string, { readonly name: string; readonly bits: number }>> = {
  "06052b81040006": { name: "secp112r1", bits: 112 },
  "06052b81040007": { name: "secp112r2", bits: 112 },
  "06052b8104001c": { name: "secp128r1", bits: 128 },
  "06052b8104001d": { name: "secp128r2", bits: 128 },
  "06052b81040008": { name: "secp160r1", bits: 160 },
  "06052b81040009": { name: "secp160k1", bits: 160 },
  "06052b8104001e": { name: "secp160r2", bits: 160 },
  "06082a8648ce3d030101": { name: "secp192r1", bits: 192 },
  "06052b8104001f": { name: "secp192k1", bits: 192 },
  "06052b81040020": { name: "secp224k1", bits: 224 },
  "06052b81040021": { name: "secp224r1", bits: 224 },
  "06052b8104000a": { name: "secp256k1", bits: 256 },
  "06082a8648ce3d030107": { name: "secp256r1", bits: 256 },
  "06052b81040022": { name: "secp384r1", bits: 384 },
  "06052b81040023": { name: "secp521r1", bits: 521 },
  "06052b81040004": { name: "sect113r1", bits: 113 },
  "06052b81040005": { name: "sect113r2", bits: 113 },
  "06052b81040016": { name: "sect131r1", bits: 131 },
  "06052b81040017": { name: "sect131r2", bits: 131 },
  "06052b81040001": { name: "sect163k1", bits: 163 },
  "06052b81040002": { name: "sect163r1", bits: 163 },
  "06052b8104000f": { name: "sect163r2", bits: 163 },
  "06052b81040018": { name: "sect193r1", bits: 193 },
  "06052b81040019": { name: "sect193r2", bits: 193 },
  "06052b8104001a": { name: "sect233k1", bits: 233 },
  "06052b8104001b": { name: "sect233r1", bits: 233 },
  "06052b81040003": { name: "sect239k1", bits: 239 },
  "06052b81040010": { name: "sect283k1", bits: 283 },
  "06052b81040011": { name: "sect283r1", bits: 283 },
  "06052b81040024": { name: "sect409k1", bits: 409 },
  "06052b81040025": { name: "sect409r1", bits: 409 },
  "06052b81040026": { name: "sect571k1", bits: 571 },
  "06052b81040027": { name: "sect571r1", bits: 571 },
  "06092b2403030208010101": { name: "brainpoolP160r1", bits: 160 },
  "06092b2403030208010103": { name: "brainpoolP192r1", bits: 192 },
  "06092b2403030208010105": { name: "brainpoolP224r1", bits: 224 },
  "06092b2403030208010107": { name: "brainpoolP256r1", bits: 256 },
  "06092b2403030208010109": { name: "brainpoolP320r1", bits: 320 },
  "06092b240303020801010b": { name: "brainpoolP384r1", bits: 384 },
  "06092b240303020801010d": { name: "brainpoolP512r1", bits: 512 },
  "06082a811ccf5501822d": { name: "curveSM2", bits: 256 },
};
