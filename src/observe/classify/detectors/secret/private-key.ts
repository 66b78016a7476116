import type { Surroundings } from "../../fields.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** PEM (RFC 7468), OpenSSH, PuTTY, PGP and age files, plain or in base64; the private members of a JWK (RFC 7518 section 6). */
export const privateKey: Detector = {
  class: "private_key",
  over: ["password", "api_key", "client_secret", "access_token", "webhook_secret", "otp_secret", "crypto_wallet"],
  inText: false,
  isNamed: (surroundings) => isKeyName(surroundings) || PHRASE_NAMES.test(surroundings.name),
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < MIN_LENGTH) return undefined;
    return (
      jwkHit(text, surroundings) ??
      fileHit(text) ??
      (text.startsWith(PEM_IN_BASE64) ? fileHit(fromBase64(text.slice(0, MAX_LENGTH))) : undefined) ??
      namedHit(text, surroundings)
    );
  },
};

function fileHit(text: string): Hit | undefined {
  const found = FILES.find(({ begin }) => begin.test(text));
  return found === undefined ? undefined : { confidence: 0.99, note: found.note, sample: isPlaceholder(text) };
}

/** A key without its frame: DER or raw bytes, in base64 or hexadecimal. Words that a key is made from (BIP 39) are one. */
function namedHit(text: string, surroundings: Surroundings): Hit | undefined {
  if (PHRASE_NAMES.test(surroundings.name))
    return PHRASE.test(text) ? { confidence: 0.95, note: "seed-phrase", cues: ["shape"] } : undefined;
  if (!isKeyName(surroundings) || !RAW.some((shape) => shape.test(text)) || text.includes("PUBLIC")) return undefined;
  return { confidence: 0.9, note: SYMMETRIC.test(surroundings.name) ? "symmetric" : "raw", sample: isPlaceholder(text), cues: ["shape"] };
}

function isKeyName({ name }: Surroundings): boolean {
  return NAMES.test(name) && !NOT_THE_KEY.test(name);
}

/** `d` beside `kty`, or the `k` of a symmetric key. The public members n, e, x and y are not secret. */
function jwkHit(text: string, { name, beside }: Surroundings): Hit | undefined {
  if (!beside.has("kty") || !BASE64URL.test(text)) return undefined;
  const isPrivate = JWK_PRIVATE.has(name) || (name === "k" && !beside.has("n") && !beside.has("x"));
  return isPrivate ? { confidence: 0.97, note: "jwk", sample: isPlaceholder(text) } : undefined;
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("latin1");
}

const MIN_LENGTH = 32;
const MAX_LENGTH = 64 * 1024;
const NAMES =
  /\b(?:private ?key|privkey|key pem|secret key pem|privater? schlussel|clave privada|chave privada|cle privee|encryption key|decryption key|aes key|symmetric key)\b/;
const SYMMETRIC = /\b(?:encryption|decryption|aes|symmetric) key\b/;
const NOT_THE_KEY =
  /\b(?:algorithm|alg|id|type|size|length|format|name|path|file|arn|url|uri|fingerprint|version|alias|status|source|sha 256|md 5)$|\bpublic\b/;
const PHRASE_NAMES = /\b(?:mnemonic|(?:seed|recovery|secret recovery|backup) (?:phrase|word)|seedphrase)(?: phrase| word)?$/;
/** 12 to 24 words of three to eight small letters. */
const PHRASE = /^[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23}$/;
const RAW: readonly RegExp[] = [
  /^(?:0x)?[0-9a-f]{64}$/i,
  /^(?:0x)?[0-9a-f]{128}$/i,
  /^(?=[^\s]*[A-Z])(?=[^\s]*[a-z])[A-Za-z0-9+/_-]{43}=?$/,
  /^MI[A-Za-z0-9+/\s]{60,}={0,2}$/,
  /^(?:[5KL][1-9A-HJ-NP-Za-km-z]{50,51}|[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112})$/,
];
const BASE64URL = /^[\w-]+$/;
const JWK_PRIVATE: ReadonlySet<string> = new Set(["d", "p", "q", "dp", "dq", "qi"]);
/** "-----BEGIN" */
const PEM_IN_BASE64 = "LS0tLS1CRUdJTi";
/** Each with the beginning of its content: a marker alone is documentation. */
const FILES: readonly { readonly note: string; readonly begin: RegExp }[] = [
  { note: "openssh", begin: /-----BEGIN OPENSSH PRIVATE KEY-----(?:\s|\\n)*[A-Za-z0-9+/]{16}/ },
  { note: "pgp", begin: /-----BEGIN PGP PRIVATE KEY BLOCK-----/ },
  { note: "pem", begin: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY-----(?:\s|\\n)*(?:[A-Za-z0-9+/]{16}|Proc-Type)/ },
  { note: "putty", begin: /^PuTTY-User-Key-File-\d/ },
  { note: "age", begin: /^AGE-SECRET-KEY-1[A-Z0-9]{30}/ },
];
