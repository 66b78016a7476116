import { isAboutFields, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import { isDigitPattern, passesLuhn } from "../../values.ts";
import type { Detector } from "../detector.ts";
import { isIdentifierOf } from "./identifiers.ts";

/** The National Provider Identifier of who treats (45 CFR 162.406): ten digits, Luhn after the prefix 80840. One number in ten passes, so a name counts. */
export const npi: Detector = {
  class: "npi",
  over: ["phone", "national_id", "tax_id", "bank_account", "medical_record_number", "health_insurance_id", "payment_card"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    if (!/^[12]\d{9}$/.test(text)) return undefined;
    const isRecorded = isIdentifierOf(near, surroundings, /^npi$|national provider/, /us-npi|2\.16\.840\.1\.113883\.4\.6$/);
    if (!isRecorded && !isNamed(surroundings) && !isEnumerated(near, surroundings)) return undefined;
    if (!passesLuhn(`80840${text}`)) return { confidence: 0.75, sample: true, ...(isRecorded ? { own: true } : {}) };
    return { confidence: 0.97, cues: ["checksum"], sample: isDigitPattern(text.slice(0, 9)), ...(isRecorded ? { own: true } : {}) };
  },
};

/** The national registry writes `number` beside the type of the enumeration: NPI-1 for persons, NPI-2 for organisations. */
function isEnumerated(near: Near, { name }: Surroundings): boolean {
  return name === "number" && (near.beside("enumeration type") ?? "").startsWith("npi-");
}

function isNamed(surroundings: Surroundings): boolean {
  return CUE.test(meaningOf(surroundings)) && !isAboutFields(surroundings);
}

const CUE = /\b(?:npi(?: (?:number|no|num|id|code|1|2))?|national provider (?:identifier|id|number)|npinumber|provider npi)$/;
