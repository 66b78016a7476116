import { isoDay } from "../../model/instant.ts";
import type { SecurityTxtFacts, SecurityTxtFlaw } from "../../model/posture.ts";

/** RFC 9116 section 2. Undefined for anything that has neither of the two fields that must be there: a page for people, most often. */
export function securityTxtFacts(text: string, contentType: string | undefined): SecurityTxtFacts | undefined {
  const fields = text.slice(0, MOST_TEXT).split(/\r?\n/, MOST_LINES).flatMap(fieldOf);
  const contacts = fields.filter(([name, value]) => name === "contact" && value !== "").length;
  const expires = fields.flatMap(([name, value]) => (name === "expires" ? [value] : []));
  if (/^\s*</.test(text) || (contacts === 0 && expires.length === 0)) return undefined;
  const at = expires.length === 1 ? instantOf(expires[0] ?? "") : Number.NaN;
  const flaws: readonly (readonly [SecurityTxtFlaw, boolean])[] = [
    ["no-contact", contacts === 0],
    ["no-expires", expires.length === 0],
    ["several-expires", expires.length > 1],
    ["unreadable-expires", expires.length === 1 && Number.isNaN(at)],
    ["not-plain-text", !/^\s*text\/plain\b/i.test(contentType ?? "")],
  ];
  return {
    contacts,
    ...(Number.isNaN(at) ? {} : { expires: isoDay(at) }),
    flaws: flaws.filter(([, is]) => is).map(([flaw]) => flaw),
  };
}

function fieldOf(line: string): readonly (readonly [name: string, value: string])[] {
  const [, name, value = ""] = /^([A-Za-z-]{1,64})[ \t]*:(.*)$/.exec(line) ?? [];
  return name === undefined ? [] : [[name.toLowerCase(), value.trim()]];
}

/** RFC 3339 (RFC 9116 section 2.5.5), of a day that there is: parsers take the 30th of February for one in March. */
function instantOf(value: string): number {
  const [, day = ""] = /^(\d{4}-\d{2}-\d{2})[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/.exec(value) ?? [];
  const midnight = Date.parse(day);
  return Number.isNaN(midnight) || isoDay(midnight) !== day ? Number.NaN : Date.parse(value.toUpperCase().replace(" ", "T"));
}

const MOST_TEXT = 32 * 1024;
const MOST_LINES = 1000;
