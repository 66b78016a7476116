import type { Surroundings } from "../../fields.ts";
import { wordsOf } from "../../names.ts";
import type { Near } from "../../near.ts";

/** What a record says its number or value is of. */
export type DocumentKind = "passport" | "driver_license" | "national_id" | "tax_id";

/**
 * Of a vague key (`number`, `value`): what the key above says (`passport`), or the record beside it, by a word (`document_type`) or by the code
 * of a health record (HL7 table 0203: PPN, DL, SS, NI, TAX).
 */
export function documentKindOf({ name, above }: Surroundings, near: Near): DocumentKind | undefined {
  if (!VAGUE.test(name)) return undefined;
  return kindAbove(above) ?? kindBeside(near);
}

/** Of the record, whatever the key. */
export function documentKindBeside({ above }: Surroundings, near: Near): DocumentKind | undefined {
  return kindAbove(above) ?? kindBeside(near);
}

function kindAbove([parent = ""]: readonly string[]): DocumentKind | undefined {
  return kindOf(parent) ?? (/^(?:dl|pp|ppn)$/.test(parent) ? CODES[parent] : undefined);
}

function kindBeside(near: Near): DocumentKind | undefined {
  for (const name of TYPE_NAMES) {
    const said = near.beside(name);
    const kind = said === undefined ? undefined : (kindOf(wordsOf(said)) ?? CODES[said]);
    if (kind !== undefined) return kind;
  }
  const coded = near.below("type").map((text) => CODES[text]);
  const system = near.beside("system") ?? "";
  return coded.find((kind) => kind !== undefined) ?? SYSTEMS.find(([ending]) => ending.test(system))?.[1];
}

function kindOf(words: string): DocumentKind | undefined {
  return KINDS.find(([cue]) => cue.test(words))?.[1];
}

const VAGUE =
  /^(?:(?:document |id |identity |identification |card )?(?:number|no|num|nr|value|id|numero|nummer|code)|identifier|document identification|identification|(?:numero|num|nro|numer) (?:de |do |del |di )?document[oi]?(?: (?:de )?identidade?)?|documento|documentnummer|dokumentnummer|ausweisnummer|document|value string)$/;
const TYPE_NAMES = [
  "type",
  "document type",
  "doc type",
  "id type",
  "identification type",
  "identifier type",
  "identity type",
  "kind",
  "category",
  "type code",
  "scheme",
  "scheme name",
  "label",
  "name",
  "tipo",
  "tipo documento",
  "tipo identificacion",
  "tipo de identificacion",
  "tipo doc",
  "type document",
  "type de document",
  "type piece",
  "tipo di documento",
  "soort document",
  "dokumenttyp",
  "dokumentart",
  "ausweisart",
  "tipo de documento",
  "art",
];
const KINDS: readonly (readonly [RegExp, DocumentKind])[] = [
  [/\b(?:passport|passeport|pasaporte|passaporte|passaporto|reisepass|paspoort|travel ?doc(?:ument)?)\b/, "passport"],
  [
    /\b(?:driver|driving|drivers) ?licen[cs]e\b|\bdriverlicen[cs]e\b|\b(?:fuhrerschein|permis(?: de)? conduire|licencia de conducir|rijbewijs|cnh)\b|^drivers?$/,
    "driver_license",
  ],
  [
    /^(?:us )?(?:ssn|itin|sin|nino|cpf|dni|nie|nif|bsn|pesel|personnummer|curp|aadhaar|nric|hkid|rrn|rut|run|nir|cnp)\b|\b(?:national ?id(?:entity)?|identity ?card|id ?card|identity ?document|id ?document|residen(?:t|ce) ?permit|nationalid|social sec(?:urity)?|social insurance|national insurance|personalausweis|ausweis|cedula|codice fiscale|personal number|citizen id)\b/,
    "national_id",
  ],
  [
    /\b(?:ein|vat|gst|abn|cnpj|cuit|nit|tax ?id|tax number|tin)\b|^(?:eu|gb|us|ca|au|in|br|es|no|ch) (?:vat|ein|gst|abn|cnpj|cif|bn)\b/,
    "tax_id",
  ],
];
const CODES: Readonly<Record<string, DocumentKind>> = {
  ppn: "passport",
  pp: "passport",
  passport: "passport",
  dl: "driver_license",
  ss: "national_id",
  sb: "national_id",
  ni: "national_id",
  nnusa: "national_id",
  tax: "tax_id",
  en: "tax_id",
};
const SYSTEMS: readonly (readonly [RegExp, DocumentKind])[] = [
  // BSN, CPR, fødselsnummer, personnummer, HETU, codice fiscale, INS-NIR: OIDs of HL7 affiliates.
  [
    /2\.16\.840\.1\.113883\.2\.4\.6\.3$|1\.2\.208\.176\.1\.2$|2\.16\.578\.1\.12\.4\.1\.4\.1$|1\.2\.752\.129\.2\.1\.3\.1$|1\.2\.246\.21$|2\.16\.840\.1\.113883\.2\.9\.4\.3\.2$|1\.2\.250\.1\.213\.1\.4\.(?:8|10)$/,
    "national_id",
  ],
  [/us-ssn$|2\.16\.840\.1\.113883\.4\.1$/, "national_id"],
  [/\/passport(?:-[a-z]+)?$|113883\.4\.330$/, "passport"],
  [/nationalid|national-id|\/bsn$|personnummer|nir$|codice-?fiscale/, "national_id"],
];
