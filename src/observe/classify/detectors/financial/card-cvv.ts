import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isCardField } from "./card-fields.ts";

/** Never to be kept after a payment (PCI DSS 3.3.1): three or four digits. What came of its check is nothing. */
export const cardCvv: Detector = {
  class: "card_cvv",
  over: ["pin", "postal_code", "otp_secret", "free_text", "card_last4"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => (/^\d{3,4}$/.test(text) ? { confidence: 0.95 } : undefined),
};

function isNamed(surroundings: Surroundings): boolean {
  return isCardField(surroundings, OWN, VAGUE);
}

const OWN =
  /\b(?:cvv ?2?|cvc ?2?|csc|cvn|cav ?2|cvvcode|cvccode|card (?:verification|security) (?:value|code|number)|card ?code|card cvv|cv[vcn] ?2? (?:code|number|value)|kartenprufnummer|kartenprufziffer|cryptogramme(?: visuel)?|codigo (?:de )?seguridad (?:de )?(?:la )?tarjeta)$/;
const VAGUE =
  /^(?:security ?code|serie code|seriescode|pruefziffer|kontrollziffer|verification (?:value|code|number)|cid|prufziffer|prufnummer|sicherheitscode|code (?:de )?securite|codigo (?:de )?(?:seguridad|seguranca)|codice (?:di )?sicurezza)$/;
