import { vendorKeyOf } from "./detectors/secret/vendor-keys.ts";
import { type DocumentNode, DocumentObject, NumberText } from "./document.ts";
import { isFieldName } from "./field-words.ts";
import { hazardsIn } from "./hazards/hazards.ts";
import { areNames, isDesignedAbove, isOfPeople } from "./key-names.ts";
import { wordsOf } from "./names.ts";
import { UUID } from "./uuid.ts";

/**
 * A key that may itself be a value, whatever stands beside it: an address, an identifier, a date, a number, a token, a
 * person's name, what may act on its reader, or what no developer writes. Such keys are never printed.
 */
export function isDynamicKey(key: string): boolean {
  return (
    key.length === 0 ||
    key.length > MAX_PRINTED_KEY ||
    INVISIBLE.test(key) ||
    VALUE_SHAPES.some((shape) => shape.test(key)) ||
    isToken(key) ||
    hazardsIn(key).length > 0 ||
    (NAME_SHAPES.some((shape) => shape.test(key)) && !isTitle(key))
  );
}

/**
 * Map with dynamic keys or object with fields? `objects` are all that stand at one path, `name` is the key that they are the value of ("" in an array and at the top). Keys that are
 * names make a map. Beyond those, the weights are facts/data.md 3.4 with two of our own (no word of a field among the keys; keys that need quoting); a sum
 * of 1 makes a map.
 */
export function isMap(objects: readonly DocumentObject[], name: string): boolean {
  const keys = [...new Set(objects.flatMap((object) => object.keys))];
  if (keys.length === 0) return false;
  if (keys.every(isDynamicKey)) return true;
  const values = objects.flatMap((object) => object.values).filter((value) => value !== null);
  // Of many records, the last one may go on in the next piece of the body.
  const shape = commonShape(values.length > MANY_RECORDS ? values.slice(0, -1) : values);
  const records = shape === "same-records" ? "same" : shape === "records" ? "similar" : undefined;
  if (
    areNames({ name, keys: keys.slice(0, MOST_JUDGED).filter((key) => !isDynamicKey(key)), alike: areAlike(values), records, isSchemaWord })
  )
    return true;
  if (isLong(keys) && areContainers(values)) return true;
  if (keys.length < 2 || shape === "mixed") return false;
  return score(objects, keys, shape, name) >= 1;
}

/** So many that nobody designed them. */
function isLong(keys: readonly string[]): boolean {
  return keys.length >= MANY_KEYS || (keys.length > SOME_KEYS && keys.filter(isSchemaWord).length * 20 < keys.length);
}

/** All objects, or all arrays. */
function areContainers(values: readonly DocumentNode[]): boolean {
  return values.every((value) => value instanceof DocumentObject) || values.every((value) => Array.isArray(value));
}

/** Not a map, and some of its keys may be names of people (`goals: {"home": 1, "messi": 2}`): all values are alike under a name that says so. */
export function arePeopleAmong(objects: readonly DocumentObject[], name: string): boolean {
  return isOfPeople(name) && areAlike(objects.flatMap((object) => object.values).filter((value) => value !== null));
}

type Shape = "mixed" | "numbers" | "scalars" | "arrays" | "records" | "same-records";

function score(objects: readonly DocumentObject[], keys: readonly string[], shape: Shape, name: string): number {
  const known = keys.filter(isSchemaWord).length;
  const manyAlike = shape === "same-records" && keys.length >= 3;
  const idShape = KEY_SETS.find((set) => keys.every((key) => set.shape.test(key)))?.weight ?? 0;
  return (
    idShape +
    (shape === "numbers" && keys.every((key) => /^[A-Z]{2,3}$/.test(key)) ? 0.4 : 0) +
    variation(objects, known) +
    (shape === "same-records" && keys.length > 20 ? 0.6 : 0) +
    ((shape === "scalars" || shape === "numbers") && keys.length > SOME_KEYS && known * 20 < keys.length ? 1 : 0) +
    (manyAlike ? 0.3 : 0) +
    (manyAlike && known === 0 && !isDesigned(keys.slice(0, MOST_JUDGED), name) ? 0.7 : 0) +
    (keys.every((key) => !PLAIN_KEY.test(key) && !isTitle(key)) ? 1 : 0) -
    (idShape < 1 && known >= 2 && known * 20 >= keys.length ? 0.8 : 0) -
    (objects.length >= 3 && haveSameKeys(objects) ? 0.6 : 0)
  );
}

