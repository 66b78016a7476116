import { element } from "../../../src/demo/der.ts";

/** What a wrong certificate needs beyond the encodings of a right one. */

/** An INTEGER of exactly these octets: negative, padded or empty as they are. */
export function rawInteger(octets: Uint8Array): Uint8Array {
  return element(0x02, octets);
}

export function enumerated(value: number): Uint8Array {
  return element(0x0a, Uint8Array.of(value));
}

/** Context-specific tag [number] in place of a constructed element's own tag. */
export function implicitConstructed(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return element(0xa0 | number, Buffer.concat(parts));
}

/** As it is written, in the form YYMMDDHHMMSSZ or any other. */
export function utcTime(text: string): Uint8Array {
  return element(0x17, Buffer.from(text, "latin1"));
}

export function generalizedTime(text: string): Uint8Array {
  return element(0x18, Buffer.from(text, "latin1"));
}

/** GeneralizedTime to the second whatever the year (RFC 6960 section 4.2.2.1 knows no other). */
export function generalizedTimeOf(date: Date): Uint8Array {
  return generalizedTime(`${date.toISOString().slice(0, 19).replace(/[-T:]/g, "")}Z`);
}

/** NamedBitList: zero bits at the end are left out (X.690 section 11.2.2). */
export function namedBits(positions: readonly number[]): Uint8Array {
  if (positions.length === 0) return element(0x03, Uint8Array.of(0));
  const last = Math.max(...positions);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const position of positions) bytes[position >> 3] = (bytes[position >> 3] ?? 0) | (0x80 >> (position & 7));
  return element(0x03, Uint8Array.of(7 - (last & 7), ...bytes));
}

export interface Part {
  readonly tag: number;
  /** Tag and length included. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

/** The elements that stand one after the other in well-formed DER. */
export function partsOf(der: Uint8Array): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < der.length; ) {
    const part = partAt(der, at);
    parts.push(part);
    at += part.whole.length;
  }
  return parts;
}

export function contentOf(der: Uint8Array): Uint8Array {
  return partAt(der, 0).content;
}

function partAt(der: Uint8Array, at: number): Part {
  const first = der[at + 1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = first < 0x80 ? first : der.subarray(at + 2, at + 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  const start = at + 2 + lengthBytes;
  return { tag: der[at] ?? 0, whole: der.subarray(at, start + length), content: der.subarray(start, start + length) };
}
