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

  /**
   * What has the length and the characters of this secret and is nobody's: of it nothing but the longest of the public prefixes that it begins with
   * comes back. `random` gives as many octets as it is asked for. Still a secret: whoever reads it in a log shall not take it for one of ours.
   */
  imitation(publicPrefixes: readonly string[], random: (octets: number) => Uint8Array): Secret {
    const [prefix = ""] = publicPrefixes.filter((one) => this.#value.startsWith(one)).sort((a, b) => b.length - a.length);
    return new Secret(prefix + unlike(this.#value.slice(prefix.length), random));
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

/** Drawn again while it is near, and without separators where there is little else; a source that always gives the same would never end. */
function unlike(text: string, random: (octets: number) => Uint8Array): string {
  const hasParts = text.replaceAll(/[.:=-]/g, "").length * 2 > text.length;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const drawn = hasParts ? drawnInParts(text, random) : drawnLike("a1".repeat(text.length).slice(0, text.length), random);
    const long = drawn.length < SHORTEST ? drawn + drawnLike("a1".repeat(SHORTEST / 2).slice(drawn.length), random) : drawn;
    if (distance(long.slice(0, COMPARED), text.slice(0, COMPARED)) >= FAR) return long;
  }
  throw new Error("the source of random octets gives no random octets");
}

function drawnInParts(text: string, random: (octets: number) => Uint8Array): string {
  const drawn = (half: string) =>
    half
      .split(".")
      .map((part) => drawnLike(part, random))
      .join(".");
  return text.split(":").map(drawn).join(":");
}

/** Dots and colons stand between parts; the padding of base64 stays where it is, and so do the dashes of a UUID. */
function drawnLike(part: string, random: (octets: number) => Uint8Array): string {
  if (UUID.test(part))
    return part
      .split("-")
      .map((group) => drawnLike(group, random))
      .join("-");
  const [padding = ""] = /=*$/.exec(part) ?? [];
  const body = part.slice(0, part.length - padding.length);
  const alphabet = ALPHABETS.find((characters) => [...body].every((character) => characters.includes(character))) ?? ALPHANUMERIC;
  const octets = random(4 * body.length);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  return [...Array(body.length).keys()].map((at) => alphabet[view.getUint32(4 * at) % alphabet.length]).join("") + padding;
}

/** Of Levenshtein: insertions, deletions and replacements. */
function distance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const ALPHANUMERIC = DIGITS + LOWER + LOWER.toUpperCase();
/** The narrowest first. */
const ALPHABETS: readonly string[] = [
  DIGITS,
  `${DIGITS}abcdef`,
  `${DIGITS}ABCDEF`,
  LOWER,
  LOWER.toUpperCase(),
  DIGITS + LOWER,
  DIGITS + LOWER.toUpperCase(),
  ALPHANUMERIC,
  `${ALPHANUMERIC}-_`,
  `${ALPHANUMERIC}+/`,
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A shorter one might be somebody's by chance. */
const SHORTEST = 20;
const FAR = 8;
/** Of longer ones the beginnings are far apart. */
const COMPARED = 256;
const ATTEMPTS = 10;
const MASK = "[secret]";
