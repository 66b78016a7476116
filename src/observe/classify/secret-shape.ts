/**
 * May there be a secret in it, by its looks alone? One pass that rules out most texts (words, dates, UUIDs, addresses) before any detector is
 * asked: a run of characters as machines write them, the beginning of a key, a token or a hash, a link that carries something, a text of JSON.
 */
export function mayHoldSecret(text: string): boolean {
  if (text.length < MIN_LENGTH) return false;
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < KINDS.length ? KINDS[code] : OTHER;
    if (kind === PART_OF_TOKEN) {
      run += 1;
      if (run >= MIN_RUN) return true;
      continue;
    }
    if (kind !== OTHER && isMark(text, at, run)) return true;
    run = 0;
  }
  return false;
}

function isMark(text: string, at: number, run: number): boolean {
  switch (text.charAt(at)) {
    case "$":
      return /\w/.test(text.charAt(at + 1));
    case "{":
      return true;
    case "[":
      return at === 0;
    case ":":
      return isLinkWithMore(text, at) || text.startsWith("AA", at + 1);
    default:
      return text.startsWith("-----", at) || (run <= LONGEST_START && STARTS.has(text.slice(at - run, at)));
  }
}

function isLinkWithMore(text: string, at: number): boolean {
  return text.startsWith("//", at + 1) && /[@?]/.test(text.slice(at, at + MAX_LINK));
}

const MIN_LENGTH = 12;
const MIN_RUN = 16;
const MAX_LINK = 2000;
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
for (const character of "${[:-.") KINDS[character.charCodeAt(0)] = MARK;
