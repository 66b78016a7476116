import { decodeBody } from "../observe/net/decode.ts";

export interface InflatedFile {
  readonly bytes: Uint8Array;
  /** There was more than may be, or what was packed is broken. */
  readonly isCut: boolean;
}

/** A file as it was before it was packed with gzip (RFC 1952): up to `maxBytes`, and to a hundred times its size. Any other one as it is. */
export async function inflatedFile(bytes: Uint8Array, maxBytes: number): Promise<InflatedFile> {
  if (!MAGIC.every((octet, at) => bytes[at] === octet)) return { bytes, isCut: false };
  const { body, bodyProblem } = await decodeBody(bytes, [["content-encoding", "gzip"]], maxBytes);
  return { bytes: body, isCut: bodyProblem !== undefined };
}

/** With the only method there is: deflate. */
const MAGIC = [0x1f, 0x8b, 0x08];
