/** One challenge of a WWW-Authenticate or Proxy-Authenticate field (RFC 9110 section 11.6.1). Text from outside. */
export interface Challenge {
  /** As written: its case means nothing. */
  readonly scheme: string;
  /** Names in lower case; the first value of each counts. */
  readonly params: Readonly<Record<string, string>>;
  readonly token68: string | null;
  /** What follows in the field could not be read, or a parameter came twice. What stands here was read before that. */
  readonly malformed: boolean;
}

export interface ParsedChallenges {
  readonly challenges: readonly Challenge[];
  /** Something could not be read, in a challenge or before the first one. */
  readonly malformed: boolean;
}

/**
 * All lines of the field are one list, whoever joined them. The comma is overloaded: after it, `token =` goes on with the challenge, and a token
 * that is followed by a space, a comma or the end begins the next one. Keeps what was good before the first fault, never throws, and takes time
 * that is linear in the length.
 */
export function parseChallenges(lines: readonly string[]): ParsedChallenges {
  const reader = new FieldReader(lines.join(", "));
  const drafts: Draft[] = [];
  let isMalformed = false;
  while (!isMalformed && reader.skipCommas()) isMalformed = !readElement(reader, drafts);
  const last = drafts.at(-1);
  if (isMalformed && last !== undefined) last.malformed = true;
  const challenges = drafts.map(({ scheme, params, token68, malformed }) => ({
    scheme,
    params: Object.fromEntries(params),
    token68,
    malformed,
  }));
  return { challenges, malformed: isMalformed || challenges.some(({ malformed }) => malformed) };
}

interface Draft {
  readonly scheme: string;
  readonly params: Map<string, string>;
  token68: string | null;
  malformed: boolean;
}

/** What stands between two commas of the list: a parameter, or a scheme and what follows it. False where it cannot be read. */
function readElement(reader: FieldReader, drafts: Draft[]): boolean {
  const name = reader.token();
  if (name === undefined) return false;
  const current = drafts.at(-1);
  if (reader.isAssignment()) return current !== undefined && current.token68 === null && readValue(reader, name, current);
  const draft: Draft = { scheme: name, params: new Map(), token68: null, malformed: false };
  drafts.push(draft);
  if (reader.isElementEnd()) return true;
  draft.token68 = reader.token68() ?? null;
  if (draft.token68 !== null) return true;
  const parameter = reader.token();
  return parameter !== undefined && reader.isAssignment() && readValue(reader, parameter, draft);
}

/** After the name: `= value`, up to the end of the element. */
function readValue(reader: FieldReader, name: string, draft: Draft): boolean {
  const value = reader.value();
  if (value === undefined) return false;
  const key = name.toLowerCase();
  if (draft.params.has(key)) draft.malformed = true;
  else draft.params.set(key, value);
  return reader.isElementEnd();
}

class FieldReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Empty elements are for the recipient to ignore (section 5.6.1.2). False at the end of the field. */
  skipCommas(): boolean {
    this.#match(COMMAS);
    return this.#at < this.#text.length;
  }

  token(): string | undefined {
    return this.#match(TOKEN);
  }

  /** Only where an element ends after it: `Basic realm=` has one, `Digest realm=x` has not. */
  token68(): string | undefined {
    const start = this.#at;
    const found = this.#match(TOKEN_68);
    if (found !== undefined && this.isElementEnd()) return found;
    this.#at = start;
    return undefined;
  }

  /** Bad whitespace around the sign is read, never written (section 5.6.3). */
  isAssignment(): boolean {
    const start = this.#at;
    this.#match(SPACES);
    if (this.#text[this.#at] === "=") return true;
    this.#at = start;
    return false;
  }

  /** `= token` or `= "quoted string"`. */
  value(): string | undefined {
    this.#at += 1;
    this.#match(SPACES);
    return this.#text[this.#at] === '"' ? this.#quoted() : this.#match(TOKEN);
  }

  /** Undefined where it is never closed. In pieces: one expression for all of it would need a stack as deep as it is long. */
  #quoted(): string | undefined {
    this.#at += 1;
    const pieces: string[] = [];
    for (let piece = this.#match(QUOTED_PIECE); piece !== undefined; piece = this.#match(QUOTED_PIECE)) {
      pieces.push(piece.replace(/\\(.)/gs, "$1"));
    }
    if (this.#text[this.#at] !== '"') return undefined;
    this.#at += 1;
    return pieces.join("");
  }

  isElementEnd(): boolean {
    this.#match(SPACES);
    return this.#at >= this.#text.length || this.#text[this.#at] === ",";
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const [found] = sticky.exec(this.#text) ?? [];
    if (found === undefined || found === "") return undefined;
    this.#at += found.length;
    return found;
  }
}

const COMMAS = /[ \t,]*/y;
const SPACES = /[ \t]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const TOKEN_68 = /[A-Za-z0-9._~+/-]+=*/y;
/** Section 5.6.4, with obs-text. */
const QUOTED_PIECE = /(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff]){1,4096}/y;
