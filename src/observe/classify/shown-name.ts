import { vendorKeyOf } from "./detectors/secret/vendor-keys.ts";
import { UUID_WITHIN } from "./uuid.ts";
import { isMasked, isOpaque, isPlaceholder } from "./values.ts";

/**
 * A name from outside (of a claim, of a scope) as it may be shown: visible ASCII, at most 128 characters. One that looks like a value, whole
 * or in part (an address, a number of somebody, a key), is masked: who fills a token from a map puts values where names belong.
 */
export function shownName(text: string): string {
  const isName = text.length <= MAX_NAME && NAME.test(text) && vendorKeyOf(text) === undefined && !UUID_WITHIN.test(text);
  return isName && text.split(SEPARATORS).every(isWord) ? text : MASKED_NAME;
}

export const MASKED_NAME = "[masked]";

function isWord(part: string): boolean {
  return part.length <= MAX_WORD && !/\d{6}/.test(part) && (isMasked(part) || isPlaceholder(part) || !isOpaque(part, 16));
}

const MAX_NAME = 128;
const MAX_WORD = 40;
const NAME = /^[\x21-\x3f\x41-\x7e]+$/;
const SEPARATORS = /[/:.?#&=_-]+/;
