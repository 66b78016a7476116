import type { HazardKind } from "../../../evidence/kinds.ts";
import { isFormula } from "./formula.ts";
import { hasTemplate } from "./template.ts";

/** What in a text may act on whoever shows, opens or prints it. Facts only: whether the field may hold such text is not asked. Linear. */
export function hazardsIn(text: string): readonly HazardKind[] {
  if (!mayAct(text)) return NONE;
  const looked = text.length <= MAX_LOOKED_AT ? text : text.slice(0, MAX_LOOKED_AT);
  return CHECKS.filter(({ test }) => test(looked)).map(({ kind }) => kind);
}

/** Most texts are ruled out by their characters. */
function mayAct(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first <= SPACE || first === EQUALS || first === PLUS || first === MINUS || first === AT || WIDE_SIGNS.has(first)) return true;
  let isLink = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE ? code !== TAB && code !== LINE_FEED && code !== RETURN : code === LESS_THAN || code === OPEN_BRACE) return true;
    if (code >= DELETE && isInvisible(code)) return true;
    if (code === COLON) isLink = true;
  }
  return isLink && SCHEME.test(text);
}

function isInvisible(code: number): boolean {
  return code <= LAST_CONTROL || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

const CHECKS: readonly { readonly kind: HazardKind; readonly test: (text: string) => boolean }[] = [
  { kind: "script", test: (text) => SCRIPT.test(text) },
  { kind: "event-handler", test: (text) => EVENT_HANDLER.test(text) },
  { kind: "script-url", test: (text) => SCRIPT_URL.test(text) },
  { kind: "data-url", test: (text) => DATA_URL.test(text) },
  { kind: "template", test: hasTemplate },
  { kind: "formula", test: isFormula },
  { kind: "control-character", test: (text) => CONTROL.test(text) },
  { kind: "bidi-control", test: (text) => BIDI.test(text) },
];
const NONE: readonly HazardKind[] = [];
const MAX_LOOKED_AT = 1024 * 1024;
const SPACE = 0x20;
const EQUALS = 0x3d;
const PLUS = 0x2b;
const MINUS = 0x2d;
const AT = 0x40;
/** The same in full width. */
const WIDE_SIGNS: ReadonlySet<number> = new Set([0xff1d, 0xff0b, 0xff0d, 0xff20]);
const LESS_THAN = 0x3c;
const OPEN_BRACE = 0x7b;
const COLON = 0x3a;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const DELETE = 0x7f;
const LAST_CONTROL = 0x9f;
/** Tabs and ends of lines inside of a URL are taken out before it is read (WHATWG URL section 4.4). */
const letters = (word: string) => [...word].join("[\\t\\n\\r]{0,8}");
const SCHEME = new RegExp(`(?:${letters("script")}|${letters("data")})\\s{0,8}:`, "i");
/** What browsers load and run: scripts, frames, and drawings and objects, which may hold scripts of their own. */
const SCRIPT = /<(?:script|iframe|object|embed|base)(?=[\s/>])|<meta\s[^<>]{0,200}http-equiv/i;
/** In a tag: `<img src=x onerror=...>`. */
const EVENT_HANDLER = /<[a-z][a-z0-9-]{0,30}(?=[\s/"'])[^<>]{0,1000}?[\s/"']on[a-z]{3,25}\s{0,8}=\s{0,8}[^\s<>]/i;
/** As a link of its own, in an attribute, in Markdown; behind a space ("JavaScript: The Good Parts") only with what makes it a program. */
const SCRIPT_URL = new RegExp(
  `(?:^\\s{0,20}|["'=(<]\\s{0,20})(?:${["javascript", "vbscript", "livescript"].map(letters).join("|")})\\s{0,8}:(?:\\S|[^\\n]{0,200}[(=%])`,
  "i",
);
/** With a type that a browser may run; pictures are none. */
const DATA_URL =
  /(?:^|[\s"'=(<])data:(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|text\/xml|application\/xml|(?:text|application)\/javascript)[;,]/i;
/** But tabs and ends of lines. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
/** Embeddings, overrides and isolates (Unicode UAX 9 section 2); marks of direction alone are part of ordinary Arabic and Hebrew. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
