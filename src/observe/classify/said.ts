import { wordsOf } from "./names.ts";
import { UUID } from "./uuid.ts";
import { isPlaceholder } from "./values.ts";

/** The text tells something in words: it is no link, date, identifier, switch, name of a field, or stand-in for nothing. */
export function saysSomething(text: string, name: string): boolean {
  return (
    text.length <= MAX_SAID &&
    /\p{L}/u.test(text) &&
    !isUnsaid(text) &&
    !NO_WORDS.some((shape) => shape.test(text)) &&
    !repeatsName(text, name)
  );
}

/** What is written where nothing is known or told. */
export function isUnsaid(text: string): boolean {
  return UNSAID.test(text);
}

/** "Religion", "Your religion", "Select a religion": what a form writes beside its field. */
function repeatsName(text: string, name: string): boolean {
  if (text.length > MAX_LABEL) return false;
  const words = wordsOf(text).split(" ");
  const named = new Set(name.split(" "));
  const repeated = words.filter((word) => named.has(word)).length;
  return repeated > 0 && (repeated * 2 > words.length || words.every((word) => named.has(word) || LABEL_WORDS.test(word)));
}

/** Nobody's: a template, or the type in the place of the value. */
export function isStandIn(text: string): boolean {
  return text.length <= MAX_SAID && isPlaceholder(text);
}

const MAX_SAID = 4000;
const MAX_LABEL = 64;
const LABEL_WORDS = /^(?:your|the|a|an|enter|select|choose|please|primary|of|or|and|status|type|name|description|required|field|is)$/;
const UNSAID =
  /^(?:n\/?a|none|null|nil|undefined|unknown|unspecified|not (?:set|specified|provided|stated|available|applicable|known|recorded|disclosed)|-+|\?+|tbd|empty|keine angaben?|unbekannt|(?:string|text|varchar|char|boolean|bool|int|integer|number|float|decimal|date|datetime|object|array|enum)(?:\(\d{1,5}\)|\[\])?\??|checkbox|select|radio|dropdown|picklist|masked|redacted|sensitive|pii|phi|restricted|confidential|include|exclude|included|excluded|allow|deny|allowed|denied|read|write|readonly|editable|true|false|on|off|enabled|disabled|required|optional|hidden|visible)$/i;
const NO_WORDS: readonly RegExp[] = [
  /^[a-z][a-z0-9+.-]{1,20}:\/\//i, // link
  /^(?:\/|www\.)\S*$/i, // path
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/, // date
  UUID,
  /^(?=[^\s]*\d)[0-9a-f]{16,}$/i, // hash or identifier
  /^[{[<]/, // structure
];
