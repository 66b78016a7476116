import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isCardField } from "./card-fields.ts";

/** Which issuer a card is of: its first six or eight digits (ISO/IEC 7812). Other bins stand in a warehouse. */
export const cardBin: Detector = {
  class: "card_bin",
  over: ["postal_code", "free_text", "phone"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (/^[2-6]\d{5}(?:\d{2})?$/.test(text) ? { confidence: 0.9 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  return isCardField(surroundings, OWN, VAGUE);
}

const OWN =
  /\b(?:card bin|bin number|card iin|issuer identification number|bank identification number|card first (?:6|six)|pan first (?:6|six))$/;
const VAGUE = /^(?:bin ?(?:6|8)?|iin|first ?(?:6|six|8|eight)(?: digit)?|prefix|bin code)$/;
