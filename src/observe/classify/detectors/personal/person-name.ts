import type { Surroundings } from "../../fields.ts";
import { isWholly, wordsOf } from "../../names.ts";
import { type Near, NOWHERE_NEAR } from "../../near.ts";
import { isPlaceholder } from "../../values.ts";
import { bySurroundings } from "../by-surroundings.ts";
import type { Detector, Hit, Value, Veto } from "../detector.ts";
import { isOfDocument } from "./documents.ts";
import { hasThingWord, isGivenName, isNobodysName, isThingEvenSo, type NameLook, nameLook } from "./name-value.ts";
import { isCalledPerson, isHumanRole, isOfNobody, isPartyRole, isPersonRole, personScore } from "./subject.ts";

/**
 * The name of a natural person, or a part of it. Hardly any value shows it alone: a key that only people's records have (`first_name`), or
 * `name` in a record that is about a person, and a value that is neither a company nor a thing.
 */
export const personName: Detector = {
  class: "person_name",
  over: ["username", "free_text", "location_coarse"],
  inText: false,
  isNamed: (surroundings) =>
    isPartName(surroundings) || isFullName(surroundings) || (BARE.test(surroundings.name) && personScore(surroundings, NOWHERE_NEAR) >= 2),
  detect: (value, surroundings) => {
    const role = value.type === "number" ? undefined : roleOf(surroundings);
    if (role === undefined) return undefined;
    const { spelt, sent } = writtenName(value, role, surroundings);
    const look = nameLook(sent);
    if (look === "never" || (look === "nobody" && isNobody(value.text, role, sent !== spelt))) return undefined;
    const veto = vetoOf(value, role, surroundings);
    if (veto !== undefined) return { veto };
    const hit = isOfParts(value, surroundings) ? OF_PARTS : HITS[role](look, value, surroundings);
    return hit === undefined || "veto" in hit
      ? hit
      : { ...hit, sample: SAMPLES.has(value.text.toLowerCase()) || sent !== spelt || isPlaceholder(value.text) };
  },
};

function isNobody(text: string, role: KeyRole, isCounted: boolean): boolean {
  return role === "part" ? isLabelText(text) && !isCounted : !isNobodysName(text);
}

function vetoOf({ text, near }: Value, role: KeyRole, surroundings: Surroundings): string | undefined {
  if (isOfDocument(surroundings, near) || repeatsKey(text, surroundings.name)) return "label";
  if (role !== "part" && isOfNobody(surroundings)) return "not-a-person";
  return isOfWork(role, surroundings, near) ? "public-work" : undefined;
}

/** `spelt`: without an address behind it and the carets of DICOM; `sent`: without the number that tests give their people as well. */
function writtenName({ text, near }: Value, role: KeyRole, surroundings: Surroundings): { readonly spelt: string; readonly sent: string } {
  const whole = text.length <= MAX_ADDRESSED ? text.replace(ADDRESSED, "") : text;
  if (!isNumbered(role, surroundings, near)) return { spelt: whole, sent: whole };
  const spelt = withoutCarets(whole);
  return { spelt, sent: withoutNumbers(spelt) };
}

/** Names of machines and rooms have numbers as well. */
function isNumbered(role: KeyRole, surroundings: Surroundings, near: Near): boolean {
  return (
    role === "part" ||
    role === "full" ||
    role === "holder" ||
    (role === "name" && (personScore(surroundings, near) >= 2.5 || isHumanRole(surroundings.above[0] ?? "")))
  );
}

/** DICOM writes `DOE^JOHN` (PS3.5 section 6.2). */
function withoutCarets(text: string): string {
  return text.length > MAX_NUMBERED ? text : text.replace(/(?<=\p{L})\^+(?=\p{L}|$)/gu, " ").trim();
}

/** `Mercury0`, `Test User 1`. */
function withoutNumbers(text: string): string {
  return text.length > MAX_NUMBERED ? text : text.replace(/(?<=\p{L})(?: ?\d{1,3})(?= |$)/gu, "").trim();
}

const MAX_NUMBERED = 80;
/** `Miles Example <miles@example.com>` (RFC 5322 section 3.4) */
const ADDRESSED = /\s+<[^<>@\s]{1,64}@[^<>@\s]{1,190}>$/;
const MAX_ADDRESSED = 340;

const roleOf = bySurroundings(keyRole);

