import type { Surroundings } from "../../fields.ts";
import { isDigitPattern } from "../../values.ts";
import { bySurroundings } from "../by-surroundings.ts";
import type { Cue, Detector, Hit, Value, Veto } from "../detector.ts";
import { isMaskedTaxPan } from "../masked-pan.ts";
import { documentKindOf } from "./document-kind.ts";
import { isOfDocument } from "./documents.ts";
import { isSocialSecurityNumber } from "./national-id-checks.ts";
import { NATIONAL_ID_KINDS, type NationalIdKind } from "./national-id-kinds.ts";
import { personScore } from "./subject.ts";

/** A number that a state gives to a person; the note says which one. */
export const nationalId: Detector = {
  class: "national_id",
  over: ["phone", "bank_account", "routing_number", "medical_record_number"],
  inText: true,
  isNamed,
  isMaskOf: (text, { name }) => name !== "pan" || isMaskedTaxPan(text),
  detect: (value, surroundings) => {
    if (value.text.length > MAX_LENGTH || !/\d{2}/.test(value.text)) return undefined;
    const hit = idHit(value, surroundings);
    if (hit === undefined || "veto" in hit) return hit;
    if (isOfDocument(surroundings, value.near)) return { veto: "label" };
    return {
      ...hit,
      sample:
        isSample(value.text) || (hit.note === "us_ssn" && hit.cues?.includes("checksum") !== true && hit.cues?.includes("range") !== true),
    };
  },
};

function idHit(value: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const local = localHit(value, kindsNamed(surroundings), surroundings.name);
  if (local !== undefined && !("veto" in local)) return local;
  if (isGeneric(surroundings.name)) return genericHit(value, surroundings, 0.9);
  if (documentKindOf(surroundings, value.near) === "national_id") return { own: true, ...(genericHit(value, surroundings, 0.9) ?? NONE) };
  if (local !== undefined) return local;
  return value.type === "string" && !OTHER_NUMBERS.test(surroundings.name) ? aloneHit(value.text, surroundings.name) : undefined;
}

/** Kinds that the key names. */
const kindsNamed = bySurroundings(({ name }): readonly NationalIdKind[] =>
  NOT_THE_NUMBER.test(name) ? [] : NATIONAL_ID_KINDS.filter(({ cue }) => isCalled(name, cue)),
);

/** By a key that says which: `cpf`, `ssn`. Documentation makes numbers up that fail their check. */
function localHit(value: Value, kinds: readonly NationalIdKind[], name: string): Hit | Veto | undefined {
  const fitting = kinds.map((kind) => ({ kind, text: written(value, kind) })).filter(({ kind, text }) => kind.shape.test(text));
  const valid = fitting.find(({ kind, text }) => kind.isValid(text));
  if (valid !== undefined) return { confidence: 0.96, note: valid.kind.kind, cues: CHECKED };
  const first = fitting[0];
  if (first === undefined) return undefined;
  return MEANS_MORE.test(name) ? { veto: "fails-checksum" } : { confidence: 0.8, note: first.kind.kind, cues: ["shape"] };
}

/** By a key that says no country: `national_id`, `identity_number`. */
function genericHit(value: Value, surroundings: Surroundings, confidence: number): Hit | undefined {
  const valid = NATIONAL_ID_KINDS.filter((kind) => {
    const text = written(value, kind);
    return kind.shape.test(text) && kind.isValid(text);
  });
  const only = valid.length === 1 ? valid[0] : undefined;
  if (only !== undefined) return { confidence, note: only.kind, cues: CHECKED };
  if (!WRITTEN.test(value.text)) return undefined;
  if (valid.length === 0 && WEAK.test(surroundings.name) && personScore(surroundings, value.near) < 2) return undefined;
  return { confidence: Math.min(confidence, 0.85), cues: ["shape"] };
}

