/** A bare item (RFC 9651 section 3.3), told apart no further than the readers here need: words, strings and octets are text. */
export type BareItem = number | boolean | string;

/** A member of a list or of a dictionary, whose name is then `key`. Of an inner list, only the parameters are kept. */
export interface FieldMember {
  readonly key?: string;
  readonly value: BareItem;
  readonly parameters: ReadonlyMap<string, BareItem>;
}

/** A list (RFC 9651 section 3.1). Undefined where it is none: then the field counts as not sent (section 4.2). At most MAX_MEMBERS members. */
export function parseList(text: string): readonly FieldMember[] | undefined {
  return new Reader(text).members((reader) => reader.item());
}

/** A dictionary (RFC 9651 section 3.2); of a key that comes twice, the last one counts. */
export function parseDictionary(text: string): readonly FieldMember[] | undefined {
  const members = new Reader(text).members((reader) => reader.pair());
  return members === undefined ? undefined : [...new Map(members.map((member) => [member.key, member])).values()];
}

/** One pass over the text: every expression is anchored where the reader stands, and none looks back. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  members(read: (reader: Reader) => FieldMember | undefined): readonly FieldMember[] | undefined {
    if (this.#text.length > MAX_TEXT) return undefined;
    this.#take(SPACES);
    const found: FieldMember[] = [];
    while (this.#at < this.#text.length) {
      const member = read(this);
      if (member === undefined) return undefined;
      found.push(member);
      this.#take(BLANKS);
      if (this.#at === this.#text.length) break;
      if (this.#take(COMMA) === undefined || this.#at === this.#text.length || found.length === MAX_MEMBERS) return undefined;
    }
    return found;
  }

  item(): FieldMember | undefined {
    const value = this.#take(OPEN) === undefined ? this.#bareItem() : this.#innerList();
    const parameters = value === undefined ? undefined : this.#parameters();
    return value === undefined || parameters === undefined ? undefined : { value, parameters };
  }

  pair(): FieldMember | undefined {
    const key = this.#take(KEY);
    if (key === undefined) return undefined;
    if (this.#take(EQUALS) !== undefined) {
      const item = this.item();
      return item === undefined ? undefined : { key, ...item };
    }
    const parameters = this.#parameters();
    return parameters === undefined ? undefined : { key, value: true, parameters };
  }

  #innerList(): BareItem | undefined {
    for (;;) {
      this.#take(SPACES);
      if (this.#take(CLOSE) !== undefined) return "";
      if (this.#bareItem() === undefined || this.#parameters() === undefined) return undefined;
      const next = this.#text[this.#at];
      if (next !== " " && next !== ")") return undefined;
    }
  }

  #parameters(): ReadonlyMap<string, BareItem> | undefined {
    const found = new Map<string, BareItem>();
    while (this.#take(SEMICOLON) !== undefined) {
      const key = this.#take(KEY);
      const value = this.#take(EQUALS) === undefined ? true : this.#bareItem();
      if (key === undefined || value === undefined) return undefined;
      found.set(key, value);
    }
    return found;
  }

  #bareItem(): BareItem | undefined {
    const number = this.#take(NUMBER);
    if (number !== undefined) return Number(number);
    const string = this.#take(STRING);
    if (string !== undefined) return string.slice(1, -1).replaceAll(/\\(.)/g, "$1");
    const boolean = this.#take(BOOLEAN);
    if (boolean !== undefined) return boolean === "?1";
    const date = this.#take(DATE);
    if (date !== undefined) return Number(date.slice(1));
    return this.#take(OCTETS) ?? this.#take(TOKEN);
  }

  /** What stands here and fits; "" where that is nothing, undefined where it does not fit. */
  #take(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const [taken] = sticky.exec(this.#text) ?? [];
    if (taken !== undefined) this.#at += taken.length;
    return taken;
  }
}

/** Longer fields and longer lists of limits say nothing that anybody reads. */
const MAX_TEXT = 4096;
const MAX_MEMBERS = 64;
const SPACES = / */y;
const BLANKS = /[ \t]*/y;
const COMMA = /,[ \t]*/y;
const SEMICOLON = /; */y;
const EQUALS = /=/y;
const OPEN = /\(/y;
const CLOSE = /\)/y;
const KEY = /[a-z*][a-z0-9_.*-]{0,127}/y;
const NUMBER = /-?(?:\d{1,12}\.\d{1,3}|\d{1,15})(?![\d.])/y;
const STRING = /"(?:[ !#-[\]-~]|\\["\\])*"/y;
const BOOLEAN = /\?[01]/y;
const DATE = /@-?\d{1,15}/y;
/** Octets (`:...:`), and strings beyond ASCII (`%"..."`). */
const OCTETS = /:[A-Za-z0-9+/=]*:|%"[ !#-~]*"/y;
const TOKEN = /[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*/y;
