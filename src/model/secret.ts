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

  /** The same secret in base64, as HTTP Basic sends it (RFC 7617 section 2). Still a secret. */
  base64(): Secret {
    return new Secret(Buffer.from(this.#value, "utf8").toString("base64"));
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
