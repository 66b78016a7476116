import { type CipherCCMTypes, type CipherChaCha20Poly1305Types, type CipherGCMTypes, createDecipheriv } from "node:crypto";
import type { Protection, TrafficKey } from "./key-schedule.ts";
import type { TlsRecord } from "./record.ts";
import { WireError } from "./wire-error.ts";
import { ByteWriter } from "./writer.ts";

/** What a protected record held (RFC 8446 section 5.2). */
export interface InnerPlaintext {
  readonly type: number;
  readonly content: Uint8Array;
}

/** Opens the records of one direction in their order. */
export class RecordOpener {
  readonly #protection: Protection;
  readonly #traffic: TrafficKey;
  #sequence = 0;

  constructor(protection: Protection, traffic: TrafficKey) {
    this.#protection = protection;
    this.#traffic = traffic;
  }

  /** Throws a `WireError` for a record that the key does not open, or with nothing in it. */
  open(record: TlsRecord): InnerPlaintext {
    const plain = this.#decrypt(record);
    // RFC 8446 section 5.4: zeros after the type are padding.
    let end = plain.length;
    while (end > 0 && plain[end - 1] === 0) end--;
    const type = plain[end - 1];
    if (type === undefined) throw new WireError("malformed", "record.inner_type");
    return { type, content: plain.subarray(0, end - 1) };
  }

  #decrypt({ type, version, payload }: TlsRecord): Uint8Array {
    const { cipher, tagLength } = this.#protection;
    const textLength = payload.length - tagLength;
    if (textLength < 1) throw new WireError("malformed", "record.length");
    const nonce = this.#nextNonce();
    const header = new ByteWriter().uint(1, type).uint(2, version).uint(2, payload.length).finish();
    try {
      // One call for three kinds of ciphers, which node's types tell apart by name.
      const decipher = createDecipheriv(cipher as AeadName, this.#traffic.key, nonce, { authTagLength: tagLength });
      decipher.setAuthTag(payload.subarray(textLength));
      decipher.setAAD(header, { plaintextLength: textLength });
      const text = decipher.update(payload.subarray(0, textLength));
      decipher.final();
      return text;
    } catch {
      throw new WireError("malformed", "record.encrypted_record");
    }
  }

  /** RFC 8446 section 5.3. One flight has far fewer than 2^32 records. */
  #nextNonce(): Uint8Array {
    const nonce = Uint8Array.from(this.#traffic.iv);
    const counter = new DataView(nonce.buffer);
    counter.setUint32(SEQUENCE_AT, counter.getUint32(SEQUENCE_AT) ^ this.#sequence);
    this.#sequence++;
    return nonce;
  }
}

type AeadName = CipherCCMTypes & CipherGCMTypes & CipherChaCha20Poly1305Types;
const SEQUENCE_AT = 8;