function isDesigned(keys: readonly string[], name: string): boolean {
  return isDesignedAbove(name) || keys.filter(isFieldName).length * 2 >= keys.length;
}

function commonShape(values: readonly DocumentNode[]): Shape {
  if (values.every((value) => value instanceof DocumentObject)) {
    if (haveSameKeys(values)) return "same-records";
    const others = values.map(({ keys }) => new Set(keys));
    return values[0]?.keys.some((key) => others.every((keys) => keys.has(key))) === true ? "records" : "mixed";
  }
  if (values.every((value) => Array.isArray(value))) return "arrays";
  if (values.every((value) => typeof value === "number")) return "numbers";
  return values.every((value) => typeof value === "string") || values.every((value) => typeof value === "boolean") ? "scalars" : "mixed";
}

function isSchemaWord(key: string): boolean {
  const words = wordsOf(key).split(" ");
  // Slugs of things and companies are written so.
  return key.includes("-") ? words.every((word) => SCHEMA_WORDS.has(word)) : words.some((word) => SCHEMA_WORDS.has(word));
}

/** Of one JSON type. */
function areAlike(values: readonly DocumentNode[]): boolean {
  return new Set(values.map(typeOf)).size <= 1;
}

function typeOf(value: DocumentNode): string {
  if (Array.isArray(value)) return "array";
  return value instanceof NumberText ? "number" : typeof value;
}

/** The same fields and at least two of them: one that all share may be chance. */
function haveSameKeys(objects: readonly DocumentObject[]): boolean {
  const keys = [...new Set(objects[0]?.keys)];
  return (
    keys.length >= 2 &&
    objects.every((object) => {
      const others = new Set(object.keys);
      return others.size === keys.length && keys.every((key) => others.has(key));
    })
  );
}

/** Five neighbours that share hardly a key, of which none names a field, decide alone; fewer may be records of several kinds. */
function variation(objects: readonly DocumentObject[], known: number): number {
  if (!keysVary(objects)) return 0;
  return known === 0 && objects.length >= 5 ? 1 : 0.8;
}

/** Neighbours share less than 30 % of their keys (Jaccard). */
function keysVary(objects: readonly DocumentObject[]): boolean {
  const filled = objects.filter(({ keys }) => keys.length > 0).map(({ keys }) => new Set(keys));
  if (filled.length < 2) return false;
  let shared = 0;
  let all = 0;
  for (const [index, keys] of filled.slice(1).entries()) {
    const before = filled[index] ?? new Set();
    const common = [...keys].filter((key) => before.has(key)).length;
    shared += common;
    all += keys.size + before.size - common;
  }
  return shared < all * 0.3;
}

/** Written as people and tables are titled, and the title of a field: "First Name", "Date of Birth". */
function isTitle(key: string): boolean {
  const words = wordsOf(key).split(" ");
  return words.length > 1 && words.some((word) => TITLE_WORDS.has(word));
}

/** Long, with digits among letters, and no words to speak of: a random identifier or a secret. Behind a prefix it may be without a digit (`cus_NeZwdNtLEOXuvB`). */
function isToken(key: string): boolean {
  const [, random] = PREFIXED.exec(key) ?? [];
  if (random !== undefined && random.length / wordsOf(random).split(" ").length < 3) return true;
  if (key.length < 16 || !/\d/.test(key) || !/[A-Za-z]/.test(key) || /\s/.test(key)) return false;
  return vendorKeyOf(key) !== undefined || key.length / wordsOf(key).split(" ").length < 3.5;
}

