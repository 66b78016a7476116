import { DerError, DerReader, read, readObjectIdentifier, TAG } from "./der.ts";

/** A distinguished name (RFC 5280 section 4.1.2.4). */
export interface Name {
  /** With its tag, as it stands in the certificate. */
  readonly raw: Uint8Array;
  /** Equal for names that are the same by RFC 5280 section 7.1: case and runs of blanks do not count, nor does the type of string. */
  readonly canonical: string;
  /** "C=US, O=Example, CN=Example CA", in the order of the encoding. Text from outside: not cleaned. */
  readonly text: string;
  readonly attributes: readonly NameAttribute[];
  /** Canonical form of each relative name, for subtrees. */
  readonly relative: readonly string[];
}

export interface NameAttribute {
  /** Dotted decimal. */
  readonly type: string;
  readonly text: string;
}

/** Reads the next element as a name. Throws a `DerError`. */
export function readName(reader: DerReader, field: string): Name {
  const { tag, raw, content } = reader.next(field);
  if (tag !== TAG.sequence) throw new DerError(field);
  const attributes: NameAttribute[] = [];
  const relative: string[] = [];
  while (!content.isDone) {
    const set = content.read(TAG.set, field);
    const alike: string[] = [];
    while (!set.isDone) {
      const attribute = readAttribute(set.read(TAG.sequence, field), field);
      attributes.push(attribute);
      alike.push(attribute.canonical);
    }
    if (alike.length === 0) throw new DerError(field);
    relative.push(alike.sort().join("\u0001"));
  }
  const text = attributes.map(({ type, text: value }) => `${WORDS[type] ?? type}=${value}`).join(", ");
  return { raw, canonical: relative.join("\u0000"), text, attributes, relative };
}

/** Undefined for what is no name. `der` is hostile. */
export function parseName(der: Uint8Array): Name | undefined {
  return read(() => {
    const reader = new DerReader(der);
    const name = readName(reader, "name");
    reader.end("name");
    return name;
  });
}

/** First value of an attribute: "2.5.4.10" is the organisation. */
export function attributeOf({ attributes }: Name, type: string): string | undefined {
  return attributes.find((attribute) => attribute.type === type)?.text;
}

export const ATTRIBUTE = { commonName: "2.5.4.3", country: "2.5.4.6", organisation: "2.5.4.10", email: "1.2.840.113549.1.9.1" } as const;

function readAttribute(reader: DerReader, field: string): NameAttribute & { readonly canonical: string } {
  const type = readObjectIdentifier(reader.read(TAG.objectIdentifier, field), field);
  const { tag, raw, content } = reader.next(field);
  reader.end(field);
  const octets = content.rest();
  const text = textOf(tag, octets, field);
  if (text === undefined) {
    const hex = Buffer.from(raw).toString("hex");
    return { type, text: `#${hex}`, canonical: `${type}=#${hex}` };
  }
  return { type, text, canonical: `${type}=${folded(text)}` };
}

/** Of a string type; undefined for any other. */
function textOf(tag: number, octets: Uint8Array, field: string): string | undefined {
  const bytes = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  switch (tag) {
    case TAG.utf8String:
      return utf8(bytes, field);
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.teletexString:
      return bytes.toString("latin1");
    case TAG.bmpString:
      if (bytes.length % 2 !== 0) throw new DerError(field);
      return Buffer.from(bytes).swap16().toString("utf16le");
    case TAG.universalString:
      return utf32(bytes, field);
    default:
      return undefined;
  }
}

function utf8(bytes: Uint8Array, field: string): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new DerError(field);
  }
}

function utf32(bytes: Buffer, field: string): string {
  if (bytes.length % 4 !== 0) throw new DerError(field);
  const points = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(at * 4));
  if (points.some((point) => point > 0x10_ff_ff)) throw new DerError(field);
  return points.map((point) => String.fromCodePoint(point)).join("");
}

/** RFC 4518, as far as names of authorities need it. The separators of the canonical form cannot be forged: control characters go. */
function folded(text: string): string {
  return text.normalize("NFKC").replace(CONTROLS, "\ufffd").trim().replace(/\s+/g, " ").toLowerCase();
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const CONTROLS = /\p{Cc}/gu;

/** RFC 4514 section 3, and what CAs put into names of organisations. */
const WORDS: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.15": "businessCategory",
  "2.5.4.17": "postalCode",
  "2.5.4.97": "organizationIdentifier",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
};