function aloneHit(text: string, name: string): Hit | undefined {
  if (isSocialSecurityNumber(text)) return { confidence: TAX.test(name) ? 0.9 : 0.65, note: "us_ssn", cues: ["shape", "range"] };
  const kind = NATIONAL_ID_KINDS.find(({ alone, isValid }) => alone?.test(text) === true && isValid(text));
  return kind === undefined ? undefined : { confidence: 0.7, note: kind.kind, cues: CHECKED };
}

function written({ text, type }: Value, { digits }: NationalIdKind): string {
  return type === "number" && digits !== undefined ? text.padStart(digits, "0") : text;
}

function isNamed(surroundings: Surroundings): boolean {
  return kindsNamed(surroundings).length > 0 || (STRONG.test(surroundings.name) && !NOT_THE_NUMBER.test(surroundings.name));
}

/** Long words are written apart as well: `burger_service_nummer`. */
function isCalled(name: string, cue: RegExp): boolean {
  return cue.test(name) || cue.test(name.replaceAll(" ", ""));
}

function isGeneric(name: string): boolean {
  return (STRONG.test(name) || WEAK.test(name)) && !NOT_THE_NUMBER.test(name);
}

function isSample(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  return SAMPLES.has(digits) || isDigitPattern(digits);
}

const MAX_LENGTH = 32;
const CHECKED: readonly Cue[] = ["shape", "checksum"];
const NONE = { confidence: 0 };
/** Words of many meanings: under them, only the check digit tells. */
const MEANS_MORE =
  /(?:^| )(?:fin|rc|ik|kt|pnr|tz|cf|run|nas|pan|id number|id no|identity number|id card.*|idcard|identity card number|cert no|documento|numero documento|nro documento|ic no|ic number|personal number|birth number|versicherungsnummer)$/;
const STRONG =
  /(?:^| )(?:national ?id(?:entity|entification)?(?: ?(?:number|no|num|value|card|document))?|nationalid|national identifier|personal (?:identification|identity)(?: ?(?:number|code|no))?|personal id(?: number)?|government id(?: number)?|gov id|govt id|citizen ?(?:id|number|service number)|identity ?(?:card|document)? ?(?:number|no)|id ?card ?(?:number|no)?|personalausweis(?:nummer)?|ausweisnummer|cedula(?: identidad| ciudadania)?|numero (?:de )?identidad|documento (?:de )?identidad|numero (?:de )?cedula|social (?:insurance|security) ?(?:number|no|id)|sozialversicherungsnummer|resident (?:id|registration) ?(?:number|no)?|citizen card|emirates? ?id(?: number| no)?|cnic(?: number| no)?|nik|ktp|nomor induk kependudukan|ghana card|carte identite|cartao cidadao|numero cartao cidadao|bilhete identidade|numero carte identite|rg)$/;
const WEAK =
  /^(?:nin|bvn|bank verification number|iqama(?: number| no)?|jmbg|umcn|cnic|nik|ktp|dni numero|numero dni|residence (?:id|permit number)|isikukood|asmen kodas|personas kod|id number|id no|identification number|identification no|identification|identity|personal (?:number|code)|person number|social number|document id number|civil id|insurance number)$/;
const NOT_THE_NUMBER =
  /\b(?:last|type|required|verified|status|provided|match|matches|issuer|country|state|expiry|vehicle|tax|vat|company|employer|business|product|device|hash|token|masked|check|score|present|front|back|image|url)\b/;
const WRITTEN = /^[A-Z0-9](?:[A-Z0-9]|[ ./-](?=[A-Z0-9])){4,23}$/i;
const TAX = /\b(?:tax|taxid|taxpayer|tin)\b/;
const OTHER_NUMBERS =
  /\b(?:order|sku|part|serial|invoice|ticket|case|reference|ref|code|model|phone|fax|tel|account|tracking|isbn|barcode|vat|ein|company|cnpj|registration|version|time|date|uuid|hash|path|build)\b/;
/** Printed on cards and brochures, never anybody's own (any more). */
const SAMPLES: ReadonlySet<string> = new Set(["078051120", "219099999", "457555462", "123456789", "12345678909", "11144477735"]);
