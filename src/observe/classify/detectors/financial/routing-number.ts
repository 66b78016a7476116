import { isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector } from "../detector.ts";
import { isNearBank, isNearLedger } from "./account-context.ts";

/** Which bank and branch: ABA, sort code, BSB, IFSC, Bankleitzahl, transit and institution. Public alone; beside an account it is half of a transfer. */
export const routingNumber: Detector = {
  class: "routing_number",
  over: ["phone", "national_id", "tax_id", "free_text", "postal_code", "postal_address", "card_last4"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    if (isAboutFields(surroundings)) return undefined;
    if (isSaidBeside(near, surroundings) && CODE.test(text)) return { confidence: 0.92, own: true, cues: ["beside"] };
    const kind = KINDS.find(({ name }) => name.test(surroundings.name));
    if (kind === undefined) return undefined;
    if (!kind.shape.test(text))
      return kind.alone === true && kind.checksum !== undefined && MADE_UP.test(text) ? { confidence: 0.8, sample: true } : undefined;
    if (kind.alone !== true && !isNearBank(surroundings)) return { veto: isNearLedger(surroundings) ? "ledger" : "no-bank" };
    const digits = text.replace(/\D/g, "");
    const isWrong = kind.checksum === true && digits.length === 9 && !isAba(digits);
    return {
      confidence: isWrong ? Math.min(kind.confidence, 0.85) : kind.confidence,
      sample: isWrong || (digits.length > 3 && isDigitPattern(digits)),
    };
  },
};

/** `{"type": "ABA", "value": ...}` and its like. */
function isSaidBeside(near: Near, { name }: Surroundings): boolean {
  return SAID.some(([value, type]) => value.test(name) && TYPES.test(near.beside(type) ?? ""));
}

function isNamed(surroundings: Surroundings): boolean {
  return (
    KINDS.some(({ name, alone }) => name.test(surroundings.name) && (alone === true || isNearBank(surroundings))) &&
    !isAboutFields(surroundings)
  );
}

/** American Bankers Association: weights 3, 7, 1, and the districts that exist. */
function isAba(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * ([3, 7, 1][at % 3] ?? 0), 0);
  const district = Number(digits.slice(0, 2));
  return sum % 10 === 0 && (district <= 12 || (district >= 21 && district <= 32) || (district >= 61 && district <= 72) || district === 80);
}

const SAID: readonly (readonly [RegExp, string])[] = [
  [/^(?:value|number|code|identification)$/, "type"],
  [/^(?:value|number|code|routing value)$/, "routing type"],
  [/^(?:value|identification|number)$/, "scheme name"],
  [/^bank id$/, "bank id type"],
  [/^(?:value|routing code value|routing number|routing code|code)$/, "routing code type"],
  [/^routing code value 1$/, "routing code type 1"],
  [/^(?:routing number|value)$/, "routing number type"],
];
const TYPES =
  /^(?:(?:uk\.obie\.)?sort_?-?code|aba|ach|ach routing number|wire routing number|fedwire|us_?aba|aba_?routing(?:_?number)?|bsb(?: ?_?code)?|ifsc(?: ?_?code)?|blz|bank ?_?code|cnaps|routing ?_?number|transit ?_?number|clabe bank|ncc)$/;

interface Kind {
  readonly name: RegExp;
  readonly shape: RegExp;
  readonly confidence: number;
  /** No bank needs to stand near. */
  readonly alone?: true;
  readonly checksum?: true;
}

/** What documentations put where a bank would stand. */
const MADE_UP = /^\d{4,17}$/;
const DIGITS = /^\d[\d -]{4,11}$/;
const CODE = /^(?=.*\d)[A-Z0-9][A-Z0-9 -]{2,15}$/i;
const SHORT = /^\d{1,6}(?:-?[\dXx])?$/;
const KINDS: readonly Kind[] = [
  {
    name: /\b(?:routing ?(?:number|no|num|transit number)|routingnumber|abartn|aba(?: (?:number|rtn|routing|routing number|code))|aba ?rtn|wire routing(?: number)?|ach routing(?: number)?|rtn|fedwire(?: number)?)$|^aba$/,
    shape: DIGITS,
    confidence: 0.95,
    alone: true,
    checksum: true,
  },
  { name: /^(?:routing|routing code|bank routing)$/, shape: /^\d{9}$/, confidence: 0.93, alone: true },
  { name: /^(?:routing code|routing code value ?1|routing code value)$/, shape: CODE, confidence: 0.9 },
  { name: /\b(?:sort ?code|bank sort ?code)$/, shape: /^\d\d[ -]?\d\d[ -]?\d\d$/, confidence: 0.95, alone: true },
  { name: /\bbsb(?: ?(?:number|code|no))?$|\bbsbcode$/, shape: /^\d{3}[ -]?\d{3}$/, confidence: 0.95, alone: true },
  { name: /\bifsc(?: ?code)?$|\bifsccode$/, shape: CODE, confidence: 0.95, alone: true },
  { name: /\b(?:bankleitzahl|blz)$/, shape: /^\d{3}[ -]?\d{3}[ -]?\d{2}$|^\d{5}$/, confidence: 0.95, alone: true },
  { name: /\bbank ?code$/, shape: /^[A-Z]{4}0[A-Z0-9]{6}$/, confidence: 0.93, alone: true },
  {
    name: /\b(?:bank ?code|bank (?:id )?number|bank identification (?:number|code)|national (?:bank|clearing) code|clearing (?:code|number|system member id|system member identification)|cnaps?(?: code)?|codigo (?:do |de )?banco|cod banco|code banque|codice abi|abi|zengin code|bank clearing number|national id of bank|ncc)$/,
    shape: CODE,
    confidence: 0.8,
  },
  {
    name: /\b(?:transit ?(?:number|no|code)?|bank transit number|institution(?: ?(?:number|no|code))?|financial institution number)$/,
    shape: /^\d{3,5}(?:-\d{3})?$/,
    confidence: 0.85,
  },
  {
    name: /\b(?:branch(?: ?(?:code|number|no|id code|transit|identifier))?|agencia|agencia numero|numero (?:da |de )?agencia|code guichet|cab|sucursal|filiale)$/,
    shape: SHORT,
    confidence: 0.75,
  },
];
