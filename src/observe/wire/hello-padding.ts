import { EXTENSION, type Extension } from "./extension.ts";

/**
 * The padding (RFC 7685) that a hello of `length` octets needs, undefined where it needs none: some servers hang on hellos of 256 to
 * 511 octets, some fail where the length ends in 0x0a or 0x0e, some drop a hello that ends in an empty extension.
 */
export function paddingFor(length: number, extensions: readonly Extension[], minLength: number): Extension | undefined {
  const endsEmpty = extensions.at(-1)?.data.length === 0;
  if (!endsEmpty && length >= minLength && isSafe(length)) return undefined;
  // Where there was no extension before, the list's own length comes with the first.
  const header = extensions.length === 0 ? LIST_HEADER + EXTENSION_HEADER : EXTENSION_HEADER;
  let size = Math.max(1, minLength - length - header);
  while (!isSafe(length + header + size)) size++;
  return { type: EXTENSION.padding, data: new Uint8Array(size) };
}

function isSafe(length: number): boolean {
  const inGap = length >= 256 && length <= 511;
  return !inGap && ![0x0a, 0x0e].includes(length % 256);
}

const LIST_HEADER = 2;
const EXTENSION_HEADER = 4;
