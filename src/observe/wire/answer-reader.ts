import type { HelloAnswer } from "../../model/net-port.ts";
import { decodeAlert, isPassing } from "./alert.ts";
import { decodeHandshake, HANDSHAKE_TYPE } from "./handshake.ts";
import { ByteReader } from "./reader.ts";
import { decodeRecord, RECORD_TYPE } from "./record.ts";
import { decodeServerHello, isHelloRetryRequest, selectedVersionCode } from "./server-hello.ts";
import { versionOfCode } from "./version.ts";
import { WireError } from "./wire-error.ts";

/** Puts the first answer to a hello together, from bytes cut anywhere: over segments, over records, or both. */
export class AnswerReader {
  #received: Uint8Array = new Uint8Array();
  #total = 0;
  #handshake: Uint8Array = new Uint8Array();
  #alert: Uint8Array = new Uint8Array();

  /** The answer, or undefined while it is not whole. Throws a `WireError` (malformed) once it cannot become one. */
  push(bytes: Uint8Array): HelloAnswer | undefined {
    this.#total += bytes.length;
    if (this.#total > MAX_ANSWER) throw new WireError("malformed", "answer.length");
    this.#received = joined(this.#received, bytes);
    return this.#nextAnswer();
  }

  /** Nothing was received at all. */
  get untouched(): boolean {
    return this.#total === 0;
  }

  #nextAnswer(): HelloAnswer | undefined {
    for (;;) {
      const reader = new ByteReader(this.#received, "record");
      const record = unlessShort(() => decodeRecord(reader));
      if (record === undefined) return undefined;
      this.#received = reader.rest();
      const answer = this.#read(record.type, record.payload);
      if (answer !== undefined) return answer;
    }
  }

  #read(type: number, payload: Uint8Array): HelloAnswer | undefined {
    if (type === RECORD_TYPE.handshake) {
      this.#handshake = joined(this.#handshake, payload);
      return this.#serverHello();
    }
    if (type === RECORD_TYPE.alert && this.#handshake.length === 0) {
      this.#alert = joined(this.#alert, payload);
      return this.#fatalAlert();
    }
    throw new WireError("malformed", "record.type");
  }

  #serverHello(): HelloAnswer | undefined {
    const reader = new ByteReader(this.#handshake, "handshake");
    if (this.#handshake[0] !== HANDSHAKE_TYPE.serverHello) reader.malformed("msg_type");
    const message = unlessShort(() => decodeHandshake(reader));
    if (message === undefined) return undefined;
    const hello = decodeServerHello(message.body);
    const version = versionOfCode(selectedVersionCode(hello));
    if (version === undefined) throw new WireError("malformed", "server-hello.version");
    return { type: "server-hello", version, cipherSuite: hello.cipherSuite, helloRetryRequest: isHelloRetryRequest(hello) };
  }

  #fatalAlert(): HelloAnswer | undefined {
    for (;;) {
      const reader = new ByteReader(this.#alert, "alert");
      const alert = unlessShort(() => decodeAlert(reader));
      if (alert === undefined) return undefined;
      if (!isPassing(alert)) return { type: "alert", ...alert };
      this.#alert = reader.rest();
    }
  }
}

/** An answer is one hello; what comes before it is a warning or two. */
const MAX_ANSWER = 2 ** 16;

function unlessShort<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof WireError && error.kind === "short") return undefined;
    throw error;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}
