/** Bytes that break the Distinguished Encoding Rules, or are not the structure that was expected; `field` says where. */
export class DerError extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`not what DER or its structure promise: ${field}`);
    this.field = field;
  }
}

/** One element: its octets with tag and length, and a reader of its content. */
export interface DerElement {
  readonly tag: number;
  readonly raw: Uint8Array;
  readonly content: DerReader;
}

/** Reads elements one after another (ITU-T X.690 section 10). Copies nothing. Every method throws a `DerError` for what is not there. */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = at;
    this.#end = end;
  }

  get isDone(): boolean {
    return this.#at >= this.#end;
  }

  /** Tag of the next element; undefined at the end. */
  get tag(): number | undefined {
    return this.#at < this.#end ? this.#bytes[this.#at] : undefined;
  }

  next(field: string): DerElement {
    const start = this.#at;
    const tag = this.#octet(field);
    // Tags of more than one octet stand in no structure of PKIX.
    if ((tag & 0x1f) === 0x1f) throw new DerError(field);
    const length = this.#length(field);
    const from = this.#at;
    if (length > this.#end - from) throw new DerError(field);
    this.#at = from + length;
    return { tag, raw: this.#bytes.subarray(start, this.#at), content: new DerReader(this.#bytes, from, this.#at) };
  }

  read(tag: number, field: string): DerReader {
    if (this.tag !== tag) throw new DerError(field);
    return this.next(field).content;
  }

  optional(tag: number, field: string): DerReader | undefined {
    return this.tag === tag ? this.next(field).content : undefined;
  }

  /** What is left, which is not read any further. */
  rest(): Uint8Array {
    const rest = this.#bytes.subarray(this.#at, this.#end);
    this.#at = this.#end;
    return rest;
  }

  end(field: string): void {
    if (!this.isDone) throw new DerError(field);
  }

  #octet(field: string): number {
    const octet = this.tag;
    if (octet === undefined) throw new DerError(field);
    this.#at += 1;
    return octet;
  }

  /** Definite, and in as few octets as it needs (X.690 section 10.1). */
  #length(field: string): number {
    const first = this.#octet(field);
    if (first < 0x80) return first;
    const octets = first - 0x80;
    if (octets === 0 || octets > MAX_LENGTH_OCTETS) throw new DerError(field);
    let length = 0;
    for (let read = 0; read < octets; read += 1) length = length * 256 + this.#octet(field);
    if (length < 0x80 || length < 2 ** (8 * (octets - 1))) throw new DerError(field);
    return length;
  }
}

/** What a reader makes of bytes that may be anything: undefined where it threw a `DerError`. */
export function read<T>(reader: () => T): T | undefined {
  try {
    return reader();
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** TRUE is 0xff and nothing else (X.690 section 11.1). */
export function readBoolean(reader: DerReader, field: string): boolean {
  const [octet, ...more] = reader.rest();
  if (more.length > 0 || (octet !== 0xff && octet !== 0)) throw new DerError(field);
  return octet === 0xff;
}

/** Content of an INTEGER, two's complement, in as few octets as it needs (X.690 section 8.3.2). */
export function readInteger(reader: DerReader, field: string): Uint8Array {
  const octets = reader.rest();
  const [first, second = 0] = octets;
  if (first === undefined) throw new DerError(field);
  const isPadded = octets.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (isPadded) throw new DerError(field);
  return octets;
}

/** An INTEGER that fits where we need one: 0 to 2^31. */
export function readSmallInteger(reader: DerReader, field: string): number {
  const octets = readInteger(reader, field);
  if (octets.length > 4 || (octets[0] ?? 0) >= 0x80) throw new DerError(field);
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

/** Dotted decimal. */
export function readObjectIdentifier(reader: DerReader, field: string): string {
  const octets = reader.rest();
  // Before anything is computed with them: numbers of any length cost the square of it.
  if (octets.length > MAX_IDENTIFIER) throw new DerError(field);
  const key = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("latin1");
  const known = identifiers.get(key);
  if (known !== undefined) return known;
  const text = dotted(octets, field);
  if (identifiers.size < MAX_IDENTIFIERS) identifiers.set(key, text);
  return text;
}

/** Octets of a BIT STRING, and how many bits of the last one do not count. Those are zero (X.690 section 11.2.1). */
export function readBitString(reader: DerReader, field: string): { readonly octets: Uint8Array; readonly unused: number } {
  const content = reader.rest();
  const unused = content[0];
  const octets = content.subarray(1);
  if (unused === undefined || unused > 7 || (unused > 0 && octets.length === 0)) throw new DerError(field);
  if (((octets.at(-1) ?? 0) & ((1 << unused) - 1)) !== 0) throw new DerError(field);
  return { octets, unused };
}

/** Numbers of the bits that are set, the first one being 0; of a list that names as many as are known, with a few to come. */
export function bitsOf({ octets }: { readonly octets: Uint8Array }, field: string): ReadonlySet<number> {
  if (octets.length > MAX_NAMED_BITS / 8) throw new DerError(field);
  const bits = new Set<number>();
  octets.forEach((octet, at) => {
    for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) bits.add(at * 8 + bit);
  });
  return bits;
}

/** UTCTime or GeneralizedTime, to the second and in Z (RFC 5280 section 4.1.2.5), as epoch milliseconds. */
export function readTime(reader: DerReader, field: string): number {
  const { tag, content } = reader.next(field);
  const text = Buffer.from(content.rest()).toString("latin1");
  const digits = tag === TAG.utcTime ? withCentury(text) : text;
  const parts = tag === TAG.utcTime || tag === TAG.generalizedTime ? TIME.exec(digits) : null;
  if (parts === null) throw new DerError(field);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  time.setUTCHours(hour, minute, second);
  // Date carries the 31st of February over to March.
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) throw new DerError(field);
  return time.getTime();
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Context-specific: [number] around elements, and [number] in the place of a primitive tag. */
export function constructed(number: number): number {
  return 0xa0 | number;
}
export function primitive(number: number): number {
  return 0x80 | number;
}

function withCentury(text: string): string {
  return `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
}

function dotted(octets: Uint8Array, field: string): string {
  const numbers: bigint[] = [];
  let value = 0n;
  let isOpen = false;
  for (const octet of octets) {
    // The shortest form of a number does not begin with nothing (X.690 section 8.19.2).
    if (!isOpen && octet === 0x80) throw new DerError(field);
    value = (value << 7n) | BigInt(octet & 0x7f);
    isOpen = octet >= 0x80;
    if (isOpen) continue;
    numbers.push(value);
    value = 0n;
  }
  const [first] = numbers;
  if (first === undefined || isOpen) throw new DerError(field);
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...numbers.slice(1)].join(".");
}

const identifiers = new Map<string, string>();
/** A hostile certificate may be full of new ones. */
const MAX_IDENTIFIERS = 512;
const MAX_IDENTIFIER = 128;
const MAX_NAMED_BITS = 64;
/** 16 megabytes: more than is ever read. */
const MAX_LENGTH_OCTETS = 3;
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
