/** An element in as few octets as its length needs (X.690 section 10.1), up to 16 megabytes. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Uint8Array.of(tag, length), content]);
  const octets = length < 0x100 ? 1 : length < 0x1_00_00 ? 2 : 3;
  return Buffer.concat([Uint8Array.of(tag, 0x80 | octets), bigEndian(length, octets), content]);
}

/** 0 to 2^53. */
export function bigEndian(value: number, octets: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes.subarray(8 - octets);
}
