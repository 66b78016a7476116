import { randomBytes } from "node:crypto";
import type { Instant } from "../model/instant.ts";

/** Sortable identifier: 48 bits of time, 80 random bits, Crockford base 32 (https://github.com/ulid/spec). */
export function ulid(now: Instant): string {
  let bits = (BigInt(now) << 80n) | BigInt(`0x${randomBytes(10).toString("hex")}`);
  let text = "";
  for (let position = 0; position < 26; position += 1) {
    text = ALPHABET.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
