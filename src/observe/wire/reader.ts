import { WireError } from "./wire-error.ts";
import type { Width } from "./writer.ts";

/**
 * Reads big-endian bytes that a stranger sent. Every read names its field; a read past the end throws a `WireError`:
 * `short` where the bytes may still be on their way, `malformed` inside a vector, whose length is already known.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #scope: string;
  readonly #onEnd: WireError["kind"];
  #offset = 0;
  #wanted = 0;

  constructor(bytes: Uint8Array, scope: string, onEnd: WireError["kind"] = "short") {
    this.#bytes = bytes;
    this.#scope = scope;
    this.#onEnd = onEnd;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  /** Octets read so far. */
  get offset(): number {
    return this.#offset;
  }

  /** After a read past the end: octets that there must be in all before that read can succeed. */
  get wanted(): number {
    return this.#wanted;
  }

  uint(width: Width, field: string): number {
    return this.bytes(width, field).reduce((value, byte) => value * 256 + byte, 0);
  }

  bytes(length: number, field: string): Uint8Array {
    if (length > this.remaining) {
      this.#wanted = this.#offset + length;
      throw new WireError(this.#onEnd, this.#path(field));
    }
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** A length of `width` octets and as many bytes, as a reader of their own. */
  vector(width: Width, field: string, bounds: { readonly min?: number; readonly max?: number } = {}): ByteReader {
    const length = this.uint(width, field);
    if (length < (bounds.min ?? 0) || length > (bounds.max ?? Number.POSITIVE_INFINITY)) this.malformed(field);
    return new ByteReader(this.bytes(length, field), this.#path(field), "malformed");
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining, "rest");
  }

  /** Nothing may follow. */
  end(): void {
    if (this.remaining > 0) this.malformed("trailing bytes");
  }

  malformed(field: string): never {
    throw new WireError("malformed", this.#path(field));
  }

  #path(field: string): string {
    return `${this.#scope}.${field}`;
  }
}
