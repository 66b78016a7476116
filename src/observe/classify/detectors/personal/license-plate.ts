import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** The registration mark of a vehicle. */
export const licensePlate: Detector = {
  class: "license_plate",
  over: ["phone"],
  inText: false,
  needsName: true,
  isNamed: (surroundings) =>
    CUE.test(surroundings.name) || (WEAK.test(surroundings.name) && (surroundings.name === "plate" || isOfVehicle(surroundings))),
  detect: ({ text, near }, surroundings) => {
    if (
      /\b(?:company|business|organi[sz]ation|vat|tax|charity)\b/.test(surroundings.name) &&
      !/\b(?:car|vehicle|plate)\b/.test(surroundings.name)
    )
      return { veto: "number-of-a-company" };
    if (!PLATE.test(text) || !/\d/.test(text) || /^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    if (!CUE.test(surroundings.name) && !isOfVehicle(surroundings))
      return isMixed(text) ? { confidence: 0.75, cues: ["shape"] } : undefined;
    return { confidence: /\p{L}/u.test(text) || isOfVehicle(surroundings) ? 0.94 : 0.75 };
  },
};

/** Letters and digits, as hardly any number of a dish or a machine has. */
function isMixed(text: string): boolean {
  return text.length >= 5 && /\p{L}/u.test(text) && /\d{2}/.test(text);
}

function isOfVehicle({ above, beside }: Surroundings): boolean {
  return VEHICLE.test(above[0] ?? "") || [...beside].some((name) => BESIDE.test(name));
}

const CUE =
  /(?:^| )(?:licen[cs]e ?plate(?: number| no)?|licen[cs]eplate|number ?plate|plate ?(?:number|no|num)|registration plate|reg plate|vehicle (?:registration|plate|reg)(?: number| no| mark)?|car (?:registration|plate)(?: number)?|kennzeichen|kfz kennzeichen|nummernschild|registreringsnummer(?: motorvogn)?|regnr|rekisteritunnus|numer rejestracyjny|immatriculation|numero (?:d )?immatriculation|plaque immatriculation|targa(?: auto| veicolo)?|placa|kenteken|rego|vrm|vrn|plate text|plate value|license plate text|registration mark|licen[cs]e tag|registreringsnummer|numer rejestracyjny|rz|reg ?no|plateno|车牌|车牌号)$/;
const WEAK =
  /^(?:plate|plaque|matricula|registration|registration number|registration no|reg number|reg no|reg|tag number|license number|licence number)$/;
const VEHICLE =
  /(?:^| )(?:vehicle|car|truck|van|fleet|fahrzeug|vehicule|vehiculo|veiculo|auto|trailer|motorcycle|automobile|taxi|registration)$/;
const BESIDE =
  /^(?:vin|make|odometer|mileage|fuel type|vehicle type|vehicle id|chassis|chassis number|chassis no|chasis no|engine|engine number|engine no|vehicle|vehicle make|colour|licence plate country|license state|plate state|plate country)$/;
const PLATE = /^[\p{Lu}\p{Lo}\d](?:[\p{Lu}\p{Lo}\d]|[ ·.-](?=[\p{Lu}\p{Lo}\d])){1,13}$/u;
