import { constructed, DerError, type DerReader, primitive } from "./der.ts";
import { type Name, readName } from "./name.ts";

/** GeneralName (RFC 5280 section 4.2.1.6). Text is from outside: not cleaned. */
export type GeneralName =
  | { readonly kind: "dns" | "email" | "uri"; readonly text: string }
  /** 4 or 16 octets in a name; 8 or 32, address and mask, in a constraint. */
  | { readonly kind: "ip"; readonly octets: Uint8Array }
  | { readonly kind: "directory"; readonly name: Name }
  /** otherName, x400Address, ediPartyName, registeredID: by the number of the choice. */
  | { readonly kind: "other"; readonly choice: number };

/** The next element as a name. Throws a `DerError`. */
export function readGeneralName(reader: DerReader, field: string): GeneralName {
  const { tag, content } = reader.next(field);
  const kind = TEXTS[tag];
  if (kind !== undefined) return { kind, text: ia5(content.rest(), field) };
  if (tag === IP_ADDRESS) return { kind: "ip", octets: content.rest() };
  if (tag === DIRECTORY_NAME) {
    // A choice cannot be tagged implicitly: the name stands inside (X.680 section 31.2.7).
    const name = readName(content, field);
    content.end(field);
    return { kind: "directory", name };
  }
  if (OTHERS.has(tag)) return { kind: "other", choice: tag & 0x1f };
  throw new DerError(field);
}

/** One or more of them. */
export function readGeneralNames(reader: DerReader, field: string): readonly GeneralName[] {
  const names: GeneralName[] = [];
  while (!reader.isDone) names.push(readGeneralName(reader, field));
  if (names.length === 0) throw new DerError(field);
  return names;
}

/** The URIs of a distribution point's full name, or of an access location. */
export function uriOf(name: GeneralName): readonly string[] {
  return name.kind === "uri" ? [name.text] : [];
}

function ia5(octets: Uint8Array, field: string): string {
  if (octets.some((octet) => octet > 0x7f)) throw new DerError(field);
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("latin1");
}

const TEXTS: Readonly<Record<number, "dns" | "email" | "uri">> = { [primitive(1)]: "email", [primitive(2)]: "dns", [primitive(6)]: "uri" };
const IP_ADDRESS = primitive(7);
const DIRECTORY_NAME = constructed(4);
const OTHERS: ReadonlySet<number> = new Set([constructed(0), constructed(3), constructed(5), primitive(8)]);
