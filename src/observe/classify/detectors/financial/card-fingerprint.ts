import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { hasCardBeside } from "./account-context.ts";
import { isCardField } from "./card-fields.ts";

/** What tells that two payments came of one card, without its number. */
export const cardFingerprint: Detector = {
  class: "card_fingerprint",
  over: ["api_key", "access_token", "device_id", "free_text"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type }) => (type === "string" && /^(?=.*\d)[A-Za-z0-9+/=_-]{12,128}$/.test(text) ? { confidence: 0.88 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  return isCardField(surroundings, OWN, VAGUE) && (OWN.test(surroundings.name) || hasCardBeside(surroundings));
}

const OWN = /\b(?:card (?:fingerprint|hash)|payment account reference|unique number identifier)$/;
const VAGUE = /^(?:fingerprint|par|number hash)$/;
