import { EXTENSION, type Extension, readExtensions, writeExtensions } from "./extension.ts";
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
  const reader = new ByteReader(body, "server-hello", "malformed");
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
  const chosen = hello.extensions?.find(({ type }) => type === EXTENSION.supportedVersions);
  if (chosen === undefined) return hello.version;
  const reader = new ByteReader(chosen.data, "server-hello.supported_versions", "malformed");
  const code = reader.uint(2, "selected_version");
  reader.end();
  return code;
}

export function isHelloRetryRequest(hello: ServerHello): boolean {
  return Buffer.from(hello.random).equals(HELLO_RETRY_RANDOM);
}

/** SHA-256 of "HelloRetryRequest" (RFC 8446 section 4.1.3). */
export const HELLO_RETRY_RANDOM = Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex");
