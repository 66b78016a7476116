import type { Surroundings } from "../../fields.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector } from "../detector.ts";
import { documentKindOf } from "./document-kind.ts";
import { isOfDocument } from "./documents.ts";
import { isSocialSecurityNumber } from "./national-id-checks.ts";

/** The number by which a tax office or a register knows a company, or a person where the key says no more than tax. */
export const taxId: Detector = {
  class: "tax_id",
  over: ["phone", "national_id", "bank_account", "routing_number", "iban"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (!NUMBER.test(text) || DATE_OR_AMOUNT.test(text)) return undefined;
    const named = isNamed(surroundings);
    if (!named && documentKindOf(surroundings, near) !== "tax_id") return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    if (isSocialSecurityNumber(text)) return { veto: "number-of-a-person" };
    const digits = text.replace(/\D/g, "");
    if (digits.length < 5 || text.length < (type === "number" ? 8 : 7)) return { veto: "too-short" };
    return { confidence: named ? 0.92 : 0.85, own: true, sample: isDigitPattern(digits), cues: [named ? "shape" : "record"] };
  },
};

function isNamed({ name, above }: Surroundings): boolean {
  if (CUE.test(name)) return !NOT_THE_NUMBER.test(name);
  return VAGUE.test(name) && HOLDER.test(above[0] ?? "") && !NOT_THE_NUMBER.test(above[0] ?? "");
}

const CUE =
  /(?:^| )(?:tax ?id(?:entifier|entification)?(?: ?(?:number|no|num|code|value))?|taxid|tax ?(?:number|no|num|identifier|code number|registration(?: number| id)?|payer id|payer number)|taxnumber|taxpayer ?(?:id|identification|number)(?: ?number)?|fiscal (?:id|number|identification number)|tin|tin number|ein|ein number|fein|fed(?:eral)? (?:tax )?(?:id|ein)(?: number)?|employer ?identification ?(?:number|no)|employer id number|vat|vat ?(?:number|no|num|id|identification number|registration(?: number| no)?|code|reg no|tax number)|vatnumber|vatid|vatin|eu vat|eu vat number|gst ?(?:number|no|in|id|hst number|registration number)|gstin|hst number|abn|abn or tfn|acn|cnpj|cpf cnpj|cuit|cuil|rfc|nit|ruc|rif|cif|nipc|siret|siren|numero (?:de )?tva|tva intracommunautaire|tva|numero tva|ust ?id ?(?:nr|nummer)?|ustid|ustidnr|ust idnr|umsatzsteuer ?id|umsatzsteueridentifikationsnummer|steuernummer|steuer nr|uid nummer|mwst nummer|partita iva|partitaiva|p iva|piva|btw ?(?:nummer|nr|number)?|kvk(?: nummer)?|nip|regon|orgnr|org ?(?:number|nummer|nr)|organisation ?(?:number|nummer)|organisasjonsnummer|organisationsnummer|organization number|ytunnus|y tunnus|cvr(?: nummer| number)?|inn|utr|utr number|unique taxpayer reference|npwp|brn|uen|sales tax number|税号|統一編號|инн|inscricao estadual)$/;
const NOT_THE_NUMBER =
  /\b(?:rate|amount|type|total|status|country|verified|valid|exempt|sum|percent|percentage|price|included|transaction|calculation|jurisdiction)\b/;
const VAGUE = /^(?:value|number|id|no|code|identifier|value string)$/;
const HOLDER =
  /(?:^| )(?:tax ?id|vat|vat id|vat number|tax number|ein|gst|abn|tax identifier|tax identification|taxpayer|tax registration|registration tax)$/;
const NUMBER = /^[A-Z0-9](?:[A-Z0-9]|[ ./-](?=[A-Z0-9])){4,23}$/i;
const DATE_OR_AMOUNT = /^\d{4}-\d\d-\d\d|^\d{1,6}\.\d{1,4}$|^[0-9a-f]{24}$/i;
