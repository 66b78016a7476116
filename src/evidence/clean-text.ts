/** Removes a secret of ours from text, in every spelling that the keeper of secrets knows. */
export type Scrub = (text: string) => string;

/**
 * Text from outside as evidence may hold it: without control, format and separator
 * characters, without our secrets, at most `limit` characters. The order matters: a secret that is interrupted by an
 * invisible character is whole again before it is looked for, and is looked for before anything is cut.
 */
export function cleanText(text: string, scrub: Scrub, limit: number): string {
  return Array.from(scrubbed(visible(text), scrub))
    .slice(0, limit)
    .join("");
}

/**
 * Replaces what is not the name of a product, a version or a date but a value: addresses, identifiers, tokens, long numbers.
 * A banner field may be abused to carry any of them, and some vendors put a per-request identifier there.
 */
export function maskOpaque(text: string): string {
  return text
    .replace(URLS, OPAQUE)
    .replace(EMAILS, OPAQUE)
    .replace(UUIDS, OPAQUE)
    .replace(LONG_TOKENS, (token) => (/[a-z]/.test(token) && /[A-Z]/.test(token) && /\d/.test(token) ? OPAQUE : token))
    .replace(LONG_WORDS, (word) => (/\d/.test(word) && /[A-Za-z]/.test(word) ? OPAQUE : word))
    .replace(LONG_NUMBERS, OPAQUE);
}

/** What somebody calls an organisation: one line, at most 100 characters, without addresses and numbers of anybody. Undefined where nothing is left. */
export function organisationName(text: string, scrub: Scrub): string | undefined {
  const name = cleanText(maskOpaque(cleanText(text, scrub, LONGEST_LINE)), scrub, LONGEST_NAME).trim();
  return name === "" ? undefined : name;
}

/** HTTP header values arrive as latin1 text; most servers that send more than ASCII mean UTF-8. */
export function decodeHeaderText(latin1: string): string {
  try {
    return UTF8.decode(Buffer.from(latin1, "latin1"));
  } catch {
    return latin1;
  }
}

/** Paths of bodies and names in certificates escape with a backslash, which may stand in the middle of a secret. */
function scrubbed(text: string, scrub: Scrub): string {
  const unescaped = text.replace(/\\(.)/gs, "$1");
  return scrub(unescaped) === unescaped ? scrub(text) : scrub(unescaped);
}

function visible(text: string): string {
  return text.replaceAll("\t", " ").replace(INVISIBLE, "");
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const LONGEST_LINE = 1024;
const LONGEST_NAME = 100;
/** What stands in the place of a value. */
export const OPAQUE = "[opaque]";
/** C0, DEL and C1 (Cc), bidirectional and zero-width (Cf), line and paragraph separators, lone surrogates (Cs). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const URLS = /\bhttps?:\/\/\S+/gi;
const EMAILS = /[^\s@<>"]{1,64}@[^\s@<>"]{1,255}/g;
const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const LONG_TOKENS = /[A-Za-z0-9+/_=-]{40,}/g;
const LONG_WORDS = /[A-Za-z0-9]{20,}/g;
const LONG_NUMBERS = /\d{13,}/g;
