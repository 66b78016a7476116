import { StringDecoder } from "node:string_decoder";
import { TextDecoder } from "node:util";
import { err, ok, type Result } from "../../model/result.ts";

export type DecodeProblem = "binary" | "charset";

/** Bytes that come in parts as text that comes in parts. */
export interface Decoder {
  /** Half a character at the end waits for the next part. */
  decode(bytes: Uint8Array): string;
  /** Some octets were no text in this encoding, and stand there as U+FFFD. */
  readonly isBroken: boolean;
  /** What was decoded so far ends inside of a character. */
  readonly isInside: boolean;
}

/**
 * How to read a body that begins with these bytes. A byte order mark wins over the charset parameter (WHATWG Encoding section 6), which wins over
 * the pattern of NUL bytes that UTF-16 JSON shows (RFC 4627 section 3); the rest is UTF-8 (RFC 8259 section 8.1). Broken sequences become U+FFFD:
 * what stands around them is still worth a look. What is mostly not text is `binary`.
 */
export function decoderOf(head: Uint8Array, charset: string | undefined): Result<Decoder, DecodeProblem> {
  if (UTF_32_MARKS.some((mark) => startsWith(head, mark))) return err("charset");
  const encoding = markedEncoding(head) ?? charset ?? patternEncoding(head);
  const [decoder, sniffed] = [decoderFor(encoding), decoderFor(encoding)];
  if (decoder === undefined || sniffed === undefined) return err("charset");
  return isText(sniffed.decode(head.subarray(0, SNIFFED))) ? ok(decoder) : err("binary");
}

/** `prefix`: what keeps other origins from running it (`)]}',`, `for(;;);`); `jsonp`: the argument of a call. */
export type Guard = "prefix" | "jsonp";

/** Where the JSON text begins behind its guard, in the first characters of a body; undefined where nothing guards it. */
export function guardIn(head: string): { readonly guard: Guard; readonly length: number } | undefined {
  const start = head.length - head.trimStart().length;
  const text = head.slice(start);
  const prefix = GUARDS.find((one) => text.startsWith(one));
  const call = JSONP_CALL.exec(text.slice(0, MAX_CALL))?.[0];
  for (const [guard, found] of [["prefix", prefix] as const, ["jsonp", call] as const]) {
    if (found === undefined) continue;
    const rest = text.slice(found.length).trimStart();
    if (/^[{[]/.test(rest)) return { guard, length: head.length - rest.length };
  }
  return undefined;
}

function decoderFor(encoding: string): Decoder | undefined {
  try {
    const { encoding: known } = new TextDecoder(encoding);
    return known === "utf-8" ? new Utf8() : new Other(known);
  } catch {
    return undefined;
  }
}

/** Several times as fast as the other one. */
class Utf8 implements Decoder {
  isBroken = false;
  readonly #decoder = new StringDecoder("utf8");
  #isFirst = true;
  /** The last three octets. */
  #tail: Uint8Array = new Uint8Array();

  get isInside(): boolean {
    const at = this.#tail.findLastIndex((octet) => (octet & 0xc0) !== 0x80);
    return at >= 0 && this.#tail.length - at < octetsOf(this.#tail[at] ?? 0);
  }

  decode(bytes: Uint8Array): string {
    const text = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!this.isBroken && text.includes(REPLACED)) {
      // U+FFFD itself may have been sent, and in two parts.
      const sent = Buffer.concat([this.#tail.subarray(-2), bytes]).toString("latin1");
      this.isBroken = text.split(REPLACED).length > sent.split(REPLACED_OCTETS).length;
    }
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-3)]).subarray(-3);
    if (!this.#isFirst || text === "") return text;
    this.#isFirst = false;
    return text.startsWith(MARK) ? text.slice(1) : text;
  }
}

class Other implements Decoder {
  isBroken = false;
  /** Half a unit of UTF-16. Of other encodings it cannot be told without their tables. */
  isInside = false;
  readonly #decoder: TextDecoder;
  readonly #strict: TextDecoder;
  readonly #isOfPairs: boolean;

  constructor(encoding: string) {
    this.#isOfPairs = encoding.startsWith("utf-16");
    this.#decoder = new TextDecoder(encoding);
    this.#strict = new TextDecoder(encoding, { fatal: true });
  }

  decode(bytes: Uint8Array): string {
    this.isBroken ||= !this.#isText(bytes);
    if (this.#isOfPairs && bytes.length % 2 === 1) this.isInside = !this.isInside;
    return this.#decoder.decode(bytes, { stream: true });
  }

  #isText(bytes: Uint8Array): boolean {
    try {
      this.#strict.decode(bytes, { stream: true });
      return true;
    } catch {
      return false;
    }
  }
}

/** Of the character that begins with this octet (RFC 3629 section 3). */
function octetsOf(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  return MARKS.find(({ mark }) => startsWith(bytes, mark))?.encoding;
}

function patternEncoding([first, second]: Uint8Array): string {
  if (first === 0 && second !== 0) return "utf-16be";
  return first !== 0 && second === 0 ? "utf-16le" : "utf-8";
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function isText(head: string): boolean {
  const strange = [...head].filter((character) => isStrange(character.charCodeAt(0))).length;
  return strange * 20 <= head.length;
}

/** A control character that no text has, or what could not be decoded. */
function isStrange(code: number): boolean {
  return code === REPLACEMENT || (code < SPACE && (code < TAB || code > RETURN) && !USED_CONTROLS.includes(code));
}

const MARK = "\ufeff";
const REPLACED = "\ufffd";
/** The same as UTF-8, one character for each octet. */
const REPLACED_OCTETS = "\xef\xbf\xbd";
const MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { mark: [0xff, 0xfe], encoding: "utf-16le" },
  { mark: [0xfe, 0xff], encoding: "utf-16be" },
] as const;
/** The little-endian one begins like UTF-16's. */
const UTF_32_MARKS = [
  [0xff, 0xfe, 0, 0],
  [0, 0, 0xfe, 0xff],
] as const;
const GUARDS = [")]}',", ")]}'", ")]}", "for(;;);", "for (;;);", "while(1);", "while (1);", "throw 1;", "{}&&"];
const JSONP_CALL = /^(?:\/\*\*\/)?\s{0,8}[A-Za-z_$][\w$.]{0,100}\s{0,8}\(/;
const MAX_CALL = 160;
const SNIFFED = 4096;
/** Beside tabs and ends of lines, what text does hold: escape sequences, and the separator of records of RFC 7464. */
const USED_CONTROLS = [0x1b, 0x1e];
const TAB = 0x09;
const RETURN = 0x0d;
const SPACE = 0x20;
const REPLACEMENT = 0xfffd;
