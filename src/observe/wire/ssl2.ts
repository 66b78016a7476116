import type { TlsAnswer } from "../../model/tls-offer.ts";
import { answerOf } from "./answer.ts";
import { sha256 } from "./fingerprint.ts";
import { FlightReader } from "./flight-reader.ts";
import { leafKey } from "./leaf-key.ts";
import { ByteReader } from "./reader.ts";
import { WholeReader } from "./whole.ts";
import { WireError } from "./wire-error.ts";
import { ByteWriter } from "./writer.ts";

/**
 * A CLIENT-HELLO of SSL 2.0 (draft-hickman-netscape-ssl-00 section 2.5).
 * @param cipherKinds 24 bits each
 * @param challenge 16 fresh octets
 */
export function ssl2Hello(cipherKinds: readonly number[], challenge: Uint8Array): Uint8Array {
  const message = new ByteWriter()
    .uint(1, CLIENT_HELLO)
    .uint(2, VERSION)
    .uint(2, 3 * cipherKinds.length)
    .uint(2, 0)
    .uint(2, challenge.length);
  for (const kind of cipherKinds) message.uint(3, kind);
  const body = message.bytes(challenge).finish();
  return new ByteWriter()
    .uint(2, TWO_OCTET_HEADER | body.length)
    .bytes(body)
    .finish();
}

/** Reads what a server answers to a CLIENT-HELLO of SSL 2.0, which may be an alert of TLS. */
export class Ssl2Reader {
  readonly #records = new WholeReader("ssl2", decodeRecord);
  #tls: FlightReader | undefined;
  #total = 0;

  /** The answer, or undefined while it is not whole. Throws a `WireError` (malformed) once it cannot become one. */
  push(bytes: Uint8Array): TlsAnswer | undefined {
    const first = bytes[0];
    if (this.#total === 0 && (first === TLS_ALERT || first === TLS_HANDSHAKE)) this.#tls = new FlightReader({ until: "hello" });
    this.#total += bytes.length;
    if (this.#total > MAX_OCTETS) throw new WireError("malformed", "answer.length");
    if (this.#tls !== undefined) return answerOfTls(this.#tls, bytes);
    this.#records.push(bytes);
    const record = this.#records.next();
    return record === undefined ? undefined : decodeAnswer(record.unit);
  }

  /** Nothing was received at all. */
  get untouched(): boolean {
    return this.#total === 0;
  }
}

function answerOfTls(reader: FlightReader, bytes: Uint8Array): TlsAnswer | undefined {
  const flight = reader.push(bytes);
  return flight === undefined ? undefined : answerOf(flight);
}

/** The message of one record, without its padding. What cannot be an answer is refused by its first octets. */
function decodeRecord(reader: ByteReader): Uint8Array {
  const first = reader.uint(1, "header");
  const isShort = (first & 0x80) !== 0;
  const length = ((first & (isShort ? 0x7f : 0x3f)) << 8) | reader.uint(1, "header");
  const padding = isShort ? 0 : reader.uint(1, "header");
  if (length <= padding) reader.malformed("length");
  const type = reader.uint(1, "msg_type");
  if (type !== SERVER_HELLO && type !== ERROR) reader.malformed("msg_type");
  const body = reader.bytes(length - 1, "body");
  return Uint8Array.of(type, ...body.subarray(0, body.length - padding));
}

function decodeAnswer(message: Uint8Array): TlsAnswer {
  const reader = new ByteReader(message, "ssl2", "malformed");
  if (reader.uint(1, "msg_type") === SERVER_HELLO) return decodeServerHello(reader);
  if (reader.uint(2, "error_code") !== NO_CIPHER) reader.malformed("error_code");
  return { ...SPOKEN, cipherKinds: [] };
}

/** Section 2.6 of the draft. The list of ciphers may be empty. */
function decodeServerHello(reader: ByteReader): TlsAnswer {
  reader.uint(1, "session_id_hit");
  reader.uint(1, "certificate_type");
  if (reader.uint(2, "version") !== VERSION) reader.malformed("version");
  const certificateLength = reader.uint(2, "certificate_length");
  const kindsLength = reader.uint(2, "cipher_specs_length");
  reader.uint(2, "connection_id_length");
  const der = reader.bytes(certificateLength, "certificate");
  const kinds = new ByteReader(reader.bytes(kindsLength, "cipher_specs"), "ssl2.cipher_specs", "malformed");
  const cipherKinds: number[] = [];
  while (kinds.remaining > 0) cipherKinds.push(kinds.uint(3, "cipher_kind"));
  return { ...SPOKEN, cipherKinds, ...(der.length === 0 ? {} : { certificate: { sha256: sha256(der), ...leafKey(der) } }) };
}

const SPOKEN = { type: "hello", version: "SSL 2.0", cipherSuite: 0, helloRetryRequest: false } as const;
const VERSION = 0x0002;
const TWO_OCTET_HEADER = 0x8000;
const ERROR = 0;
const CLIENT_HELLO = 1;
const SERVER_HELLO = 4;
/** NO-CIPHER-ERROR: it speaks SSL 2.0 and has none of the ciphers. */
const NO_CIPHER = 1;
const TLS_ALERT = 21;
const TLS_HANDSHAKE = 22;
/** One record. */
const MAX_OCTETS = 2 ** 15 + 2;
