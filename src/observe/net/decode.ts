import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import { contentCodings } from "../../model/content-codings.ts";
import type { Failure } from "../../model/failure.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { failureFrom } from "./failure.ts";

export interface DecodedBody {
  readonly body: Uint8Array;
  readonly bodyProblem?: Failure;
}

/**
 * Undoes one content coding (RFC 9110 section 8.4), up to `maxBytes` and up to a hundred times what came over the wire.
 * Several codings on top of each other, and unknown ones, are not undone.
 */
export async function decodeBody(wire: Uint8Array, headers: HttpAnswer["headers"], maxBytes: number): Promise<DecodedBody> {
  const codings = contentCodings(headers);
  const [coding] = codings;
  if (coding === undefined || wire.length === 0) return { body: wire };
  const decoder = codings.length === 1 ? DECODERS.get(coding)?.(wire) : undefined;
  if (decoder === undefined) return { body: new Uint8Array(), bodyProblem: problem("body_undecodable", "content-encoding") };
  const limit = Math.min(maxBytes, Math.max(RATIO_FREE_BYTES, wire.length * MAX_RATIO));
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    decoder.end(wire);
    for await (const chunk of decoder) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > limit) return { body: cut(chunks, limit), bodyProblem: problem("body_truncated", "decoded size") };
    }
    return { body: cut(chunks, length) };
  } catch (error) {
    return { body: cut(chunks, length), bodyProblem: failureFrom(error, "body") };
  }
}

function cut(chunks: readonly Buffer[], length: number): Uint8Array {
  return Buffer.concat(chunks).subarray(0, length);
}

function problem(reason: "body_undecodable" | "body_truncated", code: string): Failure {
  return { reason, phase: "body", code, retriable: false };
}

const MAX_RATIO = 100;
/** Short and very repetitive answers are no bombs. */
const RATIO_FREE_BYTES = 64 * 1024;

const DECODERS = new Map<string, (wire: Uint8Array) => NodeJS.ReadWriteStream>([
  ["gzip", () => createGunzip()],
  ["x-gzip", () => createGunzip()],
  ["br", () => createBrotliDecompress()],
  // RFC 1950 as RFC 9110 has it, or RFC 1951 as some servers do: the low half of the first byte tells.
  ["deflate", (wire) => (((wire[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw())],
]);
