/** Bytes in order of arrival. Growing by doubling, so that a megabyte in segments of one octet is copied a few times and no more. */
export class ByteQueue {
  #buffer = new Uint8Array(1024);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length);
    this.#buffer.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** What is there, good until the next call. */
  peek(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** A copy of the first `length` octets, which are gone then. */
  take(length: number): Uint8Array {
    const taken = this.#buffer.slice(this.#start, this.#start + length);
    this.#start += taken.length;
    return taken;
  }

  #makeRoom(wanted: number): void {
    const content = this.peek();
    const size = Math.max(this.#buffer.length, 2 * (content.length + wanted));
    const next = new Uint8Array(size);
    next.set(content);
    this.#buffer = next;
    this.#end = content.length;
    this.#start = 0;
  }
}
