import {
  checkPrimeSync,
  constants,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  generatePrimeSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { bitString, explicit, integer, nothing, objectIdentifier, sequence } from "../../../src/demo/der.ts";
import { contentOf, partsOf } from "./certificate-der.ts";

export interface KeyPair {
  /** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
  readonly publicKeyInfo: Uint8Array;
  /** There is none where the public half alone is of use, or where no signature can be made. */
  readonly privateKey: KeyObject | undefined;
}
export type KeyKind = keyof typeof MAKERS;
export type Digest = "md5" | "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

export function newKey(kind: KeyKind = "ec"): KeyPair {
  return MAKERS[kind]();
}

const shared = new Map<KeyKind, KeyPair>();

/** The same all through the process: for kinds that are slow to make. */
export function sharedKey(kind: KeyKind): KeyPair {
  const key = shared.get(kind) ?? newKey(kind);
  shared.set(kind, key);
  return key;
}

/** A key that is read but never signs, from an encoded SubjectPublicKeyInfo. */
export function publicOnly(publicKeyInfo: Uint8Array): KeyPair {
  return { publicKeyInfo, privateKey: undefined };
}

/** SHA-1 over the key without its algorithm (RFC 5280 section 4.2.1.2, method 1). */
export function keyIdentifierOf(key: KeyPair): Uint8Array {
  return createHash("sha1").update(keyBitsOf(key)).digest();
}

export function keyBitsOf(key: KeyPair): Uint8Array {
  const bits = partsOf(contentOf(key.publicKeyInfo))[1];
  if (bits === undefined) throw new Error("A SubjectPublicKeyInfo without a key.");
  return bits.content.subarray(1);
}

export interface SignatureOptions {
  readonly digest?: Digest;
  /** RSASSA-PSS with a salt as long as the digest. */
  readonly pss?: boolean;
}

export interface Signing {
  readonly algorithm: Uint8Array;
  signature(bytes: Uint8Array): Uint8Array;
}

export function signingWith(key: KeyPair, { digest = "sha256", pss = false }: SignatureOptions = {}): Signing {
  const { privateKey } = key;
  if (privateKey === undefined) throw new Error("This key has no private half to sign with.");
  const type = privateKey.asymmetricKeyType ?? "";
  const isPss = pss || type === "rsa-pss";
  const way = isPss ? { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: DIGEST[digest].bytes } : privateKey;
  return {
    algorithm: isPss ? pssAlgorithm(digest) : signatureAlgorithm(type, digest),
    signature: (bytes) => sign(type.startsWith("ed") ? null : digest, bytes, way),
  };
}

/** A SEQUENCE of what is to be signed, the algorithm and the signature: certificates, CRLs and OCSP responses alike. */
export function signed(toBeSigned: Uint8Array, signing: Signing, more: readonly Uint8Array[] = []): Uint8Array {
  return sequence(toBeSigned, signing.algorithm, bitString(signing.signature(toBeSigned)), ...more);
}

function signatureAlgorithm(type: string, digest: Digest): Uint8Array {
  const ids: Readonly<Record<string, string | undefined>> = {
    rsa: DIGEST[digest].withRsa,
    ec: DIGEST[digest].withEcdsa,
    dsa: DIGEST[digest].withDsa,
    ed25519: "1.3.101.112",
    ed448: "1.3.101.113",
  };
  const id = ids[type];
  if (id === undefined) throw new Error(`There is no signature of ${type} with ${digest}.`);
  return sequence(objectIdentifier(id), ...(type === "rsa" ? [nothing()] : []));
}

/** RFC 4055 section 3.1. */
function pssAlgorithm(digest: Digest): Uint8Array {
  const hash = sequence(objectIdentifier(DIGEST[digest].id), nothing());
  const parameters = sequence(
    explicit(0, hash),
    explicit(1, sequence(objectIdentifier("1.2.840.113549.1.1.8"), hash)),
    explicit(2, integer(Uint8Array.of(DIGEST[digest].bytes))),
  );
  return sequence(objectIdentifier("1.2.840.113549.1.1.10"), parameters);
}

/** RFC 3279 section 2.2, RFC 4055, RFC 5758. */
const DIGEST: Readonly<Record<Digest, DigestIds>> = {
  md5: { id: "1.2.840.113549.2.5", bytes: 16, withRsa: "1.2.840.113549.1.1.4" },
  sha1: {
    id: "1.3.14.3.2.26",
    bytes: 20,
    withRsa: "1.2.840.113549.1.1.5",
    withEcdsa: "1.2.840.10045.4.1",
    withDsa: "1.2.840.10040.4.3",
  },
  sha224: {
    id: "2.16.840.1.101.3.4.2.4",
    bytes: 28,
    withRsa: "1.2.840.113549.1.1.14",
    withEcdsa: "1.2.840.10045.4.3.1",
    withDsa: "2.16.840.1.101.3.4.3.1",
  },
  sha256: {
    id: "2.16.840.1.101.3.4.2.1",
    bytes: 32,
    withRsa: "1.2.840.113549.1.1.11",
    withEcdsa: "1.2.840.10045.4.3.2",
    withDsa: "2.16.840.1.101.3.4.3.2",
  },
  sha384: { id: "2.16.840.1.101.3.4.2.2", bytes: 48, withRsa: "1.2.840.113549.1.1.12", withEcdsa: "1.2.840.10045.4.3.3" },
  sha512: { id: "2.16.840.1.101.3.4.2.3", bytes: 64, withRsa: "1.2.840.113549.1.1.13", withEcdsa: "1.2.840.10045.4.3.4" },
};
interface DigestIds {
  readonly id: string;
  readonly bytes: number;
  readonly withRsa: string;
  readonly withEcdsa?: string;
  readonly withDsa?: string;
}

const MAKERS = {
  ec: () => ellipticKey("P-256"),
  p384: () => ellipticKey("P-384"),
  p521: () => ellipticKey("P-521"),
  p224: () => ellipticKey("secp224r1"),
  p192: () => ellipticKey("prime192v1"),
  secp256k1: () => ellipticKey("secp256k1"),
  brainpool: () => ellipticKey("brainpoolP256r1"),
  /** The curve is spelled out instead of named, which RFC 5480 section 2.1.1 forbids. */
  ecExplicit: () => from(generateKeyPairSync("ec", { namedCurve: "P-256", paramEncoding: "explicit" })),
  ed25519: () => from(generateKeyPairSync("ed25519")),
  ed448: () => from(generateKeyPairSync("ed448")),
  dsa: () => from(generateKeyPairSync("dsa", { modulusLength: 2048, divisorLength: 256 })),
  rsa: () => rsaKey(2048),
  rsa1024: () => rsaKey(1024),
  rsa2047: () => rsaKey(2047),
  rsa2052: () => rsaKey(2052),
  rsa3072: () => rsaKey(3072),
  rsa4096: () => rsaKey(4096),
  rsaPss: () => from(generateKeyPairSync("rsa-pss", { modulusLength: 2048 })),
  rsaExponent3: () => rsaKey(2048, 3),
  /** Everybody reads what is encrypted to it, and signs what it verifies. */
  rsaExponent1: () => publicRsa(modulusOf(sharedKey("rsa")), 1n),
  rsaExponentEven: () => publicRsa(modulusOf(sharedKey("rsa")), 65536n),
  rsaModulusEven: () => publicRsa(modulusOf(sharedKey("rsa")) - 1n, 65537n),
  rsaClosePrimes: closePrimes,
  rsaRoca: roca,
} as const;

function ellipticKey(namedCurve: string): KeyPair {
  return from(generateKeyPairSync("ec", { namedCurve }));
}

function rsaKey(modulusLength: number, publicExponent = 65537): KeyPair {
  return from(generateKeyPairSync("rsa", { modulusLength, publicExponent }));
}

function from({ publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }): KeyPair {
  return { publicKeyInfo: publicKey.export({ type: "spki", format: "der" }), privateKey };
}

/** Fermat's method finds the factors in its first steps. */
function closePrimes(): KeyPair {
  const p = generatePrimeSync(1024, { bigint: true });
  return rsaFromPrimes(p, nextPrime(p + 2n));
}

function nextPrime(from: bigint): bigint {
  let candidate = from | 1n;
  while (!usablePrime(candidate)) candidate += 2n;
  return candidate;
}

/** Primes k * M + (65537^a mod M), M the product of the first 126 primes (CVE-2017-15361, "ROCA"). */
function roca(): KeyPair {
  const product = firstPrimes(126).reduce((sum, prime) => sum * prime, 1n);
  return rsaFromPrimes(rocaPrime(product), rocaPrime(product));
}

function rocaPrime(product: bigint): bigint {
  for (;;) {
    const residue = power(65537n, randomBelow(1n << 64n), product);
    const smallest = (3n << 1022n) / product + 1n;
    const candidate = (smallest + randomBelow((1n << 1022n) / product - 2n)) * product + residue;
    if (usablePrime(candidate)) return candidate;
  }
}

function usablePrime(candidate: bigint): boolean {
  return (candidate - 1n) % F4 !== 0n && checkPrimeSync(candidate);
}

function firstPrimes(count: number): readonly bigint[] {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate++)
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  return primes;
}