/** `name` beside `first_name`, whose value it begins or ends with. */
function isOfParts({ text, near }: Value, { name, beside }: Surroundings): boolean {
  if (!COMPOSED.test(name) || !text.includes(" ")) return false;
  const whole = ` ${text.toLowerCase().replaceAll(",", " ")} `;
  return [...beside].some((one) => {
    if (one === name || !PART.test(one)) return false;
    const part = near.beside(one) ?? "";
    return part.length > 1 && whole.includes(` ${part} `);
  });
}

const OF_PARTS: Hit = { confidence: 0.97, own: true, cues: ["beside"] };

/** Who wrote a book or plays in a film is what a catalogue is for. */
function isOfWork(role: KeyRole, { name, above, beside }: Surroundings, near: Near): boolean {
  if (role === "part") return false;
  if (WORKER.test(name)) return WORK_FIELDS.some((field) => beside.has(field));
  return WORKER.test(above[0] ?? "") && WORK_FIELDS.some((field) => near.above(field) !== undefined);
}

type KeyRole = "nick" | "part" | "full" | "holder" | "party" | "name" | "legal" | "role" | "display" | "account";

function keyRole(surroundings: Surroundings): KeyRole | undefined {
  const { name } = surroundings;
  if (isPartName(surroundings)) return "part";
  if (isFullName(surroundings) || isOnCard(surroundings)) return "full";
  if (SHORT.test(name)) return hasParts(surroundings) ? "name" : undefined;
  return ROLES.find(([cue]) => cue.test(name))?.[1] ?? roleOfOwner(name);
}

/** `owner_name`, `shipping name`; and `owner` itself. */
function roleOfOwner(name: string): KeyRole | undefined {
  if (
    /^(?:tipo|type|categoria|clase|kind) |(?:state|window|package|task|file|download|boot|resource|session|secret|device|asset|tag|memory|plugin) manager$/.test(
      name,
    )
  )
    return undefined;
  if (!name.endsWith(" name")) return isPartyRole(name) ? "role" : undefined;
  const owner = name.slice(0, -" name".length);
  if (SENDER.test(owner)) return "account";
  if (isPersonRole(owner)) return "holder";
  return isPartyRole(owner) || ADDRESSEE.test(owner) ? "party" : undefined;
}

const HITS: Readonly<Record<KeyRole, (look: NameLook, value: Value, surroundings: Surroundings) => Hit | Veto | undefined>> = {
  part: (look) => ({ confidence: look === "nobody" ? 0.7 : 0.97 }),
  full: (look, { text, near }, surroundings) => {
    if (look === "nobody") return { confidence: 0.65 };
    const score = personScore(surroundings, near);
    if (score <= -2 && surroundings.name !== "name" && !HOLDERS.test(surroundings.name)) return { veto: "thing" };
    if (SORTED.test(surroundings.name) && score < 1 && !isKnown(look)) return { veto: "not-a-person" };
    return { confidence: look === "maybe" ? 0.85 : hasThingWord(text) ? 0.75 : 0.95 };
  },
  holder: (look, { text }, surroundings) =>
    look === "nobody"
      ? { confidence: 0.65 }
      : look === "maybe"
        ? maybeHit(text, /author/.test(surroundings.name) && !isGivenName(text) ? 0.5 : 0.75)
        : { confidence: isKnown(look) ? 0.95 : isThingEvenSo(text) ? 0.62 : 0.9, cues: ["shape"] },
  nick: (look, { near }, surroundings) =>
    (isKnown(look) || look === "full") && personScore(surroundings, near) >= 2 ? { confidence: 0.8, cues: ["beside"] } : undefined,
  party: (look, { text }) => (isKnown(look) ? { confidence: 0.88 } : look === "full" ? partyHit(text) : undefined),
  account: (look) => (isKnown(look) ? { confidence: 0.8 } : undefined),
  legal: (look, { text, near }, surroundings) => {
    const score = personScore(surroundings, near);
    if (score < 0) return { veto: "company" };
    if (isKnown(look) || (score >= 2 && look === "full")) return { confidence: score >= 2 ? 0.93 : 0.75, cues: ["beside"] };
    return hasThingWord(text) || score < 2 ? undefined : { confidence: 0.7 };
  },
  name: nameHit,
  display: (look, value, surroundings) => {
    if (isReferenceToPerson(value))
      return look === "maybe" ? { confidence: 0.8, cues: ["record"] } : { confidence: 0.93, cues: ["record"] };
    return surroundings.name === "text" || look === "maybe" || look === "nobody" ? undefined : nameHit(look, value, surroundings);
  },
  role: (look, { text }, { name }) => {
    if (!isKnown(look) && (look === "maybe" || look === "nobody" || !isPersonRole(name) || isThingEvenSo(text))) return undefined;
    if (VAGUE_ROLES.test(name) || !isPersonRole(name)) return isKnown(look) ? { confidence: 0.75 } : undefined;
    return { confidence: isKnown(look) ? 0.93 : 0.8, cues: ["shape"] };
  },
};

