import { type Extension, readExtensions, writeExtensions } from "./extension.ts";
import { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** The body of a ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2, RFC 6101 section 5.6.1.2). */
export interface ClientHello {
  /** legacy_version: 0x0303 for TLS 1.2 and 1.3. */
  readonly version: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  /** 0..32 octets. */
  readonly sessionId: Uint8Array;
  readonly cipherSuites: readonly number[];
  /** At least "none", 0. */
  readonly compressionMethods: readonly number[];
  /** Undefined: the hello ends before them, as in SSL 3.0. */
  readonly extensions?: readonly Extension[];
}

export function encodeClientHello(hello: ClientHello): Uint8Array {
  const writer = new ByteWriter()
    .uint(2, hello.version)
    .bytes(hello.random)
    .vector(1, (id) => id.bytes(hello.sessionId))
    .vector(2, (suites) => {
      for (const suite of hello.cipherSuites) suites.uint(2, suite);
    })
    .vector(1, (methods) => methods.bytes(Uint8Array.from(hello.compressionMethods)));
  if (hello.extensions !== undefined) writeExtensions(writer, hello.extensions);
  return writer.finish();
}

export function decodeClientHello(body: Uint8Array): ClientHello {
  const reader = new ByteReader(body, "client-hello", "malformed");
  const version = reader.uint(2, "legacy_version");
  const random = reader.bytes(32, "random");
  const sessionId = reader.vector(1, "session_id", { max: 32 }).rest();
  const suites = reader.vector(2, "cipher_suites", { min: 2 });
  const cipherSuites: number[] = [];
  while (suites.remaining > 0) cipherSuites.push(suites.uint(2, "cipher_suite"));
  const compressionMethods = [...reader.vector(1, "compression_methods", { min: 1 }).rest()];
  const fixed = { version, random, sessionId, cipherSuites, compressionMethods };
  if (reader.remaining === 0) return fixed;
  const extensions = readExtensions(reader.vector(2, "extensions"));
  reader.end();
  return { ...fixed, extensions };
}
