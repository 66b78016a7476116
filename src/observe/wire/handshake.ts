import type { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** RFC 8446 section 4: a type, a length of three octets, a body. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

export const HANDSHAKE_TYPE = { clientHello: 1, serverHello: 2 } as const;

export function encodeHandshake(message: HandshakeMessage): Uint8Array {
  return new ByteWriter()
    .uint(1, message.type)
    .vector(3, (body) => body.bytes(message.body))
    .finish();
}

export function decodeHandshake(reader: ByteReader): HandshakeMessage {
  const type = reader.uint(1, "msg_type");
  const length = reader.uint(3, "length");
  if (length > MAX_HELLO) reader.malformed("length");
  return { type, body: reader.bytes(length, "body") };
}

/** A hello is some hundred octets; key shares after the quantum age make it 2 or 3 thousand. */
const MAX_HELLO = 2 ** 14;