/** Under `name`: what the record is about decides, and how the value is written. */
function nameHit(look: NameLook, { text, near }: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const score = personScore(surroundings, near) + (look === "titled" ? 2 : 0);
  // A whole name beside its parts is no single word: that one is of a company.
  if (look === "maybe") return isSingleWordOf(text, score, surroundings) ? oneWordHit(text, surroundings, near) : undefined;
  if (look === "nobody") return score >= 4 && isPersonHere(surroundings, near) ? { confidence: 0.65 } : undefined;
  if (look === "full" && (score >= 3 ? isThingEvenSo(text) : hasThingWord(text)))
    return score >= 3 ? { confidence: 0.65 } : { veto: "thing" };
  // Where nothing around says anything, ships and storms have a given name at the end.
  const isSure = isKnown(look) && (score >= 1 || isGivenName(text.split(" ")[0] ?? ""));
  const confidence = (isSure ? KNOWN_FROM : FULL_FROM).find(([from]) => score >= from)?.[1];
  if (confidence === undefined) return { veto: "not-a-person" };
  return { confidence, cues: ["beside"], ...(isCalledPerson(surroundings, near) && { own: true as const }) };
}

function isSingleWordOf(text: string, score: number, surroundings: Surroundings): boolean {
  if (hasParts(surroundings)) return SHORT.test(surroundings.name);
  const [above = ""] = surroundings.above;
  return score >= 3 || (score >= 2 && (isHumanRole(above) || (isPersonRole(above) && isGivenName(text))));
}

/** From which score on, and how sure. */
const KNOWN_FROM: readonly (readonly [number, number])[] = [
  [3, 0.97],
  [2, 0.93],
  [1, 0.85],
  [0, 0.65],
];
const FULL_FROM: readonly (readonly [number, number])[] = [
  [3, 0.92],
  [2, 0.85],
  [1.5, 0.68],
];

function isKnown(look: NameLook): boolean {
  return look === "known" || look === "titled";
}

/** Of a sender or an account, one word is as often a brand. */
function oneWordHit(text: string, surroundings: Surroundings, near: Near): Hit | undefined {
  if (isGivenName(text)) return { confidence: 0.85 };
  return isPersonHere(surroundings, near) ? maybeHit(text, 0.75) : undefined;
}

function isPersonHere(surroundings: Surroundings, near: Near): boolean {
  return isCalledPerson(surroundings, near) || isPersonRole(surroundings.above.find((name) => name !== "" && name !== "data") ?? "");
}

/** One word: a first name, a handle or a brand. */
function maybeHit(text: string, confidence: number): Hit | undefined {
  return /^\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?$/u.test(text) || /^\p{Ll}+ \p{Ll}+(?: \p{Ll}+)?$/u.test(text) ? { confidence } : undefined;
}

function partyHit(text: string): Hit | Veto {
  return hasThingWord(text) ? { veto: "company" } : { confidence: 0.68 };
}

function isPartName({ name, above, beside }: Surroundings): boolean {
  if (PART.test(name)) return !(FAMILIES.test(name) && [...beside].some((one) => OF_A_FAMILY.test(one)));
  if (/^(?:first|last)$/.test(name) && beside.has(name === "first" ? "last" : "first"))
    return isPersonRole(above[0] ?? "") || NAME_OBJECT.test(above[0] ?? "");
  if (NAME_OBJECT.test(above[0] ?? "") && PART_OF_NAME.test(name)) return true;
  return (
    PAIRS.some(([one, other]) => (name === one && beside.has(other)) || (name === other && beside.has(one))) || isSpanishName(name, beside)
  );
}

function isSpanishName(name: string, beside: ReadonlySet<string>): boolean {
  return name === "nombre" && [...beside].some((one) => one.startsWith("apellido") || one.endsWith(" apellido"));
}

function isFullName({ name, above, beside }: Surroundings): boolean {
  if (FULL.test(name)) return true;
  return WHOLE.test(name) && NAME_OBJECT.test(above[0] ?? "") && [...beside].some((one) => PART.test(one) || PART_OF_NAME.test(one));
}

