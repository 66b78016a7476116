import type { Surroundings } from "../../fields.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** National identifiers; so far the United States' social security number (us_ssn). */
export const nationalId: Detector = {
  class: "national_id",
  over: ["phone"],
  inText: true,
  isNamed: isSsnName,
  detect: ({ text, type }, surroundings) => {
    if (isSsnName(surroundings)) return ssnHit(type === "number" ? text.padStart(9, "0") : text, 0.95);
    return type === "string" && DASHED.test(text) && !OTHER_NUMBERS.test(surroundings.name) ? ssnHit(text, 0.65) : undefined;
  },
};

/** Area, group and serial that the Social Security Administration can have given out. */
function ssnHit(text: string, confidence: number): Hit | undefined {
  const [, area = "", group, serial] = SSN.exec(text) ?? [];
  if (area === "" || area === "000" || area === "666" || area.startsWith("9") || group === "00" || serial === "0000") return undefined;
  const digits = text.replace(/\D/g, "");
  return { confidence, note: "us_ssn", sample: SAMPLES.has(digits) || isDigitPattern(digits) };
}

function isSsnName({ name }: Surroundings): boolean {
  return /\b(?:ssn|social security|socialsecurity\w*)\b/.test(name) && !/\b(?:last|type|required|verified|status|id|provided)\b/.test(name);
}

const SSN = /^(\d{3})[- ]?(\d{2})[- ]?(\d{4})$/;
const DASHED = /^\d{3}-\d{2}-\d{4}$/;
const OTHER_NUMBERS = /\b(?:order|sku|part|serial|invoice|ticket|case|reference|ref|code|model|phone|fax|tel)\b/;
/** Printed on cards and brochures, never anybody's own (any more). */
const SAMPLES = new Set(["078051120", "219099999", "457555462", "123456789"]);