const MAX_PRINTED_KEY = 128;
const MANY_RECORDS = 20;
const SOME_KEYS = 50;
const MANY_KEYS = 1000;
/** So many keys tell what the others are. */
const MOST_JUDGED = 500;
const PREFIXED = /^[a-z]{2,8}_([A-Za-z0-9]{12,40})$/;
/** Control, format and separator characters, lone surrogates, and what is not assigned. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;
const VALUE_SHAPES: readonly RegExp[] = [
  /^[^@]+@(?!odata\.)/, // e-mail, but no OData annotation
  /^[+-]?\d+(?:[.,:]\d+)*$/, // integers, decimals, versions, IPv4, times
  /^[+(]?\d[\d ().-]{5,}$/, // phone numbers
  /^\d{4}-\d\d(?:-\d\d)?(?:[T ].*)?$/, // ISO dates and instants
  UUID,
  /^(?=.*\d)[0-9a-f]{12,}$/i, // hexadecimal identifiers
  /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i, // IPv6, MAC
  /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, // ULID
  /\//, // paths and URLs
  /\d{6}/, // numbers that are counted on, in whatever they stand
  /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, // IBAN
  /^[A-Z]{2}\d{2}(?: [A-Z0-9]{1,4}){3,8}$/, // IBAN as it is printed
  /^[A-Za-z]{1,20}=/, // distinguished names
  /^(?:[a-z\d-]{1,63}\.){1,8}(?:com|net|org|edu|gov|io|internal|lan|(?:co|com|ac|gov|org)\.[a-z]{2})$/i, // names of hosts
  /^[+-]?\d{1,3}\.\d+[,; ] ?[+-]?\d{1,3}\.\d+$/, // coordinates
];
const NAME_SHAPES: readonly RegExp[] = [
  // "Jane Q. Doe", "Jan van der Berg"
  /^\p{Lu}[\p{L}.'’-]*\p{Ll}[.'’-]?(?:(?: (?:van|von|vom|zu|der|den|de|del|della|di|da|do|dos|das|du|la|le|las|los|ter|ten|bin|al|el|y|e)){0,3} \p{Lu}[\p{L}.'’-]*){1,3}$/u,
  /^\p{L}[\p{L}.'’ -]{0,40}, ?\p{L}[\p{L}.'’ -]{0,40}$/u, // "Doe, Jane"
];
/** Words that titles of fields have and names of people hardly ever. */
const TITLE_WORDS = new Set(
  (
    "name number no date time code type status id identifier address email mail phone telephone mobile cell fax city country zip postal postcode account amount " +
    "currency balance total count quantity title gender sex age birth birthday birthdate nationality citizenship url link website username login password token " +
    "secret description note comment category department company organization organisation employer salary income wage license licence passport ssn iban bic " +
    "swift card cvv cvc expiry tax vat insurance diagnosis medication allergy contact emergency marital ethnicity religion social security customer order product " +
    "invoice payment billing shipping policy level rate score value region province method reference version " +
    "nummer datum strasse plz konto anschrift adresse telefon geburt geburtsdatum vorname nachname " +
    "prenom numero courriel naissance postale nombre apellido correo telefono direccion fecha nacimiento codigo cuenta " +
    "nome cognome sobrenome endereco indirizzo nascita nascimento telefone conta codice naam geboortedatum adres telefoonnummer"
  ).split(" "),
);
/** Harmless to print, and identifiers when all keys are alike. */
const KEY_SETS: readonly { readonly shape: RegExp; readonly weight: number }[] = [
  { shape: /^\d+[a-zA-Z]{1,3}$/, weight: 1 }, // 1d, 7d, 30d
  { shape: /^v?\d+(?:\.\d+)+(?:[-+][\w.+-]+)?$/, weight: 1 }, // versions
  { shape: /^[a-z]{2}[-_][A-Z]{2}$/, weight: 1 }, // locales
  { shape: /^[A-Za-z]+[-_:]?\d{3,}$/, weight: 1 }, // item_0042, user:1234
  { shape: /^[A-Z]{2,3}$/, weight: 0.6 }, // currencies, countries
  { shape: /^[a-z]{2}$/, weight: 0.4 }, // languages
];
/** One word or several in one of the usual cases. */
const PLAIN_KEY = /^[\p{L}_@$][\p{L}\p{M}\p{N}_@$-]*$/u;
/** Words that name fields rather than things: one among the keys says that somebody designed this object. */
const SCHEMA_WORDS = new Set(
  (
    "id name url type status state value values data meta metadata attributes properties self next prev previous first last start end from to min max " +
    "low high open close total subtotal count small medium large thumb thumbnail full original default primary secondary main other home work " +
    "mobile office billing shipping mailing legal physical personal business public private internal external created updated deleted request " +
    "response input output source target parent child children left right top bottom north south east west northeast southwest northwest " +
    "southeast location viewport bounds width height day week month year hour minute second monday tuesday wednesday thursday friday saturday " +
    "sunday daily weekly monthly yearly current user users owner author creator customer sender recipient buyer seller merchant account accounts " +
    "asset assets liability liabilities equity income expenses revenue cost tax discount fee amount price links related html avatar icon image images video " +
    "audio file files email sms push phone web api read write admin before after old new success failure error warning info debug"
  ).split(" "),
);
