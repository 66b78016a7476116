import { ByteReader } from "./reader.ts";
import { ByteWriter } from "./writer.ts";

/** RFC 8446 section 5.1; the same since SSL 3.0. */
export interface TlsRecord {
  readonly type: number;
  readonly version: number;
  readonly payload: Uint8Array;
}

export const RECORD_TYPE = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** As many records as the payload needs. */
export function encodeRecords(content: TlsRecord): Uint8Array {
  const writer = new ByteWriter();
  for (let at = 0; at < content.payload.length; at += MAX_PLAINTEXT) {
    const part = content.payload.subarray(at, at + MAX_PLAINTEXT);
    writer
      .uint(1, content.type)
      .uint(2, content.version)
      .vector(2, (payload) => payload.bytes(part));
  }
  return writer.finish();
}

/**
 * One record. Throws a `WireError`: `malformed` as soon as the header cannot be one of SSL 3.0 to TLS 1.3
 * (RFC 8446 appendix D.4 has clients ignore the minor version), `short` while bytes are missing.
 */
export function decodeRecord(reader: ByteReader): TlsRecord {
  const type = reader.uint(1, "type");
  if (type < FIRST_TYPE || type > LAST_TYPE) reader.malformed("type");
  const major = reader.uint(1, "version");
  // BearSSL has none yet when it refuses the first hello (RFC 8446 section 5.1: to be ignored).
  if (major !== 3 && !(major === 0 && type === RECORD_TYPE.alert)) reader.malformed("version");
  const version = (major << 8) | reader.uint(1, "version");
  const length = reader.uint(2, "length");
  // RFC 8446 section 5.1 and 5.2: no empty fragments of handshake messages or alerts; a protected record is 256 octets longer at the most.
  const longest = type === RECORD_TYPE.applicationData ? MAX_PLAINTEXT + 256 : MAX_PLAINTEXT;
  if (length === 0 || length > longest) reader.malformed("length");
  return { type, version, payload: reader.bytes(length, "payload") };
}

/** The payloads of whole records, as one. */
export function payloadOf(records: Uint8Array): Uint8Array {
  const reader = new ByteReader(records, "record", "malformed");
  const whole = new ByteWriter();
  while (reader.remaining > 0) whole.bytes(decodeRecord(reader).payload);
  return whole.finish();
}

const MAX_PLAINTEXT = 2 ** 14;
/** change_cipher_spec (20) to heartbeat (24). */
const FIRST_TYPE = 20;
const LAST_TYPE = 24;
