import { createGunzip } from "node:zlib";

export interface InflatedFile {
  readonly bytes: Uint8Array;
  /** There was more than may be, or what was packed is broken. */
  readonly isCut: boolean;
}

/** A file as it was before it was packed with gzip (RFC 1952): up to `maxBytes`, and to a hundred times its size. Any other one as it is. */
export async function inflatedFile(bytes: Uint8Array, maxBytes: number): Promise<InflatedFile> {
  if (!MAGIC.every((octet, at) => bytes[at] === octet)) return { bytes, isCut: false };
  const limit = Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, bytes.length * MAX_RATIO));
  const chunks: Buffer[] = [];
  let length = 0;
  const joined = () => Buffer.concat(chunks).subarray(0, limit);
  try {
    const unpacked = createGunzip();
    unpacked.end(bytes);
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) return { bytes: joined(), isCut: true };
    }
    return { bytes: joined(), isCut: false };
  } catch {
    return { bytes: joined(), isCut: true };
  }
}

/** With the only method there is: deflate. */
const MAGIC = [0x1f, 0x8b, 0x08];
const MAX_RATIO = 100;
/** Short and very repetitive files are no bombs. */
const RATIO_FREE_BYTES = 64 * 1024;
