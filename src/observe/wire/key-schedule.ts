import { createHash, createHmac } from "node:crypto";
import { ByteWriter } from "./writer.ts";

/** What a cipher suite of TLS 1.3 protects with (RFC 8446 appendix B.4). */
export interface Protection {
  readonly hash: "sha256" | "sha384";
  readonly cipher: "aes-128-gcm" | "aes-256-gcm" | "chacha20-poly1305" | "aes-128-ccm";
  readonly keyLength: number;
  readonly tagLength: number;
}

export interface TrafficKey {
  readonly key: Uint8Array;
  /** 12 octets. */
  readonly iv: Uint8Array;
}

/** Undefined for a suite that we cannot read. */
export function protectionOf(cipherSuite: number): Protection | undefined {
  return PROTECTIONS.get(cipherSuite);
}

/**
 * The key that protects the server's handshake messages (RFC 8446 section 7.1), without a pre-shared key.
 * `transcript` is ClientHello and ServerHello, `sharedSecret` what was agreed on.
 */
export function serverHandshakeKey(protection: Protection, sharedSecret: Uint8Array, transcript: readonly Uint8Array[]): TrafficKey {
  const { hash } = protection;
  const noKey = new Uint8Array(digestOf(hash, []).length);
  const early = extract(hash, noKey, noKey);
  const handshake = extract(hash, derive(hash, early, "derived", []), sharedSecret);
  const traffic = derive(hash, handshake, "s hs traffic", transcript);
  return {
    key: expandLabel(hash, traffic, "key", new Uint8Array(), protection.keyLength),
    iv: expandLabel(hash, traffic, "iv", new Uint8Array(), IV_LENGTH),
  };
}

/** Derive-Secret of RFC 8446 section 7.1. */
function derive(hash: Protection["hash"], secret: Uint8Array, label: string, messages: readonly Uint8Array[]): Uint8Array {
  const digest = digestOf(hash, messages);
  return expandLabel(hash, secret, label, digest, digest.length);
}

/** HKDF-Extract of RFC 5869 section 2.2. */
function extract(hash: Protection["hash"], salt: Uint8Array, input: Uint8Array): Uint8Array {
  return createHmac(hash, salt).update(input).digest();
}

/** HKDF-Expand-Label; nothing that is asked for here is longer than one block of HKDF-Expand (RFC 5869 section 2.3). */
function expandLabel(hash: Protection["hash"], secret: Uint8Array, label: string, context: Uint8Array, length: number): Uint8Array {
  const info = new ByteWriter()
    .uint(2, length)
    .vector(1, (name) => name.bytes(Buffer.from(`tls13 ${label}`, "latin1")))
    .vector(1, (content) => content.bytes(context))
    .finish();
  return createHmac(hash, secret).update(info).update(Uint8Array.of(1)).digest().subarray(0, length);
}

function digestOf(hash: Protection["hash"], messages: readonly Uint8Array[]): Uint8Array {
  const digest = createHash(hash);
  for (const message of messages) digest.update(message);
  return digest.digest();
}

const IV_LENGTH = 12;

const PROTECTIONS: ReadonlyMap<number, Protection> = new Map([
  [0x1301, { hash: "sha256", cipher: "aes-128-gcm", keyLength: 16, tagLength: 16 }],
  [0x1302, { hash: "sha384", cipher: "aes-256-gcm", keyLength: 32, tagLength: 16 }],
  [0x1303, { hash: "sha256", cipher: "chacha20-poly1305", keyLength: 32, tagLength: 16 }],
  [0x1304, { hash: "sha256", cipher: "aes-128-ccm", keyLength: 16, tagLength: 16 }],
  [0x1305, { hash: "sha256", cipher: "aes-128-ccm", keyLength: 16, tagLength: 8 }],
]);
