import { EXTENSION, type Extension, findExtension, readExtensions, writeExtensions } from "./extension.ts";
import { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** The body of a ServerHello (RFC 8446 section 4.1.3) or of a HelloRetryRequest, which is one with a magic random. */
export interface ServerHello {
  /** legacy_version. */
  readonly version: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly compression: number;
  /** Undefined where the message ends before them. */
  readonly extensions?: readonly Extension[];
}

export function encodeServerHello(hello: ServerHello): Uint8Array {
  const writer = new ByteWriter()
    .uint(2, hello.version)
    .bytes(hello.random)
    .vector(1, (id) => id.bytes(hello.sessionId))
    .uint(2, hello.cipherSuite)
    .uint(1, hello.compression);
  if (hello.extensions !== undefined) writeExtensions(writer, hello.extensions);
  return writer.finish();
}

export function decodeServerHello(body: Uint8Array): ServerHello {
  const reader = new ByteReader(body, SCOPE, "malformed");
  const fixed = {
    version: reader.uint(2, "legacy_version"),
    random: reader.bytes(32, "random"),
    sessionId: reader.vector(1, "session_id", { max: 32 }).rest(),
    cipherSuite: reader.uint(2, "cipher_suite"),
    compression: reader.uint(1, "compression_method"),
  };
  if (reader.remaining === 0) return fixed;
  const extensions = readExtensions(reader.vector(2, "extensions"));
  reader.end();
  return { ...fixed, extensions };
}

/** The version the server chose: from supported_versions where it sent it (RFC 8446 section 4.2.1), else legacy_version. */
export function selectedVersionCode(hello: ServerHello): number {
  const chosen = findExtension(hello.extensions, EXTENSION.supportedVersions);
  if (chosen === undefined) return hello.version;
  const reader = new ByteReader(chosen.data, `${SCOPE}.supported_versions`, "malformed");
  const code = reader.uint(2, "selected_version");
  reader.end();
  return code;
}

export function isHelloRetryRequest(hello: ServerHello): boolean {
  return Buffer.from(hello.random).equals(HELLO_RETRY_RANDOM);
}

/** The group of TLS 1.3, with the server's public key unless it was a HelloRetryRequest (RFC 8446 section 4.2.8); undefined where unsaid. */
export function selectedKeyShare(hello: ServerHello): { readonly group: number; readonly publicKey?: Uint8Array } | undefined {
  const share = findExtension(hello.extensions, EXTENSION.keyShare);
  if (share === undefined) return undefined;
  const reader = new ByteReader(share.data, `${SCOPE}.key_share`, "malformed");
  const group = reader.uint(2, "group");
  const publicKey = isHelloRetryRequest(hello) ? undefined : reader.vector(2, "key_exchange", { min: 1 }).rest();
  reader.end();
  return publicKey === undefined ? { group } : { group, publicKey };
}

const SCOPE = "server-hello";

/** SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3). */
export const HELLO_RETRY_RANDOM = Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex");
