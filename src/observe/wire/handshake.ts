import type { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** RFC 8446 section 4: a type, a length of three octets, a body. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/** RFC 8446 section 4, RFC 5246 section 7.4, RFC 6066 section 8. */
export const HANDSHAKE_TYPE = {
  clientHello: 1,
  serverHello: 2,
  encryptedExtensions: 8,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  finished: 20,
  certificateStatus: 22,
} as const;

export function encodeHandshake(message: HandshakeMessage): Uint8Array {
  return new ByteWriter()
    .uint(1, message.type)
    .vector(3, (body) => body.bytes(message.body))
    .finish();
}

/** Throws a `WireError`: `short` while octets are missing, `malformed` for one that is too long, or of another type than `expected`. */
export function decodeHandshake(reader: ByteReader, expected?: number): HandshakeMessage {
  const type = reader.uint(1, "msg_type");
  if (expected !== undefined && type !== expected) reader.malformed("msg_type");
  const length = reader.uint(3, "length");
  if (length > longest(type)) reader.malformed("length");
  return { type, body: reader.bytes(length, "body") };
}

function longest(type: number): number {
  if (type === HANDSHAKE_TYPE.certificate) return MAX_CERTIFICATES;
  return type === HANDSHAKE_TYPE.serverHello ? MAX_HELLO : MAX_MESSAGE;
}

/** A hello is some hundred octets; key shares after the quantum age make it 2 or 3 thousand. */
const MAX_HELLO = 2 ** 14;
/** The names of authorities take 2^16 at the most, signatures after the quantum age 50 thousand octets. */
const MAX_MESSAGE = 2 ** 18;
/** There are certificates with ten thousand names. */
const MAX_CERTIFICATES = 2 ** 20;
