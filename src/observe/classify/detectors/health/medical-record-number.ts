import { isAboutFields, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn } from "../../said.ts";
import { UUID } from "../../uuid.ts";
import type { Detector } from "../detector.ts";
import { isIdentifierOf } from "./identifiers.ts";

/** The number of a patient at a hospital or a practice: by its name, or by the type of a FHIR identifier (v2-0203: MR). */
export const medicalRecordNumber: Detector = {
  class: "medical_record_number",
  over: ["phone", "national_id", "payment_card", "free_text", "postal_code", "tax_id", "bank_account"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (!NUMBER.test(text) || !/\d/.test(text) || isStandIn(text)) return undefined;
    if (isIdentifierOf(near, surroundings, TYPES, SYSTEMS)) return { confidence: 0.96, own: true, cues: ["record"] };
    if (isNamed(surroundings)) return { confidence: 0.95 };
    if (!PATIENT_ID.test(surroundings.name) || isAboutFields(surroundings) || UUID.test(text)) return undefined;
    return type === "number" && Number(text) < MIN_ID ? undefined : { confidence: 0.65 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  return CUE.test(meaningOf(surroundings)) && !isAboutFields(surroundings);
}

const MIN_ID = 100;
const NUMBER = /^[A-Z]{0,5}[ #:.-]{0,2}[A-Z0-9](?:[A-Z0-9 ./_-]{1,24})$/i;
const CUE =
  /\b(?:mrn|mrn number|(?:medical|health|patient|hospital|chart) (?:record )?(?:number|no|nr|num|mrn)|medical record (?:id|identifier)|mr number|patient(?:en)?(?:nummer|nr| nummer| nr)|hospital id|chart number|emr id|ehr id|(?:numero |num |nro |n )?(?:de )?(?:historia clinica|expediente clinico|dossier (?:medical|patient)|prontuario)|numero (?:de )?(?:paciente|utente)|patientennr|ipp|numero (?:di )?cartella|nhc|numero (?:do )?prontuario|patientnummer|potilasnumero|medical record identification number(?: ehr)?|patientid number)$|^(?:prontuario|nhc|cartella clinica)$/;
const PATIENT_ID =
  /^(?:patient(?:en|e)? ?id|paciente ?id|id (?:do |del )?pacient[e]?|patient identifier|external patient id|patient external id)$/;
const TYPES = /^mr$|medical record/;
const SYSTEMS = /nhs-?number|\bmrn\b|medical-?record/;
