import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { Surroundings } from "../fields.ts";
import { isAboutAnother } from "../names.ts";
import { isDigitPattern } from "../values.ts";
import type { Detector, Hit } from "./detector.ts";

/**
 * A telephone number in any of the ways people write it. Bare digits need a name: 97 % of random 10-digit numbers are valid
 * somewhere.
 */
export const phone: Detector = {
  class: "phone",
  over: [],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (text.length > MAX_LENGTH || !WRITTEN.test(text)) return undefined;
    const digits = text.replace(/\D/g, "");
    if (digits.length < 7 || digits.length > 15) return undefined;
    if (type === "number" && (!isNamed(surroundings) || digits.length < 10)) return undefined;
    return numberHit(text, digits, surroundings);
  },
};

function numberHit(text: string, digits: string, surroundings: Surroundings): Hit | undefined {
  const sample = isDigitPattern(digits.slice(-7)) || FICTIONAL.some((range) => range.test(digits));
  const named = isNamed(surroundings);
  const international = text.startsWith("+") ? parsePhoneNumberFromString(text) : undefined;
  if (international !== undefined) {
    if (international.isValid()) return { confidence: named ? 0.97 : 0.85, sample };
    if (international.isPossible()) return { confidence: named ? 0.9 : 0.65, sample };
  }
  if (named) return { confidence: isValidSomewhere(text) || SEPARATED.test(text) ? 0.9 : 0.75, sample };
  return isDialled(surroundings) && SEPARATED.test(text) ? { confidence: 0.7, sample } : shapeHit(text, sample);
}

/** The name says phone, or says little under a name that says phone: `phones[].number`. */
function isNamed({ name, above }: Surroundings): boolean {
  if (CUE.test(name)) return !isAboutAnother(name) && !NOT_THE_NUMBER.test(name);
  return VAGUE.test(name) && CUE.test(above[0] ?? "") && !isAboutAnother(name);
}

function isDialled({ name }: Surroundings): boolean {
  return DIALLED.test(name);
}

function shapeHit(text: string, sample: boolean): Hit | undefined {
  return AREA_IN_BRACKETS.test(text) ? { confidence: 0.65, sample } : undefined;
}

function isValidSomewhere(text: string): boolean {
  return COMMON_REGIONS.some((region) => parsePhoneNumberFromString(text, region)?.isValid() === true);
}

const MAX_LENGTH = 32;
const WRITTEN = /^\+?[\d(][\d ().\-/\u00a0]*(?: ?(?:x|ext\.?) ?\d{1,6})?$/;
const SEPARATED = /\d[ ().\-/]+\d/;
const AREA_IN_BRACKETS = /^(?:\+?\d{1,3} )?\(\d{2,4}\) ?\d{3,4}[ -]\d{3,4}$/;
const CUE =
  /\b(?:phone|mobile|cell|cellphone|tel|telephone|telefon|telefone|telefono|fax|msisdn|celular|handy|phonenumber|mobilephone|whatsapp|sms number)\b/;
const VAGUE = /^(?:number|value|national number|national|international|e 164|raw|formatted|address|primary|home|work|main|)$/;
const NOT_THE_NUMBER = /\b(?:code|country|area|extension|ext|model|app|device|os|carrier|operator|network|price)\b/;
const DIALLED = /\b(?:from|to|caller|called|national format|international format|contact)\b/;
const COMMON_REGIONS: readonly CountryCode[] = ["US", "GB", "DE", "FR", "IN", "BR", "AU"];
/** NANP 555-0100 to 0199, Ofcom's numbers for drama, ACMA's and others for fiction. */
const FICTIONAL: readonly RegExp[] = [
  /^1?\d{3}55501\d\d$/,
  /^(?:44|0)7700900\d{3}$/,
  /^(?:44|0)(?:20|1\d{2,3})\d?79460\d{2,3}$/,
  /^(?:61|0)491570\d{3}$/,
  /^1?5005550\d{3}$/,
];
