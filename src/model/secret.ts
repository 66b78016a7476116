/**
 * A secret held in memory. Every way of turning it into text gives "[secret]", except `reveal()`,
 * which only the rooms that keep it, send it and describe it in memory may call (test/contract/secret-reveal).
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

  /** Both halves of `user:password`, split at the first colon (RFC 7617 section 2). Undefined where there is none. */
  halves(): readonly [user: Secret, password: Secret] | undefined {
    const colon = this.#value.indexOf(":");
    return colon === -1 ? undefined : [new Secret(this.#value.slice(0, colon)), new Secret(this.#value.slice(colon + 1))];
  }

  /** Of a client of OAuth 2.0, as HTTP Basic sends it: each half is form-encoded first (RFC 6749 section 2.3.1). Still a secret. */
  static ofClient(id: Secret, secret: Secret): Secret {
    const [user, password] = [id, secret].map((half) => new URLSearchParams([["", half.#value]]).toString().slice(1));
    return new Secret(`${user}:${password}`).base64();
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
