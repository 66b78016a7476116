/** Where text is going to be printed: each place has its own ways of being attacked. */
export type PrintTarget = "terminal";

/**
 * Makes text from outside safe to print: nothing in it moves the cursor, hides, reorders or breaks a line,
 * and no line of it is a command to the CI system that keeps the log. What was taken out stays visible as an escape.
 */
export function sanitise(text: string, target: PrintTarget): string {
  return ESCAPES[target].reduce((safe, { pattern, becomes }) => safe.replace(pattern, becomes), text);
}

/** JSON text with the same characters as JSON escapes: the document is equal, and safe to look at. */
export function sanitiseJson(json: string): string {
  return json.replace(UNPRINTABLE_BEHIND_JSON, unicodeEscape).replace(AZURE_COMMAND, "#\\u0023");
}

interface Escape {
  readonly pattern: RegExp;
  readonly becomes: (found: string) => string;
}

function visibleEscape(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code <= 0xffff ? unicodeEscape(character) : `\\u{${code.toString(16)}}`;
}

function unicodeEscape(text: string): string {
  return text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** DEL and C1 (ECMA-48); soft hyphen, zero width, line and paragraph separators, bidi controls (UAX 9), tag characters, lone surrogates. */
const BEHIND_C0 =
  "\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}\\ud800-\\udfff";
const UNPRINTABLE = new RegExp(`[\\u0000-\\u001f${BEHIND_C0}]`, "gu");
const UNPRINTABLE_BEHIND_JSON = new RegExp(`[${BEHIND_C0}]`, "gu");

/** GitHub Actions reads `::name::` at the start of a line, as do its forks. Hextets are left alone: fe80::abcd is an address. */
const GITHUB_COMMAND = /::(?=[a-z])(?![0-9a-f]{1,4}(?![\w-]))/gi;
/** Azure Pipelines (`##vso[`), TeamCity (`##teamcity[`) and the first dialect of GitHub Actions (`##[`), anywhere in a line. */
const AZURE_COMMAND = /##(?=[a-z]*\[)/gi;

const ESCAPES: Readonly<Record<PrintTarget, readonly Escape[]>> = {
  terminal: [
    { pattern: UNPRINTABLE, becomes: visibleEscape },
    { pattern: GITHUB_COMMAND, becomes: () => ":\\x3a" },
    { pattern: AZURE_COMMAND, becomes: () => "#\\x23" },
  ],
};
