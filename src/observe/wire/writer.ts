/** Big-endian bytes. Lengths come from nesting: `vector(2, (inner) => ...)` writes a 16-bit length and what `inner` got. */
export class ByteWriter {
  readonly #parts: Uint8Array[] = [];

  uint(width: Width, value: number): this {
    return this.bytes(bigEndian(width, value));
  }

  bytes(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }

  vector(width: Width, write: (inner: ByteWriter) => void): this {
    const inner = new ByteWriter();
    write(inner);
    const content = inner.finish();
    return this.uint(width, content.length).bytes(content);
  }

  /** RangeError where a value or a length did not fit into its width: a bug of the caller. */
  finish(): Uint8Array {
    const whole = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of this.#parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }
}

/** Octets of an integer or of a length. */
export type Width = 1 | 2 | 3;

function bigEndian(width: Width, value: number): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** width) throw new RangeError(`${value} does not fit into ${width} octets`);
  return Uint8Array.from({ length: width }, (_, index) => (value >>> (8 * (width - 1 - index))) & 0xff);
}
