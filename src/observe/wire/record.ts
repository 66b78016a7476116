import type { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** RFC 8446 section 5.1; the same since SSL 3.0. */
export interface TlsRecord {
  readonly type: number;
  readonly version: number;
  readonly payload: Uint8Array;
}

export const RECORD_TYPE = { alert: 21, handshake: 22 } as const;

export function encodeRecord(record: TlsRecord): Uint8Array {
  if (record.payload.length > MAX_PLAINTEXT) throw new RangeError("a record holds at most 2^14 octets");
  return new ByteWriter()
    .uint(1, record.type)
    .uint(2, record.version)
    .vector(2, (payload) => payload.bytes(record.payload))
    .finish();
}

/**
 * One plaintext record. Throws a `WireError`: `malformed` as soon as the header cannot be one of SSL 3.0 to TLS 1.3
 * (RFC 8446 appendix D.4 has clients ignore the minor version), `short` while bytes are missing.
 */
export function decodeRecord(reader: ByteReader): TlsRecord {
  const type = reader.uint(1, "type");
  if (type < FIRST_TYPE || type > LAST_TYPE) reader.malformed("type");
  const major = reader.uint(1, "version");
  if (major !== 3) reader.malformed("version");
  const version = (major << 8) | reader.uint(1, "version");
  const length = reader.uint(2, "length");
  // RFC 8446 section 5.1: no empty fragments of handshake messages or alerts; nothing before the answer is encrypted.
  if (length === 0 || length > MAX_PLAINTEXT) reader.malformed("length");
  return { type, version, payload: reader.bytes(length, "payload") };
}

const MAX_PLAINTEXT = 2 ** 14;
/** change_cipher_spec (20) to heartbeat (24). */
const FIRST_TYPE = 20;
const LAST_TYPE = 24;
