import { X509Certificate } from "node:crypto";
import { canonicalJson, sha256Hex } from "../../model/digest.ts";
import { algorithmName, isFitting } from "../../model/jose.ts";
import { KEY_CURVES, type KeySetFacts, type PublishedKey } from "../../model/key-set.ts";
import { isObject, type JsonObject, jsonObject } from "./bounded-json.ts";

/** A document with a list of keys, or a single key, as facts; at most 2000 keys. Undefined for what is neither, or longer than 512 KB. */
export function keySetFacts(text: string): KeySetFacts | undefined {
  const document = jsonObject(text, MAX_DOCUMENT);
  if (document === undefined) return undefined;
  const listed = Array.isArray(document["keys"]) ? document["keys"] : typeof document["kty"] === "string" ? [document] : undefined;
  if (listed === undefined) return undefined;
  const members = listed.slice(0, MAX_KEYS).filter(isObject);
  const alike = (one: JsonObject, other: JsonObject) =>
    one["kid"] !== undefined && one["kid"] === other["kid"] && one["kty"] === other["kty"];
  const keys = members.map((member) => keyFacts(member, members.filter((other) => alike(member, other)).length));
  return { keys, unread: listed.length - keys.length, ...(listed.length > MAX_KEYS && { cut: true as const }) };
}

/** Keys of different types may share a kid where one stands for the other (RFC 7517 section 4.5): namesakes are of one type. */
function keyFacts(key: JsonObject, namesakes: number): PublishedKey {
  const { kid, alg } = key;
  const kty = KEY_TYPES.find((type) => type === key["kty"]) ?? "other";
  const privateMembers = PRIVATE_MEMBERS.filter((member) => isGiven(key[member]));
  const isPublic = privateMembers.length === 0 && kty !== "oct";
  const curve = typeof key["crv"] === "string" ? (KEY_CURVES.find((name) => name === key["crv"]) ?? "other") : undefined;
  const algorithm = typeof alg === "string" ? algorithmName(alg) : undefined;
  const thumbprint = isPublic ? thumbprintOf(kty, key) : undefined;
  const certificateEnds = endOf(key["x5c"]);
  return {
    kty,
    use: key["use"] === undefined ? "absent" : key["use"] === "sig" || key["use"] === "enc" ? key["use"] : "other",
    misfit: algorithm !== undefined && !isFitting(algorithm, kty, curve),
    kid: kid === undefined ? "absent" : namesakes > 1 ? "duplicate" : "unique",
    privateMembers,
    ...(algorithm !== undefined && { alg: algorithm }),
    ...(curve !== undefined && { curve }),
    ...(isPublic && typeof kid === "string" && { kidHash: sha256Hex(kid).slice(0, 12) }),
    ...(kty === "RSA" && rsaFacts(key)),
    ...(thumbprint !== undefined && { thumbprint }),
    ...(certificateEnds !== undefined && { certificateEnds }),
  };
}

/** Serialisers write null, or nothing in quotes, where a member is absent. */
function isGiven(member: unknown): boolean {
  return member !== undefined && member !== null && member !== "";
}

function rsaFacts({ n, e }: JsonObject): Pick<PublishedKey, "bits" | "exponent"> {
  const modulus = typeof n === "string" ? withoutZeros(n) : undefined;
  const exponent = typeof e === "string" ? withoutZeros(e) : undefined;
  return {
    ...(modulus !== undefined && modulus.length > 0 && { bits: modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24 }),
    ...(exponent !== undefined && { exponent: exponent.length > 4 ? 0 : exponent.reduce((sum, byte) => sum * 256 + byte, 0) }),
  };
}

/** Some write the leading zero byte that ASN.1 has (RFC 7518 section 6.3.1.1 forbids it). */
function withoutZeros(base64url: string): Buffer {
  const bytes = Buffer.from(base64url.slice(0, MAX_MEMBER), "base64url");
  const first = bytes.findIndex((byte) => byte !== 0);
  return bytes.subarray(first === -1 ? bytes.length : first);
}

/** RFC 7638 section 3.2, RFC 8037 section 2: the members that make the key, and no other. */
function thumbprintOf(kty: PublishedKey["kty"], key: JsonObject): string | undefined {
  const members = THUMBPRINT_MEMBERS[kty] ?? [];
  const required = Object.fromEntries(members.map((member) => [member, key[member]]));
  const isWhole = members.length > 0 && Object.values(required).every((value) => typeof value === "string");
  return isWhole ? sha256Hex(canonicalJson(required)) : undefined;
}

function endOf(x5c: unknown): number | undefined {
  const [first]: readonly unknown[] = Array.isArray(x5c) ? x5c : [];
  if (typeof first !== "string") return undefined;
  try {
    const ends = Date.parse(new X509Certificate(Buffer.from(first, "base64")).validTo);
    return Number.isNaN(ends) ? undefined : ends;
  } catch {
    return undefined;
  }
}

const MAX_DOCUMENT = 512 * 1024;
const MAX_KEYS = 2000;
const MAX_MEMBER = 16 * 1024;
const KEY_TYPES = ["RSA", "EC", "OKP", "oct"] as const;
/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1; `priv` is of AKP (draft-ietf-cose-dilithium section 3). */
const PRIVATE_MEMBERS = ["d", "dp", "dq", "k", "oth", "p", "priv", "q", "qi"];
const THUMBPRINT_MEMBERS: Readonly<Partial<Record<PublishedKey["kty"], readonly string[]>>> = {
  RSA: ["e", "kty", "n"],
  EC: ["crv", "kty", "x", "y"],
  OKP: ["crv", "kty", "x"],
};
