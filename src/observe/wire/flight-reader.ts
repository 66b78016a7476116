import { decodeAlert, isPassing } from "./alert.ts";
import type { Flight } from "./flight.ts";
import { withHello, withMessage12, withMessage13, withOddity } from "./flight-messages.ts";
import { decodeHandshake, HANDSHAKE_TYPE, type HandshakeMessage } from "./handshake.ts";
import { protectionOf, serverHandshakeKey } from "./key-schedule.ts";
import { decodeRecord, payloadOf, RECORD_TYPE, type TlsRecord } from "./record.ts";
import { type InnerPlaintext, RecordOpener } from "./record-opener.ts";
import { WholeReader } from "./whole.ts";
import { WireError } from "./wire-error.ts";

/** Our half of a key agreement. */
export interface KeyShare {
  readonly publicKey: Uint8Array;
  /** The shared secret; throws for a public key of the server that is no key of the group. */
  agree(publicKey: Uint8Array): Uint8Array;
}

export interface FlightReaderOptions {
  /** Stop at ServerHello or HelloRetryRequest, or read all that the server says before it is the client's turn. */
  readonly until: "hello" | "flight";
  /** Without them a flight of TLS 1.3 ends with its ServerHello. */
  readonly keys?: {
    /** The records that were sent. */
    readonly hello: Uint8Array;
    /** By group. */
    readonly shares: ReadonlyMap<number, KeyShare>;
  };
}

/** Puts the first flight of a server together, from bytes cut anywhere: over segments, over records, or both. */
export class FlightReader {
  readonly #options: FlightReaderOptions;
  readonly #records = new WholeReader("record", decodeRecord);
  /** RFC 8446 section 4: nothing comes before the hello. */
  readonly #messages = new WholeReader("handshake", (reader) =>
    decodeHandshake(reader, this.#flight.hello === undefined ? HANDSHAKE_TYPE.serverHello : undefined),
  );
  readonly #alerts = new WholeReader("alert", decodeAlert);
  #flight: Flight = { oddities: [], complete: false };
  #total = 0;
  #count = 0;
  #ended = false;
  #opener: RecordOpener | undefined;

  constructor(options: FlightReaderOptions) {
    this.#options = options;
  }

  /**
   * The flight, once there is enough of it: as much as `until` says, as much as can be read, or an alert that ended it; undefined before.
   * Throws a `WireError` (malformed) when it cannot go on; what was read till then stays in `flight`.
   */
  push(bytes: Uint8Array): Flight | undefined {
    this.#total += bytes.length;
    if (this.#total > MAX_OCTETS[this.#options.until]) throw new WireError("malformed", "answer.length");
    this.#records.push(bytes);
    while (!this.#ended) {
      const record = this.#records.next();
      if (record === undefined) return undefined;
      const opened = this.#opened(record.unit);
      if (opened !== undefined) this.#take(opened);
    }
    return this.#flight;
  }

  /** What was read so far. */
  get flight(): Flight {
    return this.#flight;
  }

  /** Nothing was received at all. */
  get untouched(): boolean {
    return this.#total === 0;
  }

  /** What a record holds; undefined for one that means nothing. */
  #opened({ type, version, payload }: TlsRecord): InnerPlaintext | undefined {
    if (this.#opener === undefined || type === RECORD_TYPE.alert) return { type, content: payload };
    // RFC 8446 appendix D.4: sent for middleboxes.
    if (type === RECORD_TYPE.changeCipherSpec && payload.length === 1) return undefined;
    if (type !== RECORD_TYPE.applicationData) throw new WireError("malformed", "record.type");
    return this.#opener.open({ type, version, payload });
  }

  #take({ type, content }: InnerPlaintext): void {
    if (type === RECORD_TYPE.handshake) {
      this.#messages.push(content);
      this.#readMessages();
    } else if (type === RECORD_TYPE.alert && this.#messages.pending === 0) {
      this.#alerts.push(content);
      this.#readAlerts();
    } else {
      throw new WireError("malformed", "record.type");
    }
  }

  #readMessages(): void {
    while (!this.#ended) {
      const message = this.#messages.next();
      if (message === undefined) return;
      if (++this.#count > MAX_MESSAGES) throw new WireError("malformed", "answer.messages");
      const { version } = this.#flight;
      if (version === undefined) this.#readHello(message.unit, message.bytes);
      else
        this.#flight =
          version === "TLS 1.3" ? withMessage13(this.#flight, message.unit) : withMessage12(this.#flight, message.unit, version);
      if (this.#flight.complete) this.#ended = true;
    }
  }

  #readHello(message: HandshakeMessage, bytes: Uint8Array): void {
    const flight = withHello(this.#flight, message);
    this.#flight = flight;
    if (this.#options.until === "hello" || flight.helloRetryRequest === true) this.#ended = true;
    else if (flight.version === "TLS 1.3") this.#startReading13(bytes);
  }

  #startReading13(serverHello: Uint8Array): void {
    this.#opener = openerFor(this.#flight, this.#options.keys, serverHello);
    if (this.#opener === undefined) this.#ended = true;
    // RFC 8446 section 5.1: keys change between records.
    else if (this.#messages.pending > 0) throw new WireError("malformed", "record.boundary");
  }

  #readAlerts(): void {
    while (!this.#ended) {
      const alert = this.#alerts.next()?.unit;
      if (alert === undefined) return;
      if (isPassing(alert)) this.#flight = withOddity(this.#flight, `warning ${alert.description}`);
      else {
        this.#flight = { ...this.#flight, alert };
        this.#ended = true;
      }
    }
  }
}

/** Undefined where the keys, the group or the suite are not ours to read with. */
function openerFor(flight: Flight, keys: FlightReaderOptions["keys"], serverHello: Uint8Array): RecordOpener | undefined {
  const { group, publicKey } = flight.keyShare ?? {};
  const share = group === undefined ? undefined : keys?.shares.get(group);
  const protection = protectionOf(flight.hello?.cipherSuite ?? 0);
  if (keys === undefined || share === undefined || publicKey === undefined || protection === undefined) return undefined;
  const secret = agreed(share, publicKey);
  return new RecordOpener(protection, serverHandshakeKey(protection, secret, [payloadOf(keys.hello), serverHello]));
}

function agreed(share: KeyShare, publicKey: Uint8Array): Uint8Array {
  try {
    return share.agree(publicKey);
  } catch {
    throw new WireError("malformed", "server-hello.key_share.key_exchange");
  }
}

/** One flight of text; with certificates as long as they may be, in records that may be short. */
const MAX_OCTETS = { hello: 2 ** 16, flight: 2 ** 21 } as const;
/** There are ten kinds of them. */
const MAX_MESSAGES = 64;
