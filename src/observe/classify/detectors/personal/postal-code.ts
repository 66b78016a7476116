import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** Alone it tells a quarter of a town. */
export const postalCode: Detector = {
  class: "postal_code",
  over: ["phone", "location_coarse", "pin"],
  inText: false,
  needsName: true,
  isNamed: ({ name, above, beside }) =>
    CUE.test(name) || (WEAK.test(name) && (PLACE.test(above[0] ?? "") || [...beside].some((one) => BESIDE.test(one)))),
  detect: ({ text, near }, surroundings) => {
    if (!CODE.test(text) || !/\d/.test(text)) return undefined;
    return isOfDocument(surroundings, near) ? { veto: "label" } : { confidence: 0.92 };
  },
};

const CUE =
  /(?:^| )(?:zip ?code|zip 4|zip 5|zip ?plus 4|post ?code|postal ?code|postalcode|postcode|zipcode|postal zip|zip postal code|zip or postal code|postleitzahl|plz|code postal|codigo postal|cep|codice postale|kod pocztowy|postnummer|postnr|eircode|psc|郵便番号|邮编|우편번호|индекс)$/;
const WEAK = /^(?:zip|cap|cp|postal|npa|post|pin|pin ?code)$/;
const PLACE = /(?:^| )(?:address|billing|shipping|location|anschrift|adresse|indirizzo|direccion)$/;
const BESIDE = /(?:^| )(?:city|town|street|address|address 1|line 1|street 1|state|ort|ville|citta|ciudad)$/;
const CODE = /^[A-Za-z0-9](?:[A-Za-z0-9 -]{1,10})[A-Za-z0-9]$/;
