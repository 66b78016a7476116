import { countrySpecs, electronicFormatIBAN, isValidIBAN } from "ibantools";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Detector } from "../detector.ts";

/** Country, its length and structure, mod 97 (ISO 13616): the value proves it. */
export const iban: Detector = {
  class: "iban",
  over: ["phone", "payment_card", "bank_account", "routing_number", "national_id"],
  inText: true,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length > MAX_LENGTH || !WRITTEN.test(text)) return undefined;
    const electronic = electronicFormatIBAN(text);
    if (electronic === null) return undefined;
    if (isValidIBAN(electronic)) return { confidence: 0.97, cues: ["checksum"], sample: SAMPLES.has(electronic) };
    return isNamed(surroundings) && isOfCountry(electronic) ? { confidence: 0.75, sample: true } : undefined;
  },
};

function isNamed({ name }: Surroundings): boolean {
  return /\biban\b/.test(name) && !isAboutAnother(name);
}

/** As long as those of its country: one that was made up for a documentation. */
function isOfCountry(electronic: string): boolean {
  return countrySpecs[electronic.slice(0, 2)]?.chars === electronic.length;
}

/** 34 characters at most, in groups. */
const MAX_LENGTH = 44;
const WRITTEN = /^[A-Z]{2}\d{2}[A-Z0-9 -]{11,}$/i;
/** From the IBAN registry and the documentation of banks. */
const SAMPLES = new Set([
  "GB33BUKB20201555555555",
  "GB29NWBK60161331926819",
  "GB82WEST12345698765432",
  "DE89370400440532013000",
  "DE75512108001245126199",
  "DE44500105175407324931",
  "FR1420041010050500013M02606",
  "NL91ABNA0417164300",
  "ES9121000418450200051332",
  "IT60X0542811101000000123456",
  "CH9300762011623852957",
  "AT611904300234573201",
  "BE68539007547034",
  "PL61109010140000071219812874",
]);
