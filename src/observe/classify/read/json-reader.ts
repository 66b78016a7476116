import type { DocumentBuilder } from "./document-builder.ts";
import { jsonNumber } from "./json-number.ts";
import { LongText } from "./long-text.ts";
import type { Reader, ReadProblem } from "./reader.ts";

/**
 * JSON (RFC 8259) from a text that comes in parts, of one document or of several behind each other: lines (NDJSON), sequences (RFC 7464), or
 * nothing between them. Never recursive. Of what JSON does not allow, NaN and Infinity, commas before a closing bracket, control characters and
 * unknown escapes in texts are read on and make the body malformed; anything else ends the reading, and what came before stays.
 */
export class JsonReader implements Reader {
  problem: ReadProblem | undefined;
  /** Nothing behind it will be read. */
  isOver = false;
  readonly #builder: DocumentBuilder;
  readonly #isCall: boolean;
  /** The bracket behind the argument of a call has come. */
  #isCalled = false;
  readonly #isPart: boolean;
  readonly #containers = new Uint8Array(MAX_DEPTH + 2);
  #state: State = VALUE;
  #text = "";
  #rest = "";
  /** A text that began in an earlier part. */
  #open: LongText | undefined;

  /** `isCall`: the document is the argument of a call that ends behind it (JSONP); `isPart`: it is one value of a greater document. */
  constructor(builder: DocumentBuilder, { isCall = false, isPart = false } = {}) {
    this.#builder = builder;
    this.#isCall = isCall;
    this.#isPart = isPart;
  }

  write(part: string): void {
    if (this.isOver) return;
    this.#take(part, false);
  }

  /** The text ends here: where it was cut, what stands unfinished is left out. */
  end(isCut: boolean): void {
    if (!this.isOver) {
      this.#take("", !isCut);
      const isBetween = this.#state === BETWEEN || (this.#state === VALUE && this.#builder.depth === 0 && this.#builder.isList);
      const isWhole = isBetween && this.#open === undefined && this.#isCalled === this.#isCall;
      if (!isCut && !this.isOver && !isWhole) this.#fail("malformed");
    }
    if (this.#isPart) this.#builder.closeAll();
    else this.#builder.end();
  }

  #take(part: string, isLast: boolean): void {
    const text = this.#rest === "" ? part : this.#rest + part;
    this.#rest = "";
    this.#text = text;
    let at = 0;
    if (this.#open !== undefined) {
      at = this.#textOn(0, this.#open);
      if (at < 0) return;
      this.#textDone(this.#open);
      this.#open = undefined;
    }
    at = this.#run(at, isLast);
    if (!this.isOver && at < text.length) this.#rest = text.slice(at);
  }

