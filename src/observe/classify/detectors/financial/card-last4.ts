import { hasBeside } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isNearBank } from "./account-context.ts";
import { isCardField } from "./card-fields.ts";

/** The last digits of a card, which PCI DSS 3.4 lets everybody see. */
export const cardLast4: Detector = {
  class: "card_last4",
  over: ["postal_code", "free_text", "pin"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (/^\d{3,4}$/.test(text) ? { confidence: 0.88 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  const isBank = isNearBank(surroundings) && !hasBeside(surroundings, /\b(?:brand|exp month|expiry|card)\b/);
  return !isBank && isCardField(surroundings, OWN, VAGUE);
}

const OWN =
  /\b(?:card|cc|pan|credit card) (?:number )?(?:last|ending|suffix)(?: ?(?:4|four))?(?: digit)?$|\bdpan last 4|^last 4 (?:of )?card$/;
const VAGUE =
  /^(?:last ?4|last four|last (?:4|four) digit|last digits?|number last 4|suffix|ending in|dynamic last 4|ultimos? (?:4|quatro|cuatro)(?: digito)?|(?:quatre|4) derniers?(?: chiffre)?|derniers? (?:quatre|4)(?: chiffre)?|ultime (?:4|quattro)(?: cifre)?|letzte (?:4|vier)(?: ziffer| ziffern| stellen)?|endziffern?|laatste (?:4|vier)(?: cijfer| cijfers)?|siste (?:4|fire)(?: siffer)?|sista (?:4|fyra)(?: siffror)?)$/;
