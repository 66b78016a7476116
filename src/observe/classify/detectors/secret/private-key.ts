import type { Surroundings } from "../../fields.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** PEM (RFC 7468), OpenSSH, PuTTY, PGP and age files, plain or in base64; the private members of a JWK (RFC 7518 section 6). */
export const privateKey: Detector = {
  class: "private_key",
  over: ["password", "api_key"],
  inText: false,
  isNamed: ({ name }) =>
    /\b(?:private ?key|privkey|key pem|secret key pem)\b/.test(name) && !/\b(?:algorithm|id|type|size|length|format)$/.test(name),
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < MIN_LENGTH) return undefined;
    return jwkHit(text, surroundings) ?? fileHit(text) ?? (text.startsWith(PEM_IN_BASE64) ? fileHit(fromBase64(text)) : undefined);
  },
};

function fileHit(text: string): Hit | undefined {
  const found = FILES.find(({ begin }) => begin.test(text));
  return found === undefined ? undefined : { confidence: 0.99, note: found.note, sample: isPlaceholder(text) };
}

/** `d` beside `kty`, or the `k` of a symmetric key. The public members n, e, x and y are not secret. */
function jwkHit(text: string, { name, beside }: Surroundings): Hit | undefined {
  if (!beside.has("kty") || !BASE64URL.test(text)) return undefined;
  const isPrivate = name === "d" || (name === "k" && !beside.has("n") && !beside.has("x"));
  return isPrivate ? { confidence: 0.97, note: "jwk", sample: isPlaceholder(text) } : undefined;
}

function fromBase64(text: string): string {
  return Buffer.from(text, "base64").toString("latin1");
}

const MIN_LENGTH = 32;
const BASE64URL = /^[\w-]+$/;
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
