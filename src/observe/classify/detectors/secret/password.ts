import type { Surroundings } from "../../fields.ts";
import { isAboutAnother, wordsOf } from "../../names.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";

/** No value looks like a password: the name says so, and the value is neither a label, a state, a date, a link nor prose. */
export const password: Detector = {
  class: "password",
  over: [],
  inText: false,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < 4 || text.length > MAX_LENGTH || !isNamed(surroundings)) return undefined;
    if (/\s/.test(text) || STATES.test(text) || NO_PASSWORD.some((shape) => shape.test(text)) || isLabel(text)) return undefined;
    return { confidence: /[\d\W]/.test(text) ? 0.95 : 0.8, sample: isPlaceholder(text) };
  },
};

function isNamed({ name, above }: Surroundings): boolean {
  return CUE.test(name) && !isAboutAnother(name) && !NO_SECRET.test(name) && !above.some((word) => DOCUMENTS.test(word));
}

/** "Password", "Passwort", "ConfirmPassword": a label repeats the name. */
function isLabel(text: string): boolean {
  return wordsOf(text)
    .split(" ")
    .every((word) => CUE.test(word) || LABEL_WORDS.test(word));
}

const MAX_LENGTH = 256;
const CUE =
  /\b(?:password|passwort|passwd|passwrd|pwd|passphrase|pass|psk|kennwort|senha|contrasena|wachtwoord|haslo|mot de passe|(?:user|db|database|admin|root|login|mysql|smtp)pass(?:word)?)\b/;
/** What stands in the place of a password. */
const STATES =
  /^(?:true|false|yes|no|none|null|nil|n\/a|set|unset|not_?set|empty|unknown|expired|active|inactive|locked|required|optional|string|text|secret|hidden|type|invalid|valid|weak|medium|strong|ok|on|off|enabled|disabled|pass|passed|fail|failed)$/i;
const NO_PASSWORD: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d(?:[T ]|$)/, // date
  /^[a-z][a-z0-9+.-]*:\/\//i, // link
  /^\//, // path
];
const NO_SECRET =
  /\b(?:boarding|season|ski|bus|travel|age|grant|grants|flow|auth method|attempt|attempts|failures|min|max|minimum|maximum|day|days|character|characters|count|history|rotate)\b/;
/** Forms, schemas, translations and lists of faults name passwords without holding one. */
const DOCUMENTS =
  /^string$|\b(?:error|message|label|translation|i 18 n|i18n|schema|property|properties|validation|field|placeholder|hint|locale|constraint|violation)\b/;
const LABEL_WORDS = /^(?:confirm|repeat|new|old|current|your|enter|the|forgot|change|word|field)?$/;
