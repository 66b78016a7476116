import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isNearBank, isNearLedger } from "./account-context.ts";
import { isAmount } from "./amounts.ts";

/** What is on somebody's account, or may be drawn from it. Said only where an account stands there too: shops and books have balances as well. */
export const financialAmount: Detector = {
  class: "financial_amount",
  over: [],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (isAmount(text) ? { confidence: 0.7 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  if (isAboutFields(surroundings) || isNearLedger(surroundings)) return false;
  const { name } = surroundings;
  if (BALANCE.test(name)) return isOfAnAccount(surroundings);
  return AMOUNT.test(name) && hasAbove(surroundings, BALANCES, 1) && (isAtABank(surroundings) || hasAbove(surroundings, /\baccount$/, 3));
}

function isOfAnAccount(surroundings: Surroundings): boolean {
  return isAtABank(surroundings) || (hasAbove(surroundings, BALANCES, 1) && hasAbove(surroundings, /\baccount$/, 3));
}

function isAtABank(surroundings: Surroundings): boolean {
  return isNearBank(surroundings) || hasBeside(surroundings, ACCOUNT_FIELDS);
}

const BALANCE =
  /^(?:(?:account |available |current |cleared |ledger |closing |opening |outstanding |statement |last statement )?balance|available credit|credit limit|overdraft limit|available balance|current balance|kontostand|saldo(?: disponible| disponivel| contabile)?|solde|overdraft)(?: amount)?$/;
const AMOUNT = /^(?:amount|available|current|limit|value|outstanding|overdue|pending|posted|ledger|betrag|valor|monto|montant)$/;
const BALANCES = /^(?:balance|account balance|kontostand|saldo|solde)$/;
const ACCOUNT_FIELDS =
  /\b(?:account number|iban|mask|account type|routing number|sort code|credit limit|available balance|minimum payment|last payment|interest rate|apr|creditor|holder)\b/;
