import { wordsOf } from "../../names.ts";
import { UUID_IN_BRACES } from "../../uuid.ts";
import { isMasked, isOpaque, isPlaceholder } from "../../values.ts";

/**
 * How a text looks that its name calls a secret. `opaque`: nobody would guess it; `uuid`; `plain`: short, of digits or of one kind of
 * letters; `placeholder`: stands in the place of one; undefined: a state, words, a link, a path, a date, a reference to where the secret is kept.
 */
export type SecretLook = "opaque" | "uuid" | "plain" | "placeholder";

export function secretLook(text: string, minLength: number): SecretLook | undefined {
  if (text.length > MAX_LENGTH || /\s/.test(text) || NO_SECRETS.some((shape) => shape.test(text)) || isMasked(text)) return undefined;
  if (UUID_IN_BRACES.test(text)) return "uuid";
  if (text.includes("EXAMPLE") && text.length >= MIN_EXAMPLE) return "opaque";
  if (isOpaque(text, 16) && !isWordy(text)) return "opaque";
  if (text.length >= MIN_PLACEHOLDER && isPlaceholder(text)) return "placeholder";
  if (text.length < minLength || STATES.test(text) || isWordy(text)) return undefined;
  return "plain";
}

/** A hit of that look, or none. The confidence is the one of an opaque value. */
export function lookHit(text: string, minLength: number, confidence: number) {
  const look = secretLook(text, minLength);
  if (look === undefined) return undefined;
  return { confidence: Math.round(confidence * FACTORS[look] * 100) / 100, sample: isPlaceholder(text), cues: CUES[look] };
}

/** The same under a name that is of nothing else: people make secrets up of words and a number (`Summer2024!`). */
export function madeUpHit(text: string, minLength: number, confidence: number) {
  const hit = lookHit(text, minLength, confidence);
  if (hit !== undefined || !MADE_UP.test(text) || NO_SECRETS.some((shape) => shape.test(text)) || isMasked(text)) return hit;
  return { confidence: Math.round(confidence * MADE_UP_FACTOR * 100) / 100, sample: isPlaceholder(text), cues: ["shape"] as const };
}

/** Words that somebody can pronounce, in any case and with any separators: a name, a label, an identifier in a program. */
export function isWordy(text: string): boolean {
  const head = text.slice(0, LOOKED_AT).replaceAll("EXAMPLE", "");
  const words = wordsOf(head).split(" ");
  if (words[0] === "" || !/[a-z]/i.test(head)) return false;
  if (words.length === 1 && head.length > LONGEST_ALONE) return false;
  return (
    head.length / words.length >= MIN_WORD &&
    !words.some((word) => CONSONANTS.test(word) || MANY_DIGITS.test(word) || word.length > LONGEST_WORD)
  );
}

/** What stands in the place of a secret. */
export const STATES =
  /^(?:true|false|yes|no|none|null|nil|n\/a|set|unset|not_?set|empty|unknown|expired|active|inactive|locked|required|optional|string|text|secret|hidden|type|invalid|valid|weak|medium|strong|ok|on|off|enabled|disabled|pass|passed|fail|failed|undefined|default|custom|auto|manual|pending|sent|revoked|bearer|basic|jwt|opaque|public|private)$/i;
/** Letters and at least two digits, of a length that no version or algorithm has. */
const MADE_UP = /^(?=[^\d]*\d[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[^\s<>{}()[\],;:/]{10,128}$/;
const MADE_UP_FACTOR = 0.75;
const MAX_LENGTH = 8192;
const MIN_PLACEHOLDER = 6;
/** Documentation writes EXAMPLE into what is opaque otherwise. */
const MIN_EXAMPLE = 12;
const LOOKED_AT = 128;
const MIN_WORD = 3.5;
const LONGEST_WORD = 32;
const LONGEST_ALONE = 20;
const MANY_DIGITS = /^\d{5,}$/;
const CONSONANTS = /[bcdfghjklmnpqrstvwxz]{6}/;
const FACTORS: Readonly<Record<SecretLook, number>> = { opaque: 1, uuid: 0.9, plain: 0.85, placeholder: 0.8 };
const CUES = { opaque: ["opaque"], uuid: ["shape"], plain: [], placeholder: [] } as const;
const NO_SECRETS: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/, // date
  /^[a-z][a-z0-9+.-]{1,20}:\/\//i, // link
  /^\.{0,2}\//, // path
  /^[[{"(]/, // something structured, or a template
  /^(?:arn|urn|projects|vault|ref|op|secret|env|file|ssm):/i, // where it is kept
  /^projects\//,
  /^[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}$/, // mail
  /\/secrets?\//,
];
