import type { Detector } from "../detector.ts";

/** A vehicle identification number (ISO 3779); the check digit (49 CFR 565.15) is used in North America and China. */
export const vehicleVin: Detector = {
  class: "vehicle_vin",
  over: ["api_key", "tracking_number"],
  inText: false,
  isNamed: ({ name }) => CUE.test(name),
  detect: ({ text, type, near }, { name, beside }) => {
    if (text.length !== 17 || type === "number" || !VIN.test(text)) return undefined;
    if (SERIAL.test(name) && [...beside].some((one) => PLATE.test(one))) return { confidence: 0.85, cues: ["shape", "beside"] };
    if (/^(?:id|identifier|number|serial number)$/.test(name) && VEHICLES.test(near.kind()) && /^[A-Z]/i.test(text))
      return { confidence: 0.85, cues: ["shape", "record"] };
    const checked = hasCheckDigit(text.toUpperCase());
    if (CUE.test(name)) return checked ? { confidence: 0.97, cues: ["shape", "checksum"] } : { confidence: 0.93, cues: ["shape"] };
    if (!checked || !/[A-Z]/.test(text)) return undefined;
    return [...beside].some((one) => BESIDE.test(one))
      ? { confidence: 0.8, cues: ["checksum", "beside"] }
      : { confidence: 0.5, cues: ["checksum"] };
  },
};

function hasCheckDigit(vin: string): boolean {
  let sum = 0;
  for (const [at, character] of [...vin].entries()) {
    const value = /\d/.test(character) ? Number(character) : (VALUES[character] ?? 0);
    sum += value * (WEIGHTS[at] ?? 0);
  }
  const rest = sum % 11;
  return vin[8] === (rest === 10 ? "X" : String(rest));
}

const CUE =
  /(?:^| )(?:vin|vin (?:number|no|code)|vehicle ?identification ?(?:number|no)|vehicle identifier|chass?is(?: ?(?:number|no))?|frame number|fahrgestellnummer|fahrzeug ident nummer|fin|numero (?:de )?(?:chasis|chassis|bastidor|serie vehicule)|chassi|bastidor|telaio|numero telaio|vin numer)$/;
/** A laptop has a make as well, but no plate. */
const PLATE =
  /^(?:immatriculation|kennzeichen|matricula|targa|placa|licen[cs]e plate|licen[cs]e plate number|plate|plate number|odometer|mileage)$/;
const VEHICLES = /^(?:car|vehicle|van|truck|motorcycle|fahrzeug|vehiculo|vehicule|veiculo|auto)$/;
const SERIAL = /\b(?:serie|serial|seriennummer)\b/;
const BESIDE =
  /^(?:make|marque|marca|marke|immatriculation|kennzeichen|matricula|targa|placa|license plate number|odometer|mileage|license plate|licence plate|plate|fuel type|model year|registration)$/;
const VIN = /^[A-HJ-NPR-Z0-9]{17}$/i;
const VALUES: Readonly<Record<string, number>> = Object.fromEntries(
  ["AJ", "BKS", "CLT", "DMU", "ENV", "FW", "GPX", "HY", "RZ"].flatMap((letters, at) => [...letters].map((letter) => [letter, at + 1])),
);
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
