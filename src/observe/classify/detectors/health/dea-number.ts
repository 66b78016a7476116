import { isAboutFields, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isIdentifierOf } from "./identifiers.ts";

/** The number under which somebody may prescribe controlled substances (US): two letters, six digits and a check digit. */
export const deaNumber: Detector = {
  class: "dea_number",
  over: ["free_text", "driver_license", "passport", "national_id"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    const written = /^([A-Z][A-Z9])-?(\d{7})(?:-\w{1,10})?$/i.exec(text);
    if (written === null) return undefined;
    const isRecorded = isIdentifierOf(near, surroundings, /^dea$|drug enforcement/, /2\.16\.840\.1\.113883\.4\.814|us-dea/);
    if (!isRecorded && !isNamed(surroundings)) return undefined;
    const own = isRecorded ? { own: true as const } : {};
    return hasCheckDigit(written[2] ?? "") ? { confidence: 0.97, cues: ["checksum"], ...own } : { confidence: 0.75, sample: true, ...own };
  },
};

/** Odd places and twice the even ones: the sum ends in the last digit. */
function hasCheckDigit(digits: string): boolean {
  const at = (index: number) => Number(digits[index]);
  return (at(0) + at(2) + at(4) + 2 * (at(1) + at(3) + at(5))) % 10 === at(6);
}

function isNamed(surroundings: Surroundings): boolean {
  return (
    /\bdea(?: (?:number|no|num|id|registration|registration number|license|code))?$|\bdeanumber$/.test(meaningOf(surroundings)) &&
    !isAboutFields(surroundings)
  );
}
