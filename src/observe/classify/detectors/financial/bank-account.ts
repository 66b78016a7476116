import { hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import { isStandIn } from "../../said.ts";
import { UUID_FIRST_GROUP } from "../../uuid.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector, Hit, Value, Veto } from "../detector.ts";
import { isNearBank, isNearLedger, isNearUtility } from "./account-context.ts";

/** The number of an account at a bank. An account number alone may be of books, of a customer or of a power line: then a bank must stand near. */
export const bankAccount: Detector = {
  class: "bank_account",
  over: ["phone", "payment_card", "national_id", "tax_id", "free_text", "postal_code", "financial_amount", "routing_number"],
  inText: false,
  isNamed,
  detect: (value, surroundings) => {
    if (value.text.length > MAX_LENGTH) return undefined;
    const digits = value.text.replace(/\D/g, "");
    if (!isWritten(value.text, digits)) return undefined;
    if (isSchemed(value.near, surroundings)) return { confidence: 0.95, own: true, cues: ["beside"] };
    return isAboutFields(surroundings) || isStandIn(value.text) ? undefined : namedHit(value, digits, surroundings);
  },
};

function namedHit({ text, near }: Value, digits: string, surroundings: Surroundings): Hit | Veto | undefined {
  const { name } = surroundings;
  const sample = isDigitPattern(digits);
  if (BANKS_OWN.test(name)) return { confidence: 0.95, sample };
  if (!ACCOUNT.test(name) && !(VAGUE.test(name) && isAccountAbove(surroundings))) return undefined;
  if (VAGUE.test(name) && DOCUMENTS.test(surroundings.above[0] ?? "")) return { veto: "document" };
  if (isNearBank(surroundings) || /^\d{9}$/.test(near.beside("routing") ?? "")) {
    return /^[A-Z]{2}\d\d[A-Z]/.test(text) ? undefined : { confidence: 0.94, sample, cues: ["beside"] };
  }
  if (isNearLedger(surroundings)) return { veto: "ledger" };
  return isNearUtility(surroundings) ? { veto: "customer-account" } : { veto: "no-bank" };
}

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings)) return false;
  return BANKS_OWN.test(name) || ((ACCOUNT.test(name) || (VAGUE.test(name) && isAccountAbove(surroundings))) && isNearBank(surroundings));
}

/** Open Banking says beside an identification what it is of. */
function isSchemed(near: Near, { name }: Surroundings): boolean {
  if (!IDENTIFICATION.test(name)) return false;
  return SCHEME_NAMES.some((scheme) => ACCOUNT_SCHEMES.test(near.beside(scheme) ?? ""));
}

function isAccountAbove(surroundings: Surroundings): boolean {
  return (
    ACCOUNT_OBJECT.test(surroundings.above[0] ?? "") || hasBeside(surroundings, /^(?:branch code|compe code|check digit|agencia|digito)$/)
  );
}

/** Four digits are the last ones of a longer number. */
function isWritten(text: string, digits: string): boolean {
  return digits.length >= 5 && digits.length <= 24 && WRITTEN.test(text) && !DATE.test(text) && !UUID_FIRST_GROUP.test(text);
}

const MAX_LENGTH = 40;
const WRITTEN = /^(?:[A-Z]{1,6}[ -]?)?\d[\d ./-]*(?:[A-Z]{1,4}\d*)?[Xx]?$/;
const DATE = /^\d{4}-\d\d-\d\d|^\d+\.\d{1,2}$/;
const BANKS_OWN =
  /\b(?:bank ?account ?(?:number|no|num|nr)|bank acct(?: number| no)?|bankaccountnumber|bban|kontonummer|kontonr|konto ?nr|bankkonto|rekeningnummer|numero (?:de )?(?:compte|cuenta|conta)(?: bancari[ao]| bancaire| corrente)?|(?:numero|nro) cuenta|nro (?:de )?cuenta|numero conto|conta corrente|cuenta corriente|conto corrente|clabe|cbu|cvu|rib|bankgiro|plusgiro|ach account(?: number)?|nuban|(?:checking|savings?|beneficiary|recipient|deposit|dda|bank) account (?:number|no)|account number iban|bank account detail|kontonummer)$|^(?:bank account|account number bban)$|口座番号|银行账号|銀行帳號|银行账户|계좌번호|номер счета|расчетный счет/;
const ACCOUNT =
  /\b(?:(?:account|acct|acc|a c)(?: ?(?:number|no|num|nr))|accountnumber|acct|account ?nbr|account identifier|account identification|konto|cuenta|conta|compte)$|^account$/;
const VAGUE = /^(?:number|no|num|numero|nummer|nr|value|identification)$/;
const ACCOUNT_OBJECT = /\b(?:account|bank account|konto|bankkonto|cuenta|cuenta bancaria|conta|conta bancaria|conta corrente|compte|bank)$/;
const DOCUMENTS = /(?:^| )(?:document|documento|identity|identification|id card|passport|licen[cs]e)$/;
const IDENTIFICATION = /^(?:identification|value|id|identifier|number|account)$/;
const SCHEME_NAMES = ["scheme name", "scheme", "identification type", "identifier type", "type", "account number type"];
const ACCOUNT_SCHEMES =
  /sortcodeaccountnumber|sort_?code_?account|^bban$|accountnumber$|^bank_?account(?:_?number)?$|^bbanaccount|clabe|^cbu$/;
