import { UUID } from "./uuid.ts";

/** Part of the value is hidden: stars, bullets, runs of x, groups of x where digits would be, an ellipsis inside, [REDACTED]. */
export function isMasked(text: string): boolean {
  return MASKS.test(text) || MASK_WORDS.test(text);
}

/** Nobody's value: documentation, templates, test data. Detectors know more of their own kind. */
export function isPlaceholder(text: string): boolean {
  return text.includes("EXAMPLE") || PLACEHOLDERS.test(text);
}

/** The value's digits are of one kind or count up or down: 0000000000, 1234567890. */
export function isDigitPattern(digits: string): boolean {
  return new Set(digits).size <= 1 || "01234567890123456789".includes(digits) || "98765432109876543210".includes(digits);
}

/** Different characters, of several kinds, no words: what a machine made so that nobody guesses it. */
export function isOpaque(text: string, minLength: number): boolean {
  return (
    text.length >= minLength &&
    !/[\s:]/.test(text) &&
    /\d/.test(text) &&
    /[A-Za-z]/.test(text) &&
    !UUID.test(text) &&
    bitsPerCharacter(text) >= 3
  );
}

export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Shannon entropy of the value's own characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}

const MASKS = /[*•●∙·█▓▒░]{2,}|(?:^|[\W\d_])[xX]{4,}(?:$|[\W\d_])|^[xX]{2,}(?:[ ./-][xX]{2,})+(?:[ ./-]?\d|$)|\w(?:…|\.{3,})\w/u;
const MASK_WORDS = /^[[(<{]*\s*(?:redacted|masked|hidden|filtered|removed|obfuscated|omitted|protected)\s*[\])>}]*$/i;
const PLACEHOLDERS =
  /(?:^|[^a-z])(?:example|sample|dummy|placeholder|change[_-]?me|insert|todo)(?:$|[^a-z])|your[_ -]|^<.*>$|^\{\{.*\}\}$|^\$\{.*\}$|[xX]{6,}/i;
