import type { Surroundings } from "../../fields.ts";
import { UUID_START } from "../../uuid.ts";
import type { Detector } from "../detector.ts";
import { documentKindOf } from "./document-kind.ts";
import { isOfDocument } from "./documents.ts";

/** The number of a driving licence: written in another way in every state, so that only names and the record tell. */
export const driverLicense: Detector = {
  class: "driver_license",
  over: ["phone", "license_plate", "national_id", "api_key", "tax_id"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    if (!NUMBER.test(text) || !/\d{2}/.test(text) || UUID_START.test(text)) return undefined;
    if (!isNamed(surroundings) && documentKindOf(surroundings, near) !== "driver_license" && !isLicenceOfPerson(surroundings))
      return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    return { confidence: isNamed(surroundings) ? 0.94 : 0.88, own: true, cues: [isNamed(surroundings) ? "shape" : "record"] };
  },
};

function isNamed({ name }: Surroundings): boolean {
  return CUE.test(name);
}

/** `renter.licence.number`: a licence below a person, or of a class of vehicles. */
function isLicenceOfPerson({ name, above, beside }: Surroundings): boolean {
  const isOfClass = [...beside].some((one) => BESIDE.test(one));
  if (/^licen[cs]e$/.test(name)) return [...beside].some((one) => BESIDE_PERSON.test(one));
  if (/^licen[cs]e (?:number|no|num)$/.test(name)) return isOfClass || DRIVER.test(above[0] ?? "") || CUE.test(above[0] ?? "");
  if (!/^(?:number|no|id|value|numero|nummer|nr)$/.test(name)) return false;
  if (/(?:^| )(?:patente|fue?hrerschein|permis(?: conduire)?|rijbewijs|carnet conducir)$/.test(above[0] ?? "")) return true;
  return /^licen[cs]e$/.test(above[0] ?? "") && (isOfClass || DRIVER.test(above[1] ?? ""));
}

const DRIVER = /(?:^| )(?:driver|renter|rider|motorist|courier|applicant|holder|insured|policyholder)$/;
const BESIDE =
  /^(?:licen[cs]e (?:state|country|class|category|point|expiry|state code)|penalty point|driving record|driver id|violation|issuing country|issuing state|class|vehicle class|vehicle classe)$/;
/** Of somebody who drives; physicians and packages have licences as well. */
const BESIDE_PERSON =
  /^(?:dob|date of birth|birth ?date|birthday|license plate|licence plate|plate|vehicle|vehicle plate|penalty point|insurance number)$/;
const CUE =
  /(?:^| )(?:(?:driver|driving|drivers) ?licen[cs]e(?: ?(?:number|no|num|id))?|driverlicen[cs]e(?:number)?|dl|dl (?:number|no|num)|operator licen[cs]e(?: number)?|licen[cs]e number driver|fue?hrerschein(?:nummer| nummer| nr)?|(?:numero )?permis (?:de )?conduire|numero (?:de )?permis|licencia (?:de )?conduc(?:ir|cion)(?: numero)?|carteira (?:de )?(?:motorista|habilitacao)|cnh(?: numero)?|patente (?:di )?guida|rijbewijs(?:nummer)?|kortkort(?:nummer)?|korkortsnummer|prawo jazdy|驾驶证|運転免許証番号)$/;
const NUMBER = /^[A-Z0-9](?:[A-Z0-9]|[ -](?=[A-Z0-9])){4,23}$/i;
