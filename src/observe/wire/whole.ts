import { ByteQueue } from "./byte-queue.ts";
import { ByteReader } from "./reader.ts";
import { WireError } from "./wire-error.ts";

/** Takes whole units (records, messages, alerts) out of bytes that were cut anywhere. */
export class WholeReader<T> {
  readonly #queue = new ByteQueue();
  readonly #scope: string;
  readonly #decode: (reader: ByteReader) => T;
  /** Octets without which it is no use to look again. */
  #needed = 0;

  constructor(scope: string, decode: (reader: ByteReader) => T) {
    this.#scope = scope;
    this.#decode = decode;
  }

  /** Octets of a unit that is not whole yet. */
  get pending(): number {
    return this.#queue.length;
  }

  push(bytes: Uint8Array): void {
    this.#queue.push(bytes);
  }

  /** The next one with the octets that it was made of, or undefined. Throws a `WireError` (malformed) once there can be none. */
  next(): { readonly unit: T; readonly bytes: Uint8Array } | undefined {
    if (this.#queue.length === 0 || this.#queue.length < this.#needed) return undefined;
    const length = this.#lengthOfNext();
    if (length === undefined) return undefined;
    this.#needed = 0;
    const bytes = this.#queue.take(length);
    return { unit: this.#decode(new ByteReader(bytes, this.#scope)), bytes };
  }

  #lengthOfNext(): number | undefined {
    const reader = new ByteReader(this.#queue.peek(), this.#scope);
    try {
      this.#decode(reader);
      return reader.offset;
    } catch (error) {
      if (!(error instanceof WireError) || error.kind !== "short") throw error;
      this.#needed = reader.wanted;
      return undefined;
    }
  }
}
