import type { Surroundings } from "../../fields.ts";
import { isWholly } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** Town, region and country of an address; not the region of a data centre, nor the state of an order. */
export const locationCoarse: Detector = {
  class: "location_coarse",
  over: [],
  inText: false,
  needsName: true,
  isNamed: (surroundings) => CUE.test(surroundings.name) && !NO_ADDRESS.test(surroundings.name) && isOfAddress(surroundings),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !PLACE.test(text) || NO_PLACE.test(text)) return undefined;
    // A status says so in small letters.
    if (/(?:^| )(?:state|region)$/.test(surroundings.name) && /^\p{Ll}[\p{Ll}_-]+$/u.test(text)) return undefined;
    return isOfDocument(surroundings, near) || isWholly(CUE, text) ? { veto: "label" } : { confidence: 0.88, cues: ["beside"] };
  },
};

/** A street or a postal code stands beside, or the key above says address. */
function isOfAddress({ name, above, beside }: Surroundings): boolean {
  if (ADDRESS.test(above[0] ?? "")) return true;
  const prefix = name.slice(0, Math.max(0, name.lastIndexOf(" ") + 1));
  // `address` is a street beside a town; beside a region alone it may be one of a machine.
  if (beside.has(`${prefix}address`) && beside.has(`${prefix}city`)) return true;
  return [...beside].some((one) => ADDRESS_PARTS.test(one.startsWith(prefix) ? one.slice(prefix.length) : one));
}

const CUE =
  /(?:^| )(?:city|town|locality|municipality|suburb|district|state|state code|state or province|province|province code|region|region code|county|country|country code|country ?code|country name|iso country|city name|town name|country sub ?division|administrative (?:area|district)(?: level)?(?: \d)?|admin area|prefecture|ort|stadt|land|bundesland|ville|pays|departement|ciudad|pais|provincia|estado|cidade|bairro|citta|paese|regione|stad|gemeente|provincie|miasto|wojewodztwo|kraj|poststed|kommune|fylke|kunta|市区町村|都道府県|城市|国家)$/;
const NO_ADDRESS = /\b(?:licen[cs]e|licen[cs]ing|plate|registration|incorporation|issuing|issued|issuer|tax|nexus|order|payment)\b/;
const ADDRESS =
  /(?:^| )(?:address|addres|adr|addr|anschrift|adresse|direccion|endereco|indirizzo|adres|billing|shipping|billing detail|shipping detail|ship to|bill to|residence|domicile|address (?:to|from))$/;
const ADDRESS_PARTS =
  /^(?:street|street ?address|street 1|street name|street line 1|address 1|address line|address line 1|line 1|zip|zip ?code|post ?code|postal ?code|plz|cep|code postal|codigo postal|cap|strasse|straße|rue|calle|via|logradouro|straat|ulica|endereco|direccion|indirizzo|anschrift)$/;
const PLACE = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,'’()/&·-]{0,79}$/u;
const NO_PLACE =
  /^(?:active|inactive|pending|valid|invalid|verified|unverified|new|open|closed|enabled|disabled|approved|rejected|draft|completed?|success|failed|none|null|unknown|true|false|string|required|optional|[0-9a-f]{8}-[0-9a-f-]{27}|\d{6,})$/i;
