import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isCardField } from "./card-fields.ts";

/** Until when a card is good: a month, a year, or both in one of the ways they are written. */
export const cardExpiry: Detector = {
  class: "card_expiry",
  over: ["id_document_date", "date_of_birth", "postal_code", "free_text"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }, { name }) => {
    const shape = /\b(?:month|monat|mes|mois)\b/.test(name) ? MONTH : /\b(?:year|jahr|ano|annee)\b/.test(name) ? YEAR : WHOLE;
    return shape.test(text) ? { confidence: 0.9 } : undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  return isCardField(surroundings, OWN, VAGUE);
}

const MONTH = /^(?:0?[1-9]|1[0-2])$/;
const YEAR = /^(?:20)?[2-4]\d$/;
const WHOLE =
  /^(?:0?[1-9]|1[0-2]) ?[/-]? ?(?:20)?[2-4]\d$|^(?:20)?[2-4]\d ?[/-]? ?(?:0[1-9]|1[0-2])(?:-\d\d)?$|^\d{4}-\d\d-\d\d(?:T\S{1,24})?$/;
const OWN =
  /^(?:card )?(?:exp|expiry|expiration|expire) ?(?:month|year)$|\bcard (?:exp|expiry|expiration|expiration date|expiry date|exp date|valid (?:to|thru|until))$/;
const VAGUE =
  /^(?:exp|expiry|expiration|expires?|exp ?date|expiry ?date|expiration ?date|expirationdate|expirydate|valid (?:thru|through|to|until)|month year|gultig bis|ablaufdatum|caducidad|fecha (?:de )?(?:caducidad|vencimiento)|vencimiento|validade|scadenza|date (?:d )?expiration|good thru|gueltig bis|expiry (?:mm yy|yymm|mmyy|yy mm)|expire date|expiration time|giltig till|giltigt till|gyldig til|gyldig indtil|udlob|utlopsdato|vervaldatum|geldig tot|wazna do|data waznosci|platnost do)$/;
