import { hasBeside } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isDigitPattern, passesLuhn } from "../../values.ts";
import type { Detector } from "../detector.ts";
import { isMaskedTaxPan } from "../masked-pan.ts";

/** A primary account number: issuer range, length and Luhn. One random 16-digit number in 36 has all three, so names count. */
export const paymentCard: Detector = {
  class: "payment_card",
  over: ["phone"],
  inText: true,
  isNamed,
  isMaskOf: (text, { name }) => name !== "pan" || !isMaskedTaxPan(text),
  detect: ({ text, type }, surroundings) => {
    if (text.length > MAX_LENGTH || !GROUPED.test(text)) return undefined;
    const digits = text.replace(/[ -]/g, "");
    if (!RANGES.some((range) => range.test(digits)) || !passesLuhn(digits) || isDigitPattern(digits)) return undefined;
    const sample = SAMPLES.has(digits);
    if (isNamed(surroundings)) return { confidence: 0.97, sample };
    if (type === "number" || OTHER_NUMBERS.test(surroundings.name)) return undefined;
    if (digits !== text) return { confidence: 0.85, sample };
    return { confidence: hasBeside(surroundings, CARD_FIELDS) ? 0.85 : sample ? 0.7 : 0.45, sample };
  },
};

/**
 * Digits alone, of a length that identifiers seldom have, and of no card for tests: where nobody expects a number of sixteen digits at all, one that has an
 * issuer and a check digit is a card's.
 */
export function isBareCardNumber(text: string): boolean {
  return (
    /^\d{14,16}$/.test(text) && RANGES.some((range) => range.test(text)) && passesLuhn(text) && !isDigitPattern(text) && !SAMPLES.has(text)
  );
}

function isNamed({ name, above }: Surroundings): boolean {
  if (CUE.test(name)) return !isAboutAnother(name);
  return (
    /^(?:number|no|num|value|numero|nummer|primary account number)$/.test(name) &&
    /\b(?:card|pan|tarjeta|carte|cartao|kreditkarte)\b/.test(above[0] ?? "")
  );
}

const MAX_LENGTH = 24;
/** Digits with single spaces or hyphens. */
const GROUPED = /^\d{2,6}(?:[ -]?\d{2,7}){1,5}$/;
const CUE =
  /^(?:pan|card|cc|kartennummer)$|\b(?:card ?(?:number|num|no|pan)|cc ?(?:number|num|no)|credit ?card|debit ?card|primary account number|(?:masked|full|card) pan|pan (?:masked|number)|kreditkartennummer|(?:numero|num|n) (?:de )?(?:la |da |do )?(?:tarjeta|carte|cartao|carta))\b|銀行卡號|银行卡号|信用卡号|カード番号|카드번호|номер карты/;
const CARD_FIELDS = /\b(?:cvv|cvc|csc|brand|card ?holder|exp|expiry|expiration|exp month|exp year|issuer|bin)\b/;
const OTHER_NUMBERS =
  /\b(?:order|id|iccid|imei|imsi|sim|gift|barcode|ean|upc|gtin|sku|mpn|isbn|asin|tracking|serial|invoice|transaction|snowflake)\b/;
/** Issuer ranges and lengths as the networks publish them (ISO/IEC 7812-1). */
const RANGES: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^(?:6011|64[4-9]\d|65\d{2})\d{12,15}$/, // Discover
  /^3(?:0[0-5]\d|095|[689]\d{2})\d{10,15}$/, // Diners Club
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/, // JCB
  /^62\d{14,17}$/, // UnionPay
  /^220[0-4]\d{12,15}$/, // Mir
  /^(?:508\d|81\d{2}|82\d{2}|60\d{2})\d{12}$/, // RuPay
];
/** Numbers that networks and processors publish for tests. */
const SAMPLES = new Set(
  (
    "4242424242424242 4111111111111111 4012888888881881 4000056655665556 4222222222222 4000000000000002 5555555555554444 5105105105105100 " +
    "5200828282828210 2223003122003222 5424000000000015 378282246310005 371449635398431 378734493671000 6011111111111117 6011000990139424 " +
    "6011000000000012 30569309025904 38520000023237 3056930009020004 3530111333300000 3566002020360505 6200000000000005 4005519200000004 4007000000027"
  ).split(" "),
);
