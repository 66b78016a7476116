/**
 * A secret held in memory. Every way of turning it into text gives "[secret]", except `reveal()`,
 * which only observe/net and the request signers may call (a wall of test/walls).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return MASK;
  }
}

const MASK = "[secret]";