  /** Reads whole tokens; gives where the first one begins that is not whole. */
  #run(from: number, isLast: boolean): number {
    const text = this.#text;
    let at = from;
    while (true) {
      at = behindSpace(text, at);
      if (at >= text.length) return at;
      const next = this.#step(text.charCodeAt(at), at, isLast);
      if (next < 0) return this.#open === undefined ? at : text.length;
      at = next;
    }
  }

  /** One token; gives where it goes on behind it, or -1 where it is not whole or the reading is over. */
  #step(code: number, at: number, isLast: boolean): number {
    switch (this.#state) {
      case AFTER:
        return this.#separator(code, at);
      case FIRST_KEY:
      case KEY:
        return this.#key(code, at);
      case COLON_NEXT:
        if (code !== COLON) return this.#fail("malformed");
        this.#state = VALUE;
        return at + 1;
      case BETWEEN:
        return this.#between(code, at);
      default:
        return this.#value(code, at, isLast);
    }
  }

  #separator(code: number, at: number): number {
    const isObject = this.#containers[this.#builder.depth] === OBJECT;
    if (code === COMMA) {
      this.#state = isObject ? KEY : ELEMENT;
      return at + 1;
    }
    return code === (isObject ? CLOSE_BRACE : CLOSE_BRACKET) ? this.#close(at) : this.#fail("malformed");
  }

  #key(code: number, at: number): number {
    const { shape } = this.#builder;
    if (shape?.guess !== undefined && startsWithAt(this.#text, shape.guessText, at)) {
      this.#builder.shape = shape.guess;
      this.#state = VALUE;
      return at + shape.guessText.length;
    }
    if (code === QUOTE) {
      this.#state = COLON_NEXT;
      return this.#textAt(at, true);
    }
    return code === CLOSE_BRACE ? this.#close(at) : this.#fail("malformed");
  }

  /** Of an array or object; behind a comma there should have come something. */
  #close(at: number): number {
    if (this.#state === KEY || this.#state === ELEMENT) this.problem ??= "malformed";
    this.#builder.close();
    this.#state = this.#builder.depth === 0 ? BETWEEN : AFTER;
    return at + 1;
  }

  /** Behind a document. */
  #between(code: number, at: number): number {
    if (code === RECORD_SEPARATOR) return at + 1;
    if (this.#isCall) {
      if (code === CLOSE_PARENTHESIS) this.#isCalled = true;
      return code === CLOSE_PARENTHESIS || code === SEMICOLON ? at + 1 : this.#fail("malformed");
    }
    if (!this.#builder.makeList()) return this.#fail("malformed");
    this.#state = VALUE;
    return at;
  }

  #value(code: number, at: number, isLast: boolean): number {
    const builder = this.#builder;
    const after = builder.depth === 0 ? BETWEEN : AFTER;
    if (code === QUOTE) {
      this.#state = after;
      return this.#textAt(at, false);
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) return this.#enter(code === OPEN_BRACE, at);
    if (code === CLOSE_BRACKET && this.#state !== VALUE) return this.#close(at);
    if (code === RECORD_SEPARATOR && builder.depth === 0) return at + 1;
    const text = this.#text;
    const end = wordEnd(text, at);
    if (end === text.length && !isLast) return end - at > MAX_WORD ? this.#fail("malformed") : -1;
    if (!this.#word(text, at, end)) return this.#fail("malformed");
    this.#state = after;
    return end;
  }

  #enter(isObject: boolean, at: number): number {
    const builder = this.#builder;
    if (builder.depth >= MAX_DEPTH) return this.#fail("too-deep");
    builder.open(isObject);
    this.#containers[builder.depth] = isObject ? OBJECT : ARRAY;
    this.#state = isObject ? FIRST_KEY : FIRST_ELEMENT;
    return at + 1;
  }

  #word(text: string, at: number, end: number): boolean {
    const first = text.charCodeAt(at);
    if (first === MINUS || (first >= ZERO && first <= NINE)) return this.#number(text, at, end);
    const word = text.slice(at, end);
    if (word === "true") this.#builder.scalar(true);
    else if (word === "false") this.#builder.scalar(false);
    else if (word === "null") this.#builder.scalar(null);
    else return this.#noNumber(word);
    return true;
  }

  #number(text: string, at: number, end: number): boolean {
    if (end - at <= PLAIN_DIGITS) {
      let value = 0;
      let index = at;
      for (; index < end; index += 1) {
        const digit = text.charCodeAt(index) - ZERO;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      if (index === end && (text.charCodeAt(at) !== ZERO || end - at === 1)) {
        this.#builder.scalar(value);
        return true;
      }
    }
    const word = text.slice(at, end);
    const number = jsonNumber(word);
    if (number === undefined) return this.#noNumber(word);
    this.#builder.scalar(number);
    return true;
  }

  /** What some writers send for a number that is none. */
  #noNumber(word: string): boolean {
    if (!NO_NUMBERS.includes(word)) return false;
    this.problem ??= "malformed";
    this.#builder.scalar(null);
    return true;
  }

  /** Of the quote at `at`; gives where it goes on, or -1 where the text has no end yet. */
  #textAt(at: number, isKey: boolean): number {
    const text = this.#text;
    const from = at + 1;
    const end = plainEnd(text, from);
    if (end >= 0) {
      const value = text.slice(from, end);
      if (isKey) this.#builder.key(value);
      else this.#builder.scalar(value);
      return end + 1;
    }
    const open = new LongText();
    const next = this.#textOn(from, open);
    if (next < 0) this.#open = open;
    else this.#textDone(open, isKey);
    return next;
  }

  #textDone(open: LongText, isKey = this.#state === COLON_NEXT): void {
    const text = open.text();
    this.#builder.notAscii();
    if (!isKey) {
      this.#builder.shortened(text, open.omitted);
      return;
    }
    if (open.omitted > 0) this.#builder.isWhole = false;
    this.#builder.key(text);
  }

  /** The rest of a text, with its escapes; gives where it goes on behind it, or -1 where it has no end yet. */
  #textOn(from: number, open: LongText): number {
    const text = this.#text;
    let at = from;
    while (true) {
      const end = specialAt(text, at);
      if (end > at) open.add(text.slice(at, end));
      at = end;
      if (at >= text.length) return -1;
      const code = text.charCodeAt(at);
      if (code === QUOTE) return at + 1;
      if (code !== BACKSLASH) {
        this.problem ??= "malformed";
        open.add(text.charAt(at));
        at += 1;
        continue;
      }
      const escaped = text.charAt(at + 1);
      const size = escaped === "u" ? 6 : 2;
      if (at + size > text.length) {
        this.#rest = text.slice(at);
        return -1;
      }
      open.add(this.#unescaped(text, at, escaped));
      at += size;
    }
  }

  #unescaped(text: string, at: number, escaped: string): string {
    if (escaped === "u") {
      const digits = text.slice(at + 2, at + 6);
      if (HEXADECIMAL.test(digits)) return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const known = ESCAPES[escaped];
    if (known !== undefined) return known;
    this.problem ??= "malformed";
    return text.slice(at, at + (escaped === "u" ? 6 : 2));
  }

  #fail(problem: ReadProblem): number {
    this.problem = problem;
    this.isOver = true;
    return -1;
  }
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isPart =
      (code >= ZERO && code <= NINE) ||
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      code === MINUS ||
      code === DOT ||
      code === PLUS;
    if (!isPart) break;
    at += 1;
  }
  return at;
}

