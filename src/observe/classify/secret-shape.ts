/**
 * May there be a secret in it, by its looks alone? One pass that rules out most texts (words, dates, UUIDs, addresses) before any detector is
 * asked: a run of characters as machines write them, the beginning of a key, a token or a hash, a link that carries something, JSON with a name that promises one.
 */
export function mayHoldSecret(text: string): boolean {
  if (text.length < MIN_LENGTH) return false;
  if (isJson(text) && SECRET_NAMES.test(text)) return true;
  const links = new Links(text);
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < KINDS.length ? KINDS[code] : OTHER;
    if (kind === PART_OF_TOKEN) {
      run += 1;
      if (run >= MIN_RUN) return true;
      continue;
    }
    if (kind !== OTHER && (isMark(text, at, run) || links.holdMoreAt(at))) return true;
    run = 0;
  }
  return false;
}

function isMark(text: string, at: number, run: number): boolean {
  switch (text.charAt(at)) {
    case "$":
      return /\w/.test(text.charAt(at + 1));
    case "{":
      return HASH_SCHEME.test(text.slice(at, at + MAX_SCHEME));
    case ":":
      return text.startsWith("AA", at + 1);
    default:
      return text.startsWith("-----", at) || (run <= LONGEST_START && STARTS.has(text.slice(at - run, at)));
  }
}

/** A text of JSON has names of its own. */
function isJson(text: string): boolean {
  const first = text.charAt(0);
  return first === "{" || first === "[";
}

/** Links that carry something; asked from the first to the last, each stretch of the text is searched once. */
class Links {
  readonly #text: string;
  #searched = 0;

  constructor(text: string) {
    this.#text = text;
  }

  holdMoreAt(at: number): boolean {
    if (!this.#text.startsWith("://", at)) return false;
    const unsearched = this.#text.slice(Math.max(at, this.#searched), at + MAX_LINK);
    this.#searched = at + MAX_LINK;
    return /[@?]/.test(unsearched);
  }
}

const MIN_LENGTH = 12;
const MIN_RUN = 16;
const MAX_LINK = 2000;
const SECRET_NAMES = /pass|pwd|secret|token|key|auth|credential|\bpin\b|\botp\b|seed|mnemonic/i;
/** RFC 2307: `{SSHA}...` */
const HASH_SCHEME = /^\{[A-Z0-9-]{3,16}\}/;
const MAX_SCHEME = 20;
/** What keys of vendors begin with, up to the first hyphen or dot. */
const STARTS: ReadonlySet<string> = new Set(
  "xoxa xoxb xoxc xoxd xoxe xoxo xoxp xoxr xoxs xapp sk rk pk SG key hvs hvb hvr dp glpat gldt glrt glft pat NRAK NRAA".split(" "),
);
const LONGEST_START = 5;

const OTHER = 0;
const PART_OF_TOKEN = 1;
const MARK = 2;
const KINDS = new Uint8Array(128);
for (const character of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+") KINDS[character.charCodeAt(0)] = PART_OF_TOKEN;
for (const character of "${:-.") KINDS[character.charCodeAt(0)] = MARK;
