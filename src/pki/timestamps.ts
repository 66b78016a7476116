import { createHash, verify } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import { constructed, DerReader, read, TAG } from "./der.ts";
import { bigEndian, element } from "./der-write.ts";
import { EXTENSION_ID, readExtension } from "./extensions.ts";
import { readableKey, type SignatureVerdict } from "./signature.ts";

/** A log's promise to publish a certificate (RFC 6962 section 3.2). */
export interface Timestamp {
  /** SHA-256 of the log's key, in hexadecimal. */
  readonly logId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** CtExtensions, without their length. */
  readonly extensions: Uint8Array;
  /** Codes of TLS 1.2: 4 is SHA-256; 1 is RSA, 3 is ECDSA. */
  readonly hash: number;
  readonly algorithm: number;
  readonly signature: Uint8Array;
}

/** SignedCertificateTimestampList (RFC 6962 section 3.3). Undefined for what is none; those of versions to come are left out. `list` is hostile. */
export function parseTimestamps(list: Uint8Array): readonly Timestamp[] | undefined {
  const outer = new Octets(list);
  const inner = outer.vector(2);
  if (inner === undefined || !outer.isDone) return undefined;
  const items = new Octets(inner);
  const found: Timestamp[] = [];
  for (let count = 0; !items.isDone; count += 1) {
    const item = items.vector(2);
    if (item === undefined || item.length === 0 || count === MOST_TIMESTAMPS) return undefined;
    if (item[0] !== VERSION_1) continue;
    const timestamp = timestampOf(new Octets(item.subarray(1)));
    if (timestamp === undefined) return undefined;
    found.push(timestamp);
  }
  return found;
}

/** What a log signs about a certificate as it is: one whose timestamps came in the handshake or with an OCSP response. */
export function certificateEntry({ der }: Certificate): Uint8Array {
  return Buffer.concat([bigEndian(CERTIFICATE_ENTRY, 2), vector(3, der)]);
}

/**
 * What a log signs about a certificate to come: one that holds its timestamps itself. That is the signed part without them, beside the hash of
 * the issuer's key (RFC 6962 section 3.2). Undefined where the certificate holds none.
 */
export function precertificateEntry(leaf: Certificate, issuer: Certificate): Uint8Array | undefined {
  const toBeSigned = read(() => withoutTimestamps(leaf.signed));
  if (toBeSigned === undefined) return undefined;
  const issuerKey = createHash("sha256").update(issuer.key.spki).digest();
  return Buffer.concat([bigEndian(PRECERTIFICATE_ENTRY, 2), issuerKey, vector(3, toBeSigned)]);
}

/** Whether the log signed. `key` is its SubjectPublicKeyInfo in DER. Costs one public-key operation. */
export function checkTimestamp(timestamp: Timestamp, entry: Uint8Array, key: Uint8Array): SignatureVerdict {
  const object = readableKey(key);
  if (object === undefined) return "unsupported";
  if (timestamp.hash !== SHA256 || timestamp.algorithm !== ALGORITHMS[object.asymmetricKeyType ?? ""]) return "invalid";
  const { at, extensions, signature } = timestamp;
  const signed = Buffer.concat([Uint8Array.of(VERSION_1, CERTIFICATE_TIMESTAMP), bigEndian(at, 8), entry, vector(2, extensions)]);
  try {
    return verify("sha256", signed, object, signature) ? "valid" : "invalid";
  } catch {
    return "unsupported";
  }
}

function timestampOf(octets: Octets): Timestamp | undefined {
  const logId = octets.take(32);
  const at = octets.number(8);
  const extensions = octets.vector(2);
  const hash = octets.number(1);
  const algorithm = octets.number(1);
  const signature = octets.vector(2);
  if (logId === undefined || at === undefined || !Number.isSafeInteger(at) || extensions === undefined) return undefined;
  if (hash === undefined || algorithm === undefined || signature === undefined || !octets.isDone) return undefined;
  return { logId: Buffer.from(logId).toString("hex"), at, extensions, hash, algorithm, signature };
}

/** The signed part of a certificate, with one extension less and lengths that fit. */
function withoutTimestamps(signed: Uint8Array): Uint8Array | undefined {
  const body = new DerReader(signed).read(TAG.sequence, "tbsCertificate");
  const kept: Uint8Array[] = [];
  while (!body.isDone && body.tag !== constructed(3)) kept.push(body.next("tbsCertificate").raw);
  if (body.isDone) return undefined;
  const list = body.read(constructed(3), "extensions").read(TAG.sequence, "extensions");
  const extensions: Uint8Array[] = [];
  let isThere = false;
  while (!list.isDone) {
    const { raw } = list.next("extension");
    const isIt = readExtension(new DerReader(raw)).id === EXTENSION_ID.timestamps;
    isThere ||= isIt;
    if (!isIt) extensions.push(raw);
  }
  if (!isThere) return undefined;
  const left = extensions.length === 0 ? [] : [element(constructed(3), element(TAG.sequence, ...extensions))];
  return element(TAG.sequence, ...kept, ...left);
}

/** RFC 5246 section 4.3. */
function vector(lengthOctets: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([bigEndian(content.length, lengthOctets), content]);
}

/** Reads what TLS writes; undefined for what is not there. */
class Octets {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isDone(): boolean {
    return this.#at === this.#bytes.length;
  }

  take(count: number): Uint8Array | undefined {
    if (count > this.#bytes.length - this.#at) return undefined;
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  number(octets: number): number | undefined {
    return this.take(octets)?.reduce((value, octet) => value * 256 + octet, 0);
  }

  vector(lengthOctets: number): Uint8Array | undefined {
    const length = this.number(lengthOctets);
    return length === undefined ? undefined : this.take(length);
  }
}

const VERSION_1 = 0;
const CERTIFICATE_TIMESTAMP = 0;
const CERTIFICATE_ENTRY = 0;
const PRECERTIFICATE_ENTRY = 1;
const SHA256 = 4;
/** RFC 6962 section 2.1.4: RSA and ECDSA, as node names them. */
const ALGORITHMS: Readonly<Record<string, number>> = { rsa: 1, ec: 3 };
/** Public authorities have two to five. */
const MOST_TIMESTAMPS = 32;
