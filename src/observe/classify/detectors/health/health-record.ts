import { hasAbove, hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import { isStandIn, isUnsaid, saysSomething } from "../../said.ts";
import type { Cue, Detector, Hit, Value, Veto } from "../detector.ts";
import { isOfNobody } from "../personal/subject.ts";
import { isClinicalCode, isClinicalSystem, isClinicalUnit } from "./codings.ts";
import { isFhirFinding } from "./fhir.ts";
import { isIllnessName, isVitalName, speaksOfIllness } from "./words.ts";

/**
 * What somebody has, takes, was measured or treated for: by a name, a code beside its system, a unit of a laboratory, or the place in a FHIR
 * resource. Health of machines, allergens of a menu and drugs of a catalogue are nobody's.
 */
export const healthRecord: Detector = {
  class: "health_record",
  over: ["free_text", "person_name", "phone", "financial_amount", "salary", "geo_coordinates", "genetic_data"],
  inText: false,
  facts: true,
  isNamed,
  detect: (value, surroundings) => {
    if (value.type === "boolean") return FACT.test(surroundings.name) ? { confidence: 0.9 } : undefined;
    if (isStandIn(value.text) || isAboutFields(surroundings)) return undefined;
    if (isFhirFinding(surroundings, value.near) && !isUnsaid(value.text)) return { confidence: 0.93, own: true, cues: ["record"] };
    return (
      codedHit(value, surroundings) ?? measuredHit(value, surroundings) ?? namedHit(value, surroundings) ?? impliedHit(value, surroundings)
    );
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return (isIllnessName(name) || isVitalName(name)) && !isAboutFields(surroundings);
}

/** Codes, and what stands beside them to say the same in words. */
function codedHit({ text, type, near }: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const { name } = surroundings;
  const named = /^(?:code|value|codigo)$/.test(name) ? `${meaningOf(surroundings)} code` : name;
  if (DRUG_CODES.test(named) && !isMedical(surroundings, near) && !hasBeside(surroundings, MEDICATION)) return undefined;
  if (isClinicalCode(named, text) || (type === "string" && isClinicalCode(meaningOf(surroundings), text))) {
    return hasBeside(surroundings, CATALOGUE) ? { veto: "catalogue" } : { confidence: 0.92, cues: ["shape"] };
  }
  if (CODED.test(name) && isClinicalSystem(near) && !TERMINOLOGY.test(near.kind())) return { confidence: 0.9, own: true, cues: ["beside"] };
  if (WORDED.test(name) && hasBeside(surroundings, ILLNESS_CODES) && saysSomething(text, name))
    return { confidence: 0.93, cues: ["beside"] };
  return undefined;
}

function measuredHit({ text, type, near }: Value, surroundings: Surroundings): Hit | undefined {
  const { name, above } = surroundings;
  const isNumber = type === "number" || /^[<>]?\s?\d{1,4}(?:[.,]\d{1,3})?(?:\s?\/\s?\d{1,3})?(?: ?[\p{L}%/]{1,8})?$/u.test(text);
  if (!isNumber || text === "0" || (EATEN.test(name) && hasBeside(surroundings, NUTRITION))) return undefined;
  if (isVitalName(meaningOf(surroundings))) return hasAbove(surroundings, DEVICES) ? undefined : { confidence: 0.9 };
  if (OF_A_BODY.test(name) && VITAL_SIGNS.test(above[0] ?? "")) return { confidence: 0.85, cues: ["above"] };
  if (WEIGHT.test(name) && !isOfNobody(surroundings) && (hasBeside(surroundings, OF_SOMEBODY) || WEIGHED.test(above[0] ?? ""))) {
    return { confidence: 0.85, cues: ["beside"] };
  }
  if (!MEASURED.test(name)) return undefined;
  if (hasBeside(surroundings, LAB)) return { confidence: 0.92, cues: ["beside"] };
  return UNIT_NAMES.some((unit) => isClinicalUnit(near.beside(unit))) ? { confidence: 0.9, own: true, cues: ["beside"] } : undefined;
}

function namedHit({ text, type, near }: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const name = meaningOf(surroundings);
  if (!isIllnessName(name)) return undefined;
  if (type === "number") return /\b(?:grad der behinderung|disability)$/.test(name) && Number(text) > 0 ? { confidence: 0.9 } : undefined;
  const isBlood = BLOOD.test(text) && /blood|blut|sangu|bloed|rh/.test(name);
  if (!isBlood && !saysSomething(text, name)) return undefined;
  if (hasBeside(surroundings, CATALOGUE) || hasBeside(surroundings, FOOD)) return { veto: "catalogue" };
  if (hasBeside(surroundings, INCIDENTS)) return { veto: "no-patient" };
  if (isDescription(near)) return { veto: "schema" };
  return near.isLabels() && !isMedical(surroundings, near) ? { veto: "labels" } : { confidence: 0.92 };
}

/** Names that mean something else elsewhere, in a record of a patient. */
function impliedHit({ text, type, near }: Value, surroundings: Surroundings): Hit | undefined {
  if (type !== "string" || !saysSomething(text, surroundings.name)) return undefined;
  const implied = IMPLIED.find(({ name, isMeant }) => name.test(surroundings.name) && isMeant(surroundings, text, near));
  return implied === undefined ? undefined : { confidence: implied.confidence, cues: [implied.cue] };
}

interface Implied {
  readonly name: RegExp;
  readonly isMeant: (surroundings: Surroundings, text: string, near: Near) => boolean;
  readonly confidence: number;
  readonly cue: Cue;
}

/** A patient, a physician or a laboratory stands beside, above, or up to two objects above. */
function isMedical(surroundings: Surroundings, near: Near): boolean {
  return (
    hasBeside(surroundings, MEDICAL) ||
    hasAbove(surroundings, MEDICAL) ||
    PATIENT_KEYS.some((key) => near.above(key) !== undefined || near.above(key, 2) !== undefined)
  );
}

/** `patients` may be how many there were. */
function isOfPatient(surroundings: Surroundings, near: Near): boolean {
  if (hasAbove(surroundings, PATIENT) || hasBeside(surroundings, PATIENT_FIELDS)) return true;
  return surroundings.beside.has("patient") && !/^\d*$/.test(near.beside("patient") ?? "object");
}

const PATIENT_FIELDS =
  /\b(?:mrn|patient (?:id|name|no|number|reference|uuid)|medical record number|icd(?: ?\d+)?|npi|prescriber|physician|medication|paciente)\b/;
const FACT =
  /^(?:is |has )?(?:hiv positive|pregnant|smoker|diabetic|schwanger|schwerbehindert|raucher|fumador|embarazada|gravida|enceinte|disability|organ donor)$/;
/** FHIR resources that hold words for everybody. */
const TERMINOLOGY =
  /^(?:valueset|codesystem|conceptmap|structuredefinition|medicationknowledge|plandefinition|activitydefinition|questionnaire|observationdefinition)$/;
/** Of a catalogue, where nobody takes them. */
const DRUG_CODES = /\b(?:ndc|rx ?norm|rxcui|atc)\b/;
const CODED = /^(?:code|value|display|description|name|text|term|label)$/;
const WORDED =
  /^(?:description|name|display|text|label|title|term|diagnosis|desc|short description|bezeichnung|beschreibung|descripcion|descricao|libelle|(?:problem|condition|disease|disorder|diagnosis)(?: (?:name|description|text|title))?)$/;
const ILLNESS_CODES = /\b(?:icd(?: ?(?:9|10|11))?|snomed|diagnosis code|dx code|cie ?10|cid ?10)\b/;
const CATALOGUE =
  /\b(?:labeler name|labeller|manufacturer|manufacturer name|dosage form|product type|marketing|brand name|openfda|sku|gtin|price|active ingredient|set id|in stock|shelf life)\b/;
const FOOD =
  /\b(?:ingredient|calory|calorie|price|dish|recipe|nutrition|nutriment|nutrient|cuisine|vegan|gluten|barcode|portion|serving|menu|sku|kcal)\b/;
/** In food as in blood. */
const EATEN = /^(?:cholesterol|glucose)\b/;
const NUTRITION = /\b(?:protein|carbohydrate|carb|sodium|fiber|fibre|fat|sugar|calory|calorie|kcal|saturated fat|total fat|serving size)\b/;
const INCIDENTS =
  /\b(?:incident|service|root cause|alert|runbook|impact|affected|hostname|cluster|deployment|firmware|diagnostic code|dtc|vehicle|mileage|runbook)\b/;
const DEVICES = /\b(?:device|sensor config|goal|target|zone|setting|threshold)\b/;
const OF_A_BODY =
  /^(?:temperature|temp|weight|height|pulse|value|waist|respiration|gewicht|grosse|peso|altura|poids?|taille)(?: (?:c|f|kg|lb|cm|in))?$/;
const VITAL_SIGNS = /^(?:vital|vital sign|vitalwerte|vitalparameter|signos? vitales?|constantes?|triage)$/;
const WEIGHT = /^(?:body ?)?(?:weight|gewicht|peso|poids)(?: (?:kg|kilogram|lb|pound))?$/;
/** Parcels have a weight as well, and clothes a gender. */
const OF_SOMEBODY =
  /^(?:birth ?date|date of birth|birthday|dob|first ?name|last ?name|bmi|blood type|geburtsdatum|nachname|apellido|prenom)$/;
const WEIGHED = /^(?:athlete|patient|wearer|runner|paciente|patientin)$/;
const MEASURED =
  /^(?:value|magnitude|result|result value|numeric result|value numeric|observation value|measured value|reading|wert|ergebnis|valor|resultado|messwert)$/;
const LAB =
  /\b(?:loinc|analyte|reference range|ref range|normal range|referenzbereich|rango de referencia|valores? de referencia|specimen|lab test|test code)\b/;
const UNIT_NAMES = ["unit", "uom", "unit of measure", "einheit", "unidad", "unidade", "unite"];
const BLOOD = /^(?:A|B|AB|O|0)(?: ?(?:[+-]|rh ?[+-]|pos(?:itive?)?|neg(?:ative?)?))?$/i;
const MEDICATION = /\b(?:sig|rx number|prescriber|prescribed(?: by| on| at)?|prescription|refill|day supply)\b/;
const INJURIES = /\b(?:injury(?! time)|injured|verletzung|verletzte|verletzter|lesion|lesionado|blessure|infortunio|letsel)\b/;
const SICKNESS =
  /\b(?:sick leave|sickness|sick note|sick day|krankmeldung|krankheitstag|arbeitsunfahigkeit|au bescheinigung|arret(?: de travail)?(?: maladie)?|conge maladie|baja medica|incapacidad|atestado medico|licenca medica|malattia|ziekmelding|ziekteverlof|sjukfranvaro|zwolnienie lekarskie)\b/;
const SIGNIFICANCE = /\b(?:pathogenic|benign|carrier|uncertain significance|vus|risk factor|risk|drug response|affected)\b/i;
const GENES = /\b(?:gene|gene symbol|hgvs?|rsid|genotype|zygosity|cdna change|protein change)\b/;
const LAB_RESULT = /^(?:positive|negative|reactive|non-?reactive|(?:not )?detected|abnormal|equivocal|positiv|negativ|positivo|negativo)$/i;
const MEDICAL =
  /\b(?:mrn|patient|medical record|medical record number|diagnosis|icd(?: ?\d+)?|npi|prescriber|physician|clinician|medication|allergy|symptom|lab result|loinc|specimen|practitioner|diagnose|paciente|patientennummer)\b/;
const PATIENT = /\b(?:mrn|patient|patient (?:id|name)|medical record number|icd(?: ?\d+)?|npi|prescriber|physician|medication|paciente)\b/;
const PATIENT_KEYS = ["mrn", "patient id", "patient name", "medical record number", "patient no", "patient number"];
const IMPLIED: readonly Implied[] = [
  {
    name: /^(?:sustancia|substancia|substanz|stoff|sostanza|stof|reaccion|reacao|substance|allergen|reaction|name|agent|manifestation|causative agent)$/,
    isMeant: (surroundings) =>
      hasAbove(surroundings, /\b(?:allerg(?:y|ie|ien)|alergias?|allergia|allergier|alergia|allergieen|intolerance|adverse reaction)\b/, 2),
    confidence: 0.9,
    cue: "above",
  },
  {
    name: /^(?:name|drug|dose|dosage|strength|sig|instruction|direction)$/,
    isMeant: (surroundings) =>
      (hasBeside(surroundings, MEDICATION) || hasAbove(surroundings, /^(?:prescription|medication order|rx)$/, 1)) &&
      !hasBeside(surroundings, CATALOGUE),
    confidence: 0.85,
    cue: "beside",
  },
  {
    name: /^(?:limitation|restriction|condition|reason|remark|finding)$/,
    isMeant: ({ above }) => /\bmedical\b/.test(above[0] ?? ""),
    confidence: 0.9,
    cue: "above",
  },
  {
    name: /^(?:clinical )?(?:classification|significance|interpretation)$/,
    isMeant: (surroundings, text) => SIGNIFICANCE.test(text) && hasBeside(surroundings, GENES),
    confidence: 0.9,
    cue: "beside",
  },
  {
    name: /^(?:description|body part|body location|type|detail|cause|part of body|side)$/,
    isMeant: (surroundings) => hasAbove(surroundings, INJURIES, 2),
    confidence: 0.9,
    cue: "above",
  },
  {
    name: /^(?:reason|motif|grund|motivo|reden|anledning|powod|cause|causa|diagnosis)$/,
    isMeant: (surroundings) => hasAbove(surroundings, SICKNESS, 2) || hasBeside(surroundings, SICKNESS),
    confidence: 0.85,
    cue: "above",
  },
  {
    name: MEASURED,
    isMeant: (surroundings, text) => LAB_RESULT.test(text) && hasBeside(surroundings, LAB),
    confidence: 0.88,
    cue: "beside",
  },
  {
    name: /^(?:condition|problem|disease|disorder|treatment|therapy|procedure|complaint|indication|phenotype|diagnostic|traitement|traitement medical|tratamiento|tratamento|behandlung|therapie)(?: (?:name|description|text))?$/,
    isMeant: (surroundings, _text, near) => hasBeside(surroundings, GENES) || isOfPatient(surroundings, near),
    confidence: 0.9,
    cue: "beside",
  },
  {
    name: /^(?:comment|note|remark|impression|summary|interpretation|conclusion|assessment|narrative|text|finding|plan|description|reason|history|message|bemerkung|notiz|kommentar|observacion|observacao|observation|commentaire)$/,
    isMeant: (surroundings, text, near) => speaksOfIllness(text) && isMedical(surroundings, near),
    confidence: 0.85,
    cue: "record",
  },
];
