import type { CipherSuite } from "../../catalog/cipher-suites.ts";
import { ByteReader } from "./reader.ts";
import type { RecordVersion } from "./version.ts";

/** What a ServerKeyExchange says: parameters, and the scheme of the signature over them where the version names it (TLS 1.2). */
export type ServerKeyExchange = KeyParameters & { readonly signatureScheme?: number };

type KeyParameters =
  /** RFC 8422 section 5.4; `group` is undefined for a curve that is spelled out, whose field has `bits`. */
  | { readonly type: "ecdhe"; readonly group?: number; readonly bits?: number; readonly publicKey: Uint8Array }
  /** RFC 5246 section 7.4.3. */
  | { readonly type: "dhe"; readonly prime: Uint8Array; readonly generator: Uint8Array; readonly publicKey: Uint8Array }
  /** An ephemeral RSA key, for EXPORT suites (RFC 2246 section 7.4.3). */
  | { readonly type: "rsa"; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /** A hint and no more (RFC 4279 section 2). */
  | { readonly type: "psk" }
  /** RFC 5054 section 2.5.3. */
  | { readonly type: "srp"; readonly prime: Uint8Array; readonly publicKey: Uint8Array }
  /** Of a key exchange that we do not know. */
  | { readonly type: "unread" };

/** Throws a `WireError`. What follows the parameters of a key exchange that signs them is not looked at beyond the scheme. */
export function decodeServerKeyExchange(
  body: Uint8Array,
  suite: Pick<CipherSuite, "keyExchange" | "authentication"> | undefined,
  version: RecordVersion,
): ServerKeyExchange {
  const reader = new ByteReader(body, "server-key-exchange", "malformed");
  const parameters = decodeParameters(reader, suite?.keyExchange);
  const signs = suite !== undefined && parameters.type !== "unread" && isSigned(suite);
  if (!signs || version !== "TLS 1.2") return parameters;
  return { ...parameters, signatureScheme: reader.uint(2, "signature_algorithm") };
}

function decodeParameters(reader: ByteReader, keyExchange: string | undefined): KeyParameters {
  if (keyExchange === undefined) return { type: "unread" };
  if (PSK_EXCHANGES.includes(keyExchange)) reader.vector(2, "psk_identity_hint");
  switch (keyExchange) {
    case "ECDHE":
    case "ECDHE_PSK":
      return decodeElliptic(reader);
    case "DHE":
    case "DHE_PSK":
      return decodeFiniteField(reader);
    case "RSA":
      return { type: "rsa", modulus: integer(reader, "modulus"), exponent: integer(reader, "exponent") };
    case "SRP":
      return decodeSrp(reader);
    case "PSK":
    case "RSA_PSK":
      return { type: "psk" };
    default:
      return { type: "unread" };
  }
}

function decodeElliptic(reader: ByteReader): KeyParameters {
  const curveType = reader.uint(1, "curve_type");
  if (curveType === NAMED_CURVE) {
    const group = reader.uint(2, "named_curve");
    return { type: "ecdhe", group, publicKey: reader.vector(1, "public", { min: 1 }).rest() };
  }
  if (curveType !== EXPLICIT_PRIME && curveType !== EXPLICIT_CHAR2) reader.malformed("curve_type");
  const bits = curveType === EXPLICIT_PRIME ? bitLength(reader.vector(1, "prime_p", { min: 1 }).rest()) : decodeBinaryField(reader);
  for (const field of ["curve.a", "curve.b", "base", "order", "cofactor"]) reader.vector(1, field);
  return { type: "ecdhe", bits, publicKey: reader.vector(1, "public", { min: 1 }).rest() };
}

/** RFC 4492 section 5.4: the degree, and the exponents of a trinomial or a pentanomial. */
function decodeBinaryField(reader: ByteReader): number {
  const degree = reader.uint(2, "m");
  const basis = reader.uint(1, "basis");
  if (basis !== TRINOMIAL && basis !== PENTANOMIAL) reader.malformed("basis");
  for (const field of basis === TRINOMIAL ? ["k"] : ["k1", "k2", "k3"]) reader.vector(1, field);
  return degree;
}

function decodeFiniteField(reader: ByteReader): KeyParameters {
  return { type: "dhe", prime: integer(reader, "dh_p"), generator: integer(reader, "dh_g"), publicKey: integer(reader, "dh_Ys") };
}

function decodeSrp(reader: ByteReader): KeyParameters {
  const prime = integer(reader, "srp_N");
  integer(reader, "srp_g");
  reader.vector(1, "srp_s");
  return { type: "srp", prime, publicKey: integer(reader, "srp_B") };
}

function integer(reader: ByteReader, field: string): Uint8Array {
  return reader.vector(2, field, { min: 1 }).rest();
}

function isSigned({ keyExchange, authentication }: Pick<CipherSuite, "keyExchange" | "authentication">): boolean {
  return !PSK_EXCHANGES.includes(keyExchange) && !["anon", "SRP"].includes(authentication);
}

/** Bits of a big-endian number; its leading zeros do not count. */
export function bitLength(number: Uint8Array): number {
  const digits = withoutLeadingZeros(number);
  return digits.length === 0 ? 0 : 8 * digits.length - Math.clz32(digits[0] ?? 0) + 24;
}

export function withoutLeadingZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex((octet) => octet !== 0);
  return first === -1 ? new Uint8Array() : number.subarray(first);
}

const PSK_EXCHANGES: readonly string[] = ["PSK", "RSA_PSK", "DHE_PSK", "ECDHE_PSK"];
const EXPLICIT_PRIME = 1;
const EXPLICIT_CHAR2 = 2;
const NAMED_CURVE = 3;
const TRINOMIAL = 1;
const PENTANOMIAL = 2;