/** The holder's, beside the numbers of a card. */
function isOnCard({ name, above, beside }: Surroundings): boolean {
  if (name !== "name" && name !== "card name") return false;
  const fields = CARD_FIELDS.filter((field) => beside.has(field)).length;
  if (fields >= 3) return true;
  return /(?:^| )card$/.test(above[0] ?? "")
    ? fields >= 1
    : /(?:^| )(?:source|payment method|payment source|instrument)$/.test(above[0] ?? "") && fields >= 2;
}

function hasParts({ beside }: Surroundings): boolean {
  return [...beside].some((name) => PART.test(name));
}

/** FHIR Reference (R4 section 2.3), and references that name their own kind. */
function isReferenceToPerson({ near }: Value): boolean {
  return /^(?:https?:\/\/.*\/)?(?:patient|practitioner|relatedperson|person|user)s?\//.test(
    near.beside("reference") ?? near.beside("ref") ?? "",
  );
}

/** "Your first name": nobody's, under whatever key. */
function isLabelText(text: string): boolean {
  return /\b(?:your|first|last|name|enter|surname|family|given|must|the|of)\b/i.test(text);
}

/** "First name", "firstname", "Vorname": a label, or the name of a column to sort by. */
function repeatsKey(text: string, name: string): boolean {
  const words = wordsOf(text);
  return (
    words === name ||
    words.replaceAll(" ", "") === name.replaceAll(" ", "") ||
    isWholly(PART, text) ||
    isWholly(FULL, text) ||
    isWholly(BARE, text)
  );
}

const WORKER =
  /(?:^| )(?:author|editor|translator|narrator|illustrator|actor|cast|director|writer|composer|performer|artist|creator)(?: name)?$/;
const WORK_FIELDS = [
  "isbn",
  "isbn 10",
  "isbn 13",
  "publisher",
  "edition",
  "page count",
  "genre",
  "runtime",
  "imdb id",
  "album",
  "release year",
  "doi",
  "journal",
];
const CARD_FIELDS = [
  "last digit",
  "last 4",
  "last 4 digit",
  "expiry",
  "exp month",
  "exp year",
  "expiry month",
  "expiry year",
  "expiration year",
  "scheme",
  "bin",
  "card type",
  "expiration month",
  "expiration date",
  "number",
  "billing address",
  "cvv",
];
const PART =
  /(?:^| )(?:(?:first|fore|given|middle|last|family|sur|maiden|second|paternal|maternal|birth|christian|preferred first|legal first|legal last) ?names?|name (?:first|last|middle|given|family|f|l)|firstname|lastname|givenname|familyname|middlename|fname|lname|surname|vorname|nachname|familienname|geburtsname|rufname|prenom|nom de famille|nom famille|nom usage|nom de naissance|nom naissance|apellido|apellido paterno|apellido materno|primer apellido|segundo apellido|primer nombre|sobrenome|apelido|primeiro nome|ultimo nome|nome proprio|cognome|achternaam|voornaam|tussenvoegsel|imie|nazwisko|fornavn|etternavn|efternavn|mellomnavn|fornamn|efternamn|etunimi|sukunimi|jmeno|prijmeni|keresztnev|vezeteknev|prenume|nume de familie|soyad|soyadi|имя|фамилия|отчество|姓|名|苗字|patronymic)(?: (?:partner|spouse|kana|kanji|phonetic|latin|native|local|romaji|katakana|hiragana|en|english|normalized|\d))?$/;
/** Fonts, instances and animals have families. */
const FAMILIES = /(?:^| )family ?name$/;
const OF_A_FAMILY =
  /^(?:style|weight|genus|order|species|kingdom|phylum|vcpu|memory|subfamily|sub family|font|glyph|postscript name|fuente)$/;
