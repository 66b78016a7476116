import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** The number of a parcel: by its name, or of the two kinds that say so themselves (UPS 1Z, UPU S10). */
export const trackingNumber: Detector = {
  class: "tracking_number",
  over: ["phone", "device_id", "passport"],
  inText: false,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "string" && (isUps(text) || isPostal(text))) return { confidence: 0.9, cues: ["checksum"] };
    return isNamed(surroundings) && NUMBER.test(text) && /\d{4}/.test(text) ? { confidence: 0.9 } : undefined;
  },
};

function isUps(text: string): boolean {
  if (!/^1Z[A-Z0-9]{15}\d$/.test(text)) return false;
  const digits = [...text.slice(2, -1)].map((character) =>
    /\d/.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10,
  );
  const sum = digits.reduce((total, digit, at) => total + (at % 2 === 1 ? digit * 2 : digit), 0);
  return (10 - (sum % 10)) % 10 === Number(text.at(-1));
}

/** Universal Postal Union standard S10. */
function isPostal(text: string): boolean {
  if (!/^[A-Z]{2}\d{9}[A-Z]{2}$/.test(text)) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at + 2]), 0);
  const check = 11 - (sum % 11);
  return (check === 10 ? 0 : check === 11 ? 5 : check) === Number(text[10]);
}

function isNamed({ name, above }: Surroundings): boolean {
  if (/^(?:number|code|no)$/.test(name)) return /^(?:tracking|tracker|shipment tracking|track)$/.test(above[0] ?? "");
  return NAMES.test(name);
}

const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const NUMBER = /^[A-Z0-9][A-Z0-9 -]{7,38}$/i;
const NAMES =
  /\b(?:(?:tracking|track|consignment|waybill|air waybill|airway bill|parcel|shipment tracking|awb) ?(?:number|no|num|code|barcode)|trackingnumber|trackingcode|awb|waybill|airwaybill|sendungsnummer|sendungsverfolgungsnummer|numero de (?:seguimiento|rastreo|guia)|codigo de (?:rastreo|rastreamento|seguimiento)|numero (?:de )?suivi|colis numero|numero (?:de )?colis|paketnummer|sporingsnummer|kollinummer|zendingsnummer|numer przesylki|numero (?:di )?tracking|numero (?:di )?spedizione)(?: \d)?$/;
