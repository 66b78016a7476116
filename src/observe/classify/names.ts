/**
 * Words of a key in lower case with single spaces, without accents, digits apart, plurals cut: `cardNumbers2` is "card number 2".
 * Whole words are matched, never parts: "description" holds no "ip".
 */
export function wordsOf(key: string): string {
  const known = knownWords.get(key);
  if (known !== undefined) return known;
  const words = split(key);
  if (!IDENTIFIER.test(key)) return words;
  if (knownWords.size >= MAX_KNOWN) knownWords.clear();
  knownWords.set(key, words);
  return words;
}

function split(key: string): string {
  const plain = key
    .slice(0, MAX_KEY)
    .replace(CUSTOM, "")
    .normalize("NFKD")
    .replace(ACCENTS, "$1")
    .normalize("NFC")
    .replace(OWN_LETTERS, (letter) => PLAIN[letter] ?? letter);
  return (plain.match(WORDS) ?? []).map((word) => singular(word.toLowerCase())).join(" ");
}

/**
 * The name is of something about the value: `email_verified`, `card_id`, `password_policy`, `phone_type`. Also of what the value
 * is not: `is_phone`, `has_password`.
 */
export function isAboutAnother(name: string): boolean {
  const words = name.split(" ");
  return ABOUT.has(words.at(-1) ?? "") || LEADING.has(words[0] ?? "");
}

/** The text is nothing but the name of such a field, in some language: a label. */
export function isWholly(cue: RegExp, text: string): boolean {
  const words = wordsOf(text);
  return words !== "" && cue.exec(words)?.[0] === words;
}

function singular(word: string): string {
  if (word.length <= 3 || NO_PLURALS.has(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !/(?:ss|us|is|as)$/.test(word) ? word.slice(0, -1) : word;
}

const MAX_KEY = 128;
/** Words whose last letter is their own: an address and a licence in Dutch, a country in French, a birth in Danish, services and schemes. */
const NO_PLURALS: ReadonlySet<string> = new Set([
  ...["addres", "adres", "woonadres", "rijbewijs", "pays", "fodsels", "poids", "plaats", "species"],
  ...["apns", "duns", "https"],
]);
/** Names that come again with every record; what may be somebody's value is not kept. */
const IDENTIFIER = /^[A-Za-z_]{1,16}(?:[A-Za-z_]|\d(?!\d)){0,24}$/;
const knownWords = new Map<string, string>();
const MAX_KNOWN = 4096;
/** What customers add to a record is marked as theirs in some systems: `Blood_Type__c`. */
const CUSTOM = /__(?:c|v|pc)$/i;
/** Acronyms ("SSN" in "SSNumber" is "SS" "Number": unavoidable), capitalised and small words, other scripts, digits. */
const WORDS = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}[\p{Lo}\p{Lm}\p{M}]*|\d+/gu;
/** Letters that have no accent to lose, as they are typed without them. */
const OWN_LETTERS = /[øØłŁđĐıßæÆœŒ]/g;
const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
};
/** Of letters that are read without them; in other scripts a mark makes another letter. */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu;
const LEADING = new Set(["is", "has", "can", "allow", "require", "enable", "show", "hide", "with", "use"]);
const ABOUT = new Set([
  "id",
  "uuid",
  "guid",
  "type",
  "kind",
  "count",
  "total",
  "url",
  "uri",
  "link",
  "href",
  "at",
  "on",
  "date",
  "time",
  "timestamp",
  "updated",
  "created",
  "changed",
  "expire",
  "expiry",
  "expiration",
  "format",
  "status",
  "state",
  "required",
  "verified",
  "confirmed",
  "valid",
  "enabled",
  "disabled",
  "policy",
  "length",
  "version",
  "template",
  "label",
  "option",
  "hint",
  "placeholder",
  "description",
  "title",
  "message",
  "error",
  "encryption",
  "hashing",
  "storage",
  "field",
  "algorithm",
  "strength",
  "strategy",
  "reset",
  "prefix",
  "suffix",
  "locale",
  "language",
  "layout",
  "scheme",
  "method",
  "provider",
  "score",
  "hash",
  "last",
  "ending",
]);
