import ipaddr from "ipaddr.js";
import { element, explicit, implicit, objectIdentifier, sequence, set, utf8String } from "../../../src/demo/der.ts";
import { implicitConstructed } from "./certificate-der.ts";

/** A common name alone; relative names in order; or an encoded Name. None at all is an empty list. */
export type Name = string | readonly RelativeName[] | Uint8Array;
/** Several attributes make one multi-valued relative name. */
export type RelativeName = Attribute | readonly Attribute[];

export interface Attribute {
  readonly type: keyof typeof ATTRIBUTE | `${number}.${string}`;
  /** Bytes are the whole value, with tag. */
  readonly value: string | Uint8Array;
  readonly as?: StringType;
}
export type StringType = keyof typeof STRING;

export function encodedName(name: Name): Uint8Array {
  if (name instanceof Uint8Array) return name;
  if (typeof name === "string") return encodedName([{ type: "CN", value: name }]);
  return sequence(...name.map((relative) => set(...(isList(relative) ? relative : [relative]).map(attribute))));
}

function isList(relative: RelativeName): relative is readonly Attribute[] {
  return Array.isArray(relative);
}

function attribute({ type, value, as = "utf8" }: Attribute): Uint8Array {
  const id = type in ATTRIBUTE ? ATTRIBUTE[type as keyof typeof ATTRIBUTE] : type;
  return sequence(objectIdentifier(id), typeof value === "string" ? STRING[as](value) : value);
}

/** RFC 5280 appendix A.1, DirectoryString and IA5String. */
const STRING = {
  utf8: utf8String,
  numeric: (text: string) => element(0x12, Buffer.from(text, "latin1")),
  printable: (text: string) => element(0x13, Buffer.from(text, "latin1")),
  teletex: (text: string) => element(0x14, Buffer.from(text, "latin1")),
  ia5: (text: string) => element(0x16, Buffer.from(text, "latin1")),
  universal: (text: string) => element(0x1c, Buffer.concat(Array.from(text, (point) => bigEndian(point.codePointAt(0) ?? 0)))),
  bmp: (text: string) => element(0x1e, Buffer.from(text, "utf16le").swap16()),
} as const;

function bigEndian(codePoint: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(codePoint);
  return bytes;
}

/** RFC 5280 section 4.1.2.4, RFC 4519. */
const ATTRIBUTE = {
  CN: "2.5.4.3",
  SN: "2.5.4.4",
  serialNumber: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  street: "2.5.4.9",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  organizationIdentifier: "2.5.4.97",
  DC: "0.9.2342.19200300.100.1.25",
  emailAddress: "1.2.840.113549.1.9.1",
} as const;

/** RFC 5280 section 4.2.1.6. In a name constraint an address has a mask: 192.0.2.0/24, or raw bytes. */
export interface GeneralNames {
  readonly dns?: readonly string[];
  readonly ip?: readonly (string | Uint8Array)[];
  readonly email?: readonly string[];
  readonly uri?: readonly string[];
  readonly dirName?: readonly Name[];
  readonly registeredId?: readonly string[];
  readonly other?: readonly { readonly id: string; readonly value: Uint8Array }[];
  /** Whole elements. */
  readonly raw?: readonly Uint8Array[];
}

export function generalNames(names: GeneralNames): readonly Uint8Array[] {
  return [
    ...(names.other ?? []).map(({ id, value }) => implicitConstructed(0, objectIdentifier(id), explicit(0, value))),
    ...(names.email ?? []).map((text) => implicit(1, Buffer.from(text))),
    ...(names.dns ?? []).map((text) => implicit(2, Buffer.from(text))),
    ...(names.dirName ?? []).map((name) => explicit(4, encodedName(name))),
    ...(names.uri ?? []).map((text) => implicit(6, Buffer.from(text))),
    ...(names.ip ?? []).map((address) => implicit(7, addressBytes(address))),
    ...(names.registeredId ?? []).map((id) => implicit(8, objectIdentifier(id).subarray(2))),
    ...(names.raw ?? []),
  ];
}

function addressBytes(address: string | Uint8Array): Uint8Array {
  if (typeof address !== "string") return address;
  const [base = "", prefix] = address.split("/");
  const network = ipaddr.parse(base);
  if (prefix === undefined) return Uint8Array.from(network.toByteArray());
  return Uint8Array.from([...network.toByteArray(), ...maskBytes(Number(prefix), network.kind() === "ipv4" ? 4 : 16)]);
}

function maskBytes(prefix: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => (0xff00 >> Math.min(8, Math.max(0, prefix - 8 * index))) & 0xff);
}
