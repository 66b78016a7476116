import { isGivenName, nameLook } from "../detectors/personal/name-value.ts";
import { isDynamicKey } from "../maps.ts";

/**
 * Whether the first line of a table names its columns. One value among them makes it a record like the others, whose words are nobody's to print: a number,
 * an address, an identifier, somebody's name, or nothing between two that are something. A column of row numbers has no name in many tables.
 */
export function looksLikeHeader(names: readonly string[]): boolean {
  const last = names.findLastIndex((name) => name !== "");
  return names.slice(0, last + 1).every((name, at) => (name === "" ? at === 0 : !isValue(name)));
}

function isValue(name: string): boolean {
  if (!/\p{L}/u.test(name)) return /\p{N}/u.test(name);
  const look = nameLook(name);
  if (look === "known" || look === "titled" || isGivenName(name)) return true;
  // Names of columns are written with spaces and strokes as well: "First Name", "City/State".
  return isDynamicKey(name) && !WORDS.test(name);
}

const WORDS = /^[\p{L}\p{M} .'/’()&-]{1,128}$/u;
