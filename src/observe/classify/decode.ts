import { TextDecoder } from "node:util";
import { err, ok, type Result } from "../../model/result.ts";

export type DecodeProblem = "binary" | "charset";

/**
 * Bytes of a body as text. A byte order mark wins over the charset parameter (WHATWG Encoding section 6), which wins over the
 * pattern of NUL bytes that UTF-16 JSON shows (RFC 4627 section 3); the rest is UTF-8 (RFC 8259 section 8.1). Broken sequences
 * become U+FFFD: what stands around them is still worth a look. What is mostly not text is `binary`.
 */
export function decodeText(bytes: Uint8Array, charset: string | undefined): Result<string, DecodeProblem> {
  if (UTF_32_MARKS.some((mark) => startsWith(bytes, mark))) return err("charset");
  const decoder = decoderFor(markedEncoding(bytes) ?? charset ?? patternEncoding(bytes));
  if (decoder === undefined) return err("charset");
  // `stream` leaves out a character that the cut of a truncated body has halved.
  const text = decoder.decode(bytes, { stream: true });
  return isText(text) ? ok(text) : err("binary");
}

/** JSON text without what keeps it from being run or read by other origins: `)]}',`, `for(;;);`, a JSONP call. */
export function withoutGuards(text: string): string {
  const trimmed = text.trim();
  const unguarded = afterPrefix(trimmed) ?? insideCall(trimmed);
  return unguarded !== undefined && /^[{[]/.test(unguarded) ? unguarded : trimmed;
}

function afterPrefix(text: string): string | undefined {
  const guard = GUARDS.find((prefix) => text.startsWith(prefix));
  return guard === undefined ? undefined : text.slice(guard.length).trimStart();
}

function insideCall(text: string): string | undefined {
  const call = JSONP_CALL.exec(text.slice(0, MAX_CALL))?.[0];
  if (call === undefined) return undefined;
  const end = text.lastIndexOf(")");
  return text.slice(call.length, end > call.length ? end : undefined).trim();
}

function decoderFor(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(encoding);
  } catch {
    return undefined;
  }
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

function isText(text: string): boolean {
  const head = text.slice(0, SNIFFED);
  const strange = head.match(STRANGE)?.length ?? 0;
  return strange * 20 <= head.length;
}

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
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGE = /[\0-\x08\x0e-\x1a\x1c\x1d\x1f\ufffd]/g;
