/** Bytes that are not what their protocol says. Names the field, never quotes the bytes. */
export class WireError extends Error {
  override readonly name = "WireError";
  /** `short`: more bytes could still make it whole. `malformed`: no continuation can. */
  readonly kind: "short" | "malformed";
  /** Path of the field: "server-hello.cipher_suite". */
  readonly field: string;

  constructor(kind: WireError["kind"], field: string) {
    super(`${field}: ${kind === "short" ? "more bytes needed" : "not well-formed"}`);
    this.kind = kind;
    this.field = field;
  }
}