function rsaFromPrimes(p: bigint, q: bigint): KeyPair {
  const d = inverse(F4, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: F4, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const fields = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, bytesOf(value).toString("base64url")]));
  const privateKey = createPrivateKey({ key: { kty: "RSA", ...fields }, format: "jwk" });
  return { publicKeyInfo: rsaInfo(numbers.n, numbers.e), privateKey };
}

function publicRsa(modulus: bigint, exponent: bigint): KeyPair {
  return publicOnly(rsaInfo(modulus, exponent));
}

/** RFC 3279 section 2.3.1. */
function rsaInfo(modulus: bigint, exponent: bigint): Uint8Array {
  return sequence(
    sequence(objectIdentifier("1.2.840.113549.1.1.1"), nothing()),
    bitString(sequence(integer(bytesOf(modulus)), integer(bytesOf(exponent)))),
  );
}

function modulusOf(key: KeyPair): bigint {
  const modulus = partsOf(contentOf(keyBitsOf(key)))[0];
  return BigInt(`0x${Buffer.from(modulus?.content ?? []).toString("hex")}`);
}

function bytesOf(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex");
}

function randomBelow(limit: bigint): bigint {
  return BigInt(`0x${randomBytes(bytesOf(limit).length + 8).toString("hex")}`) % limit;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return ((x % modulus) + modulus) % modulus;
}

const F4 = 65537n;
