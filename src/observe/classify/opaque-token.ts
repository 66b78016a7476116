import { credentialPrefixOf } from "../../catalog/credential-prefixes.ts";
import type { OpaqueToken } from "../../model/token.ts";
import { UUID_OF_VERSION } from "./uuid.ts";
import { isDigitPattern } from "./values.ts";

/**
 * How much chance can be in a token, at most: its length by its alphabet, prefix and checksum aside. An upper bound and nothing else:
 * whether the characters were drawn by chance cannot be seen in one of them.
 */
export function opaqueFacts(token: string): OpaqueToken {
  const known = credentialPrefixOf(token);
  const random = token.slice(known?.prefix.length ?? 0, token.length - (known?.checksum ?? 0));
  const uuid = uuidOf(random);
  const unit = unitOf(random);
  return {
    length: token.length,
    ...(known !== undefined && { provider: known.provider, class: known.class }),
    atMostBits: uuid?.bits ?? bitsOf(unit),
    shape: uuid !== undefined ? uuid.shape : unit.length < random.length ? "repeated" : "unknown",
  };
}

function bitsOf(text: string): number {
  const alphabet = ALPHABETS.find(({ pattern }) => pattern.test(text))?.size ?? ANY;
  return Math.floor(text.length * Math.log2(alphabet));
}

/** What is written again and again, or the whole text; of digits that count, the first. */
function unitOf(text: string): string {
  if (text.length > MAX_REPEATED || text.length < 2) return text;
  if (isDigitPattern(text)) return text.slice(0, 1);
  const period = `${text}${text}`.indexOf(text, 1);
  return text.slice(0, period);
}

function uuidOf(text: string): { readonly bits: number; readonly shape: "uuid" | "time-uuid" } | undefined {
  const version = UUID_OF_VERSION.exec(text)?.[1];
  if (version === undefined) return undefined;
  const bits = OF_TIME[version];
  return bits === undefined ? { bits: UUID_BITS, shape: "uuid" } : { bits, shape: "time-uuid" };
}

/** RFC 9562 section 4: version and variant take six of the bits. */
const UUID_BITS = 122;
/** What is left beside the time, which can be guessed: a clock sequence and a node (sections 5.1, 5.2, 5.6), or chance (section 5.7). */
const OF_TIME: Readonly<Record<string, number>> = { 1: 62, 2: 62, 6: 62, 7: 74 };
const MAX_REPEATED = 4096;
/** Narrowest first. */
const ALPHABETS = [
  { pattern: /^\d*$/, size: 10 },
  { pattern: /^(?:[0-9a-f]*|[0-9A-F]*)$/, size: 16 },
  { pattern: /^(?:[a-z]*|[A-Z]*)$/, size: 26 },
  { pattern: /^(?:[0-9a-z]*|[0-9A-Z]*)$/, size: 36 },
  { pattern: /^[A-Za-z]*$/, size: 52 },
  { pattern: /^[0-9A-Za-z]*$/, size: 62 },
  { pattern: /^[\w+/=-]*$/, size: 64 },
];
/** Visible ASCII. */
const ANY = 95;