const PART_OF_NAME = /^(?:first|last|middle|given|family|sur|fore|maiden|paternal|maternal)$/;
const NAME_OBJECT = /(?:^| )(?:names?|nom|nombre|nome)$/;
const PAIRS: readonly (readonly [string, string])[] = [
  ["given name", "sn"],
  ["cn", "sn"],
  ["cn", "given name"],
  ["given", "family"],
  ["given", "surname"],
  ["prenom", "nom"],
  ["nome", "cognome"],
  ["nome", "sobrenome"],
  ["nome", "apelido"],
  ["vorname", "name"],
  ["fornavn", "navn"],
  ["ad", "soyad"],
];
const WHOLE = /^(?:text|formatted|full|display|display name|unstructured|value|complete)$/;
const FULL =
  /(?:^| )(?:(?:credit|debit|payment) card name|full ?name|fullname|real ?name|complete ?name|person ?name|formatted ?name|preferred ?name|pref ?name|(?:kunden|mieter|fahrer|patienten|schuler|mitarbeiter|eigentumer|halter|empfanger|absender|teilnehmer|bewerber)name|birth name|civil name|social name|nome civil|nome social|name on (?:the )?(?:card|account|id|passport|document)|(?:account|card) ?holder(?:s)?(?: ?name)?|cardholder(?: ?name)?|holder ?name|account owner(?: name)?|owner ?name|embossed ?name|signature ?name|printed ?name|print name|embossing name|name line 1|display name last first|last first name|name last first|unstructured name|sort(?:able)? name|file as|contact ?name|contact ?person(?: name)?|vollstandiger name|kontoinhaber|karteninhaber|kortinnehavare|kortholder|kaarthouder|intestatario|portador|anzeigename|cognome nome|nome cognome|apellidos? y nombres?|nom prenoms?|identite|shimei|seimei(?: furigana)?|furigana|namae|ansprechpartner|nom complet|nom et prenom|nom prenom|titulaire|nombre completo|nombre y apellido|nombre del titular|nome completo|nome do titular|titular|nome e cognome|volledige naam|imie i nazwisko|fullt navn|fullstandigt namn|姓名|氏名|お名前|이름|성명|фио|ho ten|ho va ten|fio|authorized representative|legal representative|next of kin|mother maiden|addressee|print on check name|(?:check|cheque) name|payable to|pay to|pay to the order of)(?: (?:kana|kanji|phonetic|latin|native|local|romaji|katakana|hiragana|normalized|\d))?$/;
const LEGAL = /(?:^| )legal ?name$|^(?:known as|also known as|aka|alias|aliase|former name|previous name)$/;
const SHORT = /^(?:short|known by|called|call) ?name$/;
/** Names of cards and accounts stand beside money, and are of people all the same. */
const HOLDERS =
  /holder|\b(?:card|account|holder|owner|contact|person|titular|titulaire|inhaber|kin|addressee|representative|maiden|check|cheque|payee)\b/;
/** What lists of anything are sorted and printed by. */
const SORTED = /^(?:sort(?:able)? ?name|print(?:ed)? ?name|file as|name line 1|formatted ?name|display name last first)$/;
const NICK = /^(?:(?:formal|informal) salutation|salutation name|greeting name|pseudo|nick ?name|alias name|handle name)$/;
const COMPOSED = /(?:^| )(?:name|display ?name|displayname|label|title|nome|nombre|nom|naam|navn|namn)$/;
const BARE =
  /^(?:name|names|display ?name|displayname|nome|nom|nombre|navn|namn|naam|nimi|nev|名前|nama|name (?:\d|en|eng|english|latin|local|native|kana|ar|zh|ja|ko|ru|th)|fn|common name|public name|screen name|real)$/;
const DISPLAY = /^(?:display|summary|text)$/;
const ROLES: readonly (readonly [RegExp, KeyRole])[] = [
  [LEGAL, "legal"],
  [BARE, "name"],
  [NICK, "nick"],
  [DISPLAY, "display"],
  [/^user name$/, "holder"],
  [/(?:^| )account name$/, "account"],
];
const ADDRESSEE = /^(?:ship to|bill to|deliver to|sold to|shipping|billing|delivery|shipping address|billing address)$/;
/** As often a brand. */
const SENDER = /^(?:from|reply to|to|cc|sender id|tenant)$/;
/** Words that texts stand under which name nobody. */
const VAGUE_ROLES =
  /(?:^| )(?:rider|conductor|insured|cliente|medico|designer|organizer|organiser|owner|sender|agent|socio|persona|driver|interpreter|subject|profile|lead|crew|staff|admin|visitor|member|contact|driver|host|actor|editor|person|people|human|adult|child|infant|owner info|detail)$/;
/** What documentation calls people. */
const SAMPLES: ReadonlySet<string> = new Set([
  "john doe",
  "jane doe",
  "john smith",
  "jane smith",
  "max mustermann",
  "erika mustermann",
  "john q. public",
  "joe bloggs",
  "juan perez",
  "jan kowalski",
  "mario rossi",
  "jean dupont",
]);
