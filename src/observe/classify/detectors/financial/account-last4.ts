import { hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isNearBank, isNearCard, isNearLedger } from "./account-context.ts";

/** The end of an account number. Of cards, telephones and national identifiers the end is something else. */
export const accountLast4: Detector = {
  class: "account_last4",
  over: ["postal_code", "free_text", "financial_amount"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (/^\d{3,4}$/.test(text) ? { confidence: 0.85 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings) || OTHERS.test(name)) return false;
  if (OWN.test(name)) return !isNearLedger(surroundings);
  if (LAST.test(name)) return isNearBank(surroundings) && !isNearCard(surroundings);
  return MASK.test(name) && hasBeside(surroundings, ACCOUNT_FIELDS);
}

const OWN =
  /\b(?:account|acct|bank account) (?:number )?(?:last|ending|end|suffix)(?: ?(?:4|four))?(?: digit)?$|\blast (?:4|four) (?:of )?(?:account|acct)\b/;
const LAST =
  /^(?:last ?4|last four|last (?:4|four) digit|last digit|ending in|last characters?|number last 4|number last four|endziffern?|letzte (?:4|vier)(?: ziffer| ziffern| stellen)?|ultimos? (?:4|quatro|cuatro)(?: digito)?|(?:quatre|4) derniers?(?: chiffre)?|laatste (?:4|vier)(?: cijfer| cijfers)?)$/;
const MASK = /^(?:mask|account mask|display number|account number display)$/;
const ACCOUNT_FIELDS = /\b(?:subtype|official name|account type|balance|institution|account id|account category|persistent account id)\b/;
const OTHERS = /\b(?:phone|ssn|tax|card|tin|itin|mobile)\b/;
