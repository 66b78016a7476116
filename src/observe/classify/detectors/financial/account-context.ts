import { hasAbove, hasBeside } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";

/** What stands around the value is of an account at a bank: a bank, a holder, a transfer. */
export function isNearBank(surroundings: Surroundings): boolean {
  return hasBeside(surroundings, BANK_FIELDS) || (hasAbove(surroundings, BANKS, 3) && !isNearLedger(surroundings));
}

/** Books of a company: their accounts are numbers of a plan. */
export function isNearLedger(surroundings: Surroundings): boolean {
  return hasBeside(surroundings, LEDGER_FIELDS) || hasAbove(surroundings, LEDGERS, 3);
}

/** Other fields of a payment card stand beside the value. */
export function hasCardBeside(surroundings: Surroundings): boolean {
  return hasBeside(surroundings, CARD_FIELDS);
}

/** The same, or the value stands under a card. */
export function isNearCard(surroundings: Surroundings): boolean {
  return hasCardBeside(surroundings) || hasAbove(surroundings, CARDS, 2);
}

/** Of what a customer pays for: water, a telephone, a shop. */
export function isNearUtility(surroundings: Surroundings): boolean {
  return hasBeside(surroundings, UTILITY_FIELDS) || hasAbove(surroundings, UTILITIES, 2);
}

const BANK_FIELDS =
  /\b(?:loan (?:type|term|name|amount)|maturity date|origination date|interest rate percentage|available balance|balance available|next payment due date|routing number|aba|abartn|sort code|sortcode|bsb|ifsc|iban|bic|swift|bank|banco|banque|banca|bank ?name|bank ?code|bank id|branch (?:code|number|id|name)|compe code|check digit|agencia|clabe|blz|bankleitzahl|transit number|institution (?:number|name)|account ?holder|holder name|kontoinhaber|titular|titulaire|beneficiary|direct deposit|account holder (?:name|type)|name on account|creditor name|creditor|lender|bank account type|wire routing|digito verificador)\b/;
const BANKS =
  /\b(?:bank|payout|payee|withdrawal|remittance|wire transfer|bank transfer|bank account|bank detail|bankverbindung|banking|bank info|bank information|bacs?|ach|ach debit|us bank account|au becs? debit|acss debit|eft|sepa|wire|direct deposit|deposit account|payout account|payout method|disbursement|beneficiary|beneficiary account|creditor account|debtor account|dados? bancarios?|datos? bancarios?|cuenta bancaria|conta bancaria|coordonnees? bancaires?|compte bancaire|conto corrente|payroll account|settlement account|funding source|tradeline|trade line|routing information|payment routing information|financial address|receiving account)\b/;
const LEDGER_FIELDS =
  /\b(?:ledger|gl|gl code|nominal|nominal code|fully qualified name|sub account|parent account|chart of account|classification|account class|debit|debit amount|journal|cost center|tax code|tax type|system account|reporting code|normal balance)\b/;
const LEDGERS = /\b(?:ledger|journal|gl|chart of account|nominal|line|line item|journal line|posting|accounting)\b/;
const CARD_FIELDS =
  /^(?:pan|last ?4|last four|last (?:4|four) digit|funding|masked pan|name on card|exp (?:month|year)|(?:expiry|expiration|expire) ?(?:month|year))$|\b(?:cvv|cvc|csc|cvv 2|cardholder(?: name)?|card ?(?:number|num|no|type|brand|holder|holder name|last 4|bin|network|scheme|token)|credit card|debit card)\b/;
const CARDS =
  /\b(?:card|credit ?card|debit ?card|payment card|cc|carte|carte bancaire|tarjeta|cartao|kreditkarte|karte|card detail|card data|wallet card|card info|virtual card)s?$/;
const UTILITY_FIELDS =
  /\b(?:meter|meter number|tariff|service address|premise|port|porting|carrier|phone number|telephone|line type|losing carrier|subscription|plan id|usage|reading|shipper|fedex|ups|tracking number)\b/;
const UTILITIES = /\b(?:utility|carrier|carrier information|losing carrier|telecom|shipper|meter|customer account|energy)\b/;
