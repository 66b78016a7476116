import { TextDecoder } from "node:util";

/** A saved text in UTF-8: a shell that writes what it redirects in UTF-16 says so by a byte order mark (RFC 2781 section 3.2). Octets without one are as they were. */
export function inUtf8(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(new TextDecoder("utf-16le").decode(bytes));
  if (first === 0xfe && second === 0xff) return Buffer.from(new TextDecoder("utf-16be").decode(bytes));
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}
