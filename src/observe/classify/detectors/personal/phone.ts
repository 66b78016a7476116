import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Near } from "../../near.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector } from "../detector.ts";

/**
 * A telephone number in any of the ways people write it. Bare digits need a name: 97 % of random 10-digit numbers are valid
 * somewhere.
 */
export const phone: Detector = {
  class: "phone",
  over: [],
  inText: true,
  isNamed,
  detect: ({ text: sent, type, near }, surroundings) => {
    const text = sent.slice(0, MAX_LENGTH + MAX_SCHEME).replace(SCHEME, "");
    if (text.length > MAX_LENGTH || !WRITTEN.test(text) || DATE.test(text)) return undefined;
    const digits = text.replace(/\D/g, "");
    if (digits.length < 7 || digits.length > 15) return undefined;
    if (type === "number" && (!isNamed(surroundings) || digits.length < 10)) return undefined;
    const confidence =
      isNamed(surroundings) || isOfPhone(text, surroundings, near) || SCHEME.test(sent)
        ? namedConfidence(text)
        : unnamedConfidence(text, digits, surroundings);
    if (confidence === undefined) return undefined;
    return { confidence, sample: isDigitPattern(digits.slice(-7)) || FICTIONAL.some((range) => range.test(digits)) };
  },
};

function namedConfidence(text: string): number {
  if (text.startsWith("+")) return parsePhoneNumberFromString(text)?.isValid() === true ? 0.97 : 0.9;
  return SEPARATED.test(text) || isValidSomewhere(text) ? 0.9 : 0.75;
}

function unnamedConfidence(text: string, digits: string, { name, beside }: Surroundings): number | undefined {
  if (text.startsWith("+")) {
    const parsed = parsePhoneNumberFromString(text);
    if (parsed?.isPossible() === true) return parsed.isValid() ? 0.85 : 0.65;
  }
  if (PLACES.test(name) && isOfContact(beside) && SEPARATED.test(text)) return 0.75;
  if (
    DIALLED.test(name) &&
    (SEPARATED.test(text) ||
      isValidWithPlus(digits) ||
      (IDENTIFIED.test(name) && parsePhoneNumberFromString(text, "US")?.isValid() === true))
  )
    return 0.7;
  return AREA_IN_BRACKETS.test(text) ? 0.65 : undefined;
}

/** The name says phone, or says little under a name that says phone: `phones[].number`. */
function isNamed({ name, above }: Surroundings): boolean {
  if (WRITTEN_FORM.test(name)) return true;
  if (CUE.test(name)) return !isAboutAnother(name) && !NOT_THE_NUMBER.test(name);
  return VAGUE.test(name) && CUE.test(above[0] ?? "") && !isAboutAnother(name);
}

/** `{"type": "sms_contact_method", "address": "..."}` */
function isOfPhone(text: string, { name }: Surroundings, near: Near): boolean {
  if (/^\d{1,8}$/.test(text)) return false;
  return VAGUE.test(name) && KIND_NAMES.some((kind) => DEVICES.test(near.beside(kind) ?? ""));
}

function isOfContact(beside: ReadonlySet<string>): boolean {
  return ["email", "email address", "mail", "fax", "phone", "mobile", "cell"].some((name) => beside.has(name));
}

function isValidWithPlus(digits: string): boolean {
  return parsePhoneNumberFromString(`+${digits}`)?.isValid() === true;
}

function isValidSomewhere(text: string): boolean {
  return COMMON_REGIONS.some((region) => parsePhoneNumberFromString(text, region)?.isValid() === true);
}

const MAX_LENGTH = 32;
/** RFC 3966, and what others write in its place. */
const SCHEME = /^(?:tel|phone|sms|callto|whatsapp|fax|mobile):/i;
const MAX_SCHEME = 10;
const WRITTEN = /^\+?[\d(][\d ().\-/\u00a0]*(?: ?(?:x|ext\.?) ?\d{1,6})?$/;
const SEPARATED = /\d[ ().\-/]+\d/;
const AREA_IN_BRACKETS = /^(?:\+?\d{1,3} )?\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}$/;
const CUE =
  /(?:^| )(?:phone|mobile|cell|cellphone|tel|telephone|telefon|telefone|telefono|fax|msisdn|wa id|celular|handy|phonenumber|mobilephone|whatsapp|sms number|phone no|contact (?:number|no)|telephonenumber|phonenr|telefonnummer|rufnummer|handynummer|mobilnummer|mobilfunknummer|telefono|portable|numero de contact|movil|tlf|gsm|cellulare|puhelin|puhelinnumero|mobil|mobilnr|mobiltelefon|telefoon|telemovel|numero telemovel|mobiel|mobiel nummer|mobielnummer|telefoonnummer|telefonnr|work number|home number|office number|business number|mobile number|daytime number|evening number|emergency number|电话|手机|手机号|電話|電話番号|携帯電話|전화번호|휴대폰|телефон|so dien thoai)(?= |$)/;
const WRITTEN_FORM = /^(?:inter)?national format(?: number)?$/;
const VAGUE =
  /^(?:number|value|national number|national|international|e 164|raw|formatted|address|primary|home|work|main|data|free form number|secondary|alternate|alternative|other|personal|business|office|mobile|cell|direct|day|evening|canonical form|display|display number|full number|)$/;
const KIND_NAMES = ["type", "kind", "channel", "method", "contact type", "medium"];
const DEVICES = /(?:^|[^a-z])(?:phone|sms|mobile|voice|whatsapp|cell|landline|fax)(?![a-z])/;
const NOT_THE_NUMBER = /\b(?:code|country|area|extension|ext|model|app|device|os|carrier|operator|network|price)\b/;
/** Ends of a call or a message. */
const DIALLED =
  /^(?:from|to|caller|called|calling|destination|recipient|receiver|dest|callee|subscriber|ani|dnis|clid|caller ?id|(?:first|second|third|called|calling) party)(?: (?:number|no|formatted|format))?$/;
const DATE = /^\d{4}[-./]\d\d?[-./]\d\d?(?:[ T]|$)|^\d\d?[-./]\d\d?[-./]\d{4}$/;
/** Of the caller and of the line that was called, as switches of North America name them. */
const IDENTIFIED = /^(?:ani|dnis|clid)$/;
/** Where one is called: of a record that has other ways to reach somebody. */
const PLACES = /^(?:office|home|work|business|other|day|daytime|evening|main|primary|secondary|alternate|direct)$/;
const COMMON_REGIONS: readonly CountryCode[] = ["US", "GB", "DE", "FR", "IN", "BR", "AU"];
/** NANP 555-0100 to 0199, Ofcom's numbers for drama, ACMA's and others for fiction. */
const FICTIONAL: readonly RegExp[] = [
  /^1?\d{3}55501\d\d$/,
  /^(?:44|0)7700900\d{3}$/,
  /^(?:44|0)(?:20|1\d{2,3})\d?79460\d{2,3}$/,
  /^(?:61|0)491570\d{3}$/,
  /^1?5005550\d{3}$/,
];
