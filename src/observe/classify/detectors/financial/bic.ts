import { isValidBIC } from "ibantools";
import { isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isNearBank } from "./account-context.ts";

/** Which bank, worldwide (ISO 9362): eight or eleven characters with a country in the middle. Words have that shape too, so a name counts. */
export const bic: Detector = {
  class: "bic",
  over: ["routing_number", "free_text", "person_name"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type !== "string" || !/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/.test(text) || !isValidBIC(text)) return undefined;
    if (isNamed(surroundings)) return { confidence: 0.95 };
    if (/bic/.test(near.beside("scheme name") ?? "") && /^(?:identification|value)$/.test(surroundings.name)) {
      return { confidence: 0.92, own: true, cues: ["beside"] };
    }
    return BANK_CODE.test(surroundings.name) && isNearBank(surroundings) ? { confidence: 0.8, cues: ["beside"] } : undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  return CUE.test(surroundings.name) && !isAboutFields(surroundings);
}

const CUE =
  /\b(?:bic(?: ?(?:code|number|swift|fi|or swift))?|bicfi|biccode|swift(?: ?(?:code|bic|number|address|or bic))?|swiftcode|business identifier code|bic or swift)$/;
const BANK_CODE = /\b(?:bank ?code|bank id|bank identifier|bank identification code|routing code|identifier)$/;
