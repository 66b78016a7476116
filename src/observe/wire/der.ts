import { ByteReader } from "./reader.ts";

/** One element of the Distinguished Encoding Rules (ITU-T X.690). */
export interface DerElement {
  readonly tag: number;
  readonly content: ByteReader;
}

/** The next element. Throws a `WireError` where there is none, or where it is longer than what holds it. */
export function readDer(reader: ByteReader, field: string): DerElement {
  const tag = reader.uint(1, field);
  const first = reader.uint(1, field);
  const length = first < 0x80 ? first : longLength(reader, first - 0x80, field);
  return { tag, content: new ByteReader(reader.bytes(length, field), field, "malformed") };
}

/** The next element, which must have this tag. */
export function readTagged(reader: ByteReader, tag: number, field: string): ByteReader {
  const element = readDer(reader, field);
  if (element.tag !== tag) reader.malformed(field);
  return element.content;
}

/** The octets of an object identifier in hexadecimal. */
export function readObjectIdentifier(reader: ByteReader, field: string): string {
  return Buffer.from(readTagged(reader, DER.objectIdentifier, field).rest()).toString("hex");
}

export const DER = { bitString: 0x03, objectIdentifier: 0x06, sequence: 0x30, set: 0x31, version: 0xa0 } as const;

/** Three octets of length are 16 megabytes, more than a message holds. */
function longLength(reader: ByteReader, octets: number, field: string): number {
  if (octets !== 1 && octets !== 2 && octets !== 3) reader.malformed(field);
  return reader.uint(octets, field);
}
