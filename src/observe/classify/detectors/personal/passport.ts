import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { documentKindOf } from "./document-kind.ts";
import { isOfDocument } from "./documents.ts";

/** The number of a passport: six to nine letters and digits in most countries (ICAO Doc 9303 gives nine places). */
export const passport: Detector = {
  class: "passport",
  over: ["phone", "national_id", "bank_account", "tax_id"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    if (!NUMBER.test(text) || text.replace(/\D/g, "").length < 3) return undefined;
    if (!isNamed(surroundings) && documentKindOf(surroundings, near) !== "passport") return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    return { confidence: 0.94, own: true, cues: [isNamed(surroundings) ? "shape" : "record"] };
  },
};

function isNamed({ name }: Surroundings): boolean {
  return CUE.test(name);
}

const CUE =
  /(?:^| )(?:passport|passport ?(?:number|no|num|nr|id|document number)|travel document (?:number|no)|numero (?:de )?passeport|passeport|numero (?:de )?pasaporte|pasaporte|numero (?:do )?passaporte|passaporte|passaporto|numero (?:di )?passaporto|passnummer|reisepass(?:nummer)?|paspoort(?:nummer)?|numer paszportu|护照|パスポート番号)$/;
const NUMBER = /^[A-Z0-9](?:[A-Z0-9]| (?=[A-Z0-9])){4,11}$/i;
