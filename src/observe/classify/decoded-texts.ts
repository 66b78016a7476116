import { TextDecoder } from "node:util";

/** A text that stood in another one in disguise. */
export interface DecodedText {
  readonly text: string;
  /** `base64` in either alphabet (RFC 4648), the claims of a `jwt` (RFC 7519), a value of a `query` or of form data (WHATWG URL section 5.1). */
  readonly from: "base64" | "jwt" | "query";
  /** Of the parameter that it is the value of, as it was written; "" for the others. */
  readonly name: string;
}

/**
 * What a text says once its encodings are undone, outermost first: at most 64 KB of the text are looked at, two encodings deep, 32 texts in
 * all. Only what comes out as printable text counts, so that a digest or a random token is nothing.
 */
export function decodedTexts(text: string): readonly DecodedText[] {
  const found: DecodedText[] = [];
  let level: readonly string[] = [text];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const inner = level.flatMap(decodedOnce).slice(0, MAX_TEXTS - found.length);
    found.push(...inner);
    level = inner.map((one) => one.text);
  }
  return found;
}

function decodedOnce(text: string): readonly DecodedText[] {
  if (text.length > MAX_LENGTH || text.length < MIN_LENGTH) return [];
  const claims = claimsOf(text);
  if (claims !== undefined) return [{ text: claims, from: "jwt", name: "" }];
  const plain = base64Text(DATA_URL.exec(text)?.[1] ?? text.replace(/^Basic\s+/i, ""));
  if (plain !== undefined) return [{ text: plain, from: "base64", name: "" }];
  return queryValues(text);
}

function claimsOf(text: string): string | undefined {
  const [, claims = ""] = JWT.exec(text) ?? [];
  const decoded = claims === "" ? undefined : printable(Buffer.from(claims, "base64url"));
  return decoded?.startsWith("{") === true ? decoded : undefined;
}

/** The length has to be one that an encoder makes; text that is no more than digits or letters of one case seldom was encoded. */
function base64Text(text: string): string | undefined {
  const packed = text.replace(/[\r\n]+/g, "");
  if (packed.length < MIN_LENGTH || !BASE64.test(packed) || /^(?:\d+|[a-z]+|[A-Z]+|[0-9a-f]+)$/.test(packed)) return undefined;
  const bare = packed.replace(/=+$/, "");
  if (bare.length % 4 === 1 || (bare.length < packed.length && packed.length % 4 !== 0)) return undefined;
  return printable(Buffer.from(bare, "base64"));
}

/** Of a URL, of its fragment, or of a text that is nothing but pairs. */
function queryValues(text: string): readonly DecodedText[] {
  const query = URL_QUERY.exec(text)?.[1] ?? (PAIRS.test(text) ? text : "");
  return query.split(/[&#]/, MAX_PAIRS).flatMap((pair) => {
    const equals = pair.indexOf("=");
    const value = equals < 1 ? undefined : percentDecoded(pair.slice(equals + 1));
    return value === undefined || value === ""
      ? []
      : [{ text: value, from: "query" as const, name: percentDecoded(pair.slice(0, equals)) ?? "" }];
  });
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

function printable(bytes: Buffer): string | undefined {
  if (bytes.length < MIN_DECODED) return undefined;
  try {
    const text = UTF_8.decode(bytes);
    return UNPRINTABLE.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const MAX_DEPTH = 2;
const MAX_TEXTS = 32;
const MAX_PAIRS = 32;
const MAX_LENGTH = 64 * 1024;
const MIN_LENGTH = 4;
const MIN_DECODED = 6;
const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
const BASE64 = /^[\w+/-]+={0,2}$/;
const JWT = /^(?:Bearer\s+)?ey[\w-]+\.([\w-]{8,})\.[\w-]*$/i;
const DATA_URL = /^data:(?:text\/[\w.+-]{1,40}|application\/(?:[\w.-]{1,40}\+)?(?:json|xml))(?:;[\w=-]{1,40}){0,3};base64,([\w+/=-]+)$/i;
const URL_QUERY = /^[a-z][a-z\d+.-]{1,20}:\/\/[^\s?#]{1,2048}[?#]([^\s]+)$/i;
/** `a=1&b=2`: two pairs at the least, or a sentence with an equals sign would be one. */
const PAIRS = /^[\w.%[\]-]{1,100}=[^\s&=]{0,4096}(?:&[\w.%[\]-]{1,100}=[^\s&=]{0,4096})+$/;
const UNPRINTABLE = /[^\P{C}\t\r\n]|\p{Co}/u;