/** Where a text ends that has no escapes; -1 where it has some, or no end. */
function plainEnd(text: string, from: number): number {
  const at = specialAt(text, from);
  return text.charCodeAt(at) === QUOTE ? at : -1;
}

/** The next quote, escape or control character, or the end. */
function specialAt(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || code === BACKSLASH || code < SPACE) return at;
  }
  return text.length;
}

function behindSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== LINE_FEED && code !== RETURN && code !== TAB) break;
    at += 1;
  }
  return at;
}

/** As fast as it gets for the few characters of a key. */
function startsWithAt(text: string, start: string, at: number): boolean {
  if (at + start.length > text.length) return false;
  for (let index = start.length - 1; index >= 0; index -= 1) {
    if (text.charCodeAt(at + index) !== start.charCodeAt(index)) return false;
  }
  return true;
}

type State =
  | typeof VALUE
  | typeof FIRST_ELEMENT
  | typeof ELEMENT
  | typeof FIRST_KEY
  | typeof KEY
  | typeof COLON_NEXT
  | typeof AFTER
  | typeof BETWEEN;

/** What may come next. */
const VALUE = 0;
const FIRST_ELEMENT = 1;
const ELEMENT = 2;
const FIRST_KEY = 3;
const KEY = 4;
const COLON_NEXT = 5;
const AFTER = 6;
const BETWEEN = 7;

const OBJECT = 1;
const ARRAY = 2;
/** No API that anybody reads by hand needs it. */
const MAX_DEPTH = 200;
/** Of a number. */
const MAX_WORD = 1024 * 1024;
const PLAIN_DIGITS = 15;
const NO_NUMBERS = ["NaN", "Infinity", "-Infinity"];
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const HEXADECIMAL = /^[0-9a-fA-F]{4}$/;
const SPACE = 0x20;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const CLOSE_PARENTHESIS = 0x29;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const RECORD_SEPARATOR = 0x1e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
