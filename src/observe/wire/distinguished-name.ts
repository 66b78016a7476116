import { DER, readDer, readObjectIdentifier, readTagged } from "./der.ts";
import { ByteReader } from "./reader.ts";
import { WireError } from "./wire-error.ts";

/** "CN=Example CA, O=Example", in the order of the encoding, 256 characters at the most; undefined for what is no name (RFC 5280 section 4.1.2.4). */
export function distinguishedName(der: Uint8Array): string | undefined {
  try {
    return parts(der).join(", ").slice(0, MAX_LENGTH);
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

function parts(der: Uint8Array): readonly string[] {
  const names = readTagged(new ByteReader(der, "distinguished_name", "malformed"), DER.sequence, "name");
  const found: string[] = [];
  while (names.remaining > 0) {
    const attributes = readTagged(names, DER.set, "relative_name");
    while (attributes.remaining > 0) found.push(attribute(readTagged(attributes, DER.sequence, "attribute")));
  }
  return found;
}

function attribute(reader: ByteReader): string {
  const type = readObjectIdentifier(reader, "type");
  const { tag, content } = readDer(reader, "value");
  return `${WORDS[type] ?? type}=${textOf(tag, content.rest())}`;
}

function textOf(tag: number, bytes: Uint8Array): string {
  const octets = Buffer.from(bytes);
  if (tag === UTF8_STRING) return octets.toString("utf8");
  return tag === BMP_STRING && octets.length % 2 === 0 ? octets.swap16().toString("utf16le") : octets.toString("latin1");
}

const MAX_LENGTH = 256;
const UTF8_STRING = 0x0c;
const BMP_STRING = 0x1e;

/** RFC 4514 section 3, by the octets of the object identifier. */
const WORDS: Readonly<Record<string, string>> = {
  "550403": "CN",
  "550406": "C",
  "550407": "L",
  "550408": "ST",
  "55040a": "O",
  "55040b": "OU",
  "0992268993f22c640119": "DC",
  "2a864886f70d010901": "emailAddress",
};
