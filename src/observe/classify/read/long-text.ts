/** A text that comes in parts: the first and the last half megabyte of it are kept. */
export class LongText {
  omitted = 0;
  #head = "";
  #tail = "";

  add(part: string): void {
    const room = HALF - this.#head.length;
    if (room > 0) this.#head += part.slice(0, room);
    if (part.length <= room) return;
    this.#tail += room > 0 ? part.slice(room) : part;
    if (this.#tail.length > 2 * HALF) this.#shorten();
  }

  text(): string {
    this.#shorten();
    return this.#head + this.#tail;
  }

  #shorten(): void {
    const over = this.#tail.length - HALF;
    if (over <= 0) return;
    this.omitted += over;
    this.#tail = this.#tail.slice(over);
  }
}

const HALF = 512 * 1024;
