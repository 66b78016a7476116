import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";

/** The value stands where a clinical resource (https://hl7.org/fhir) says what a patient has, takes, or was found to have. */
export function isFhirFinding({ name, above }: Surroundings, near: Near): boolean {
  if (!LEAVES.test(name) || !RESOURCES.has(near.kind())) return false;
  if (OWN_ELEMENTS.test(name)) return true;
  const element = above.find((one) => one !== "coding") ?? "";
  if (QUANTITIES.test(element)) return name === "value" || name === "low" || name === "high";
  return ELEMENTS.test(element) && !OTHER_SYSTEMS.test(near.beside("system") ?? "");
}

const RESOURCES: ReadonlySet<string> = new Set([
  "condition",
  "observation",
  "allergyintolerance",
  "medication",
  "medicationrequest",
  "medicationorder",
  "medicationstatement",
  "medicationadministration",
  "medicationdispense",
  "immunization",
  "procedure",
  "diagnosticreport",
  "familymemberhistory",
  "clinicalimpression",
  "servicerequest",
  "careplan",
  "riskassessment",
  "encounter",
  "detectedissue",
  "adverseevent",
]);
const LEAVES =
  /^(?:code|display|text|value|low|high|div|conclusion|description|patient instruction|value (?:string|integer|decimal|boolean|date time))$/;
/** What holds text itself. */
const OWN_ELEMENTS = /^(?:conclusion|patient instruction|value (?:string|integer|decimal))$/;
const QUANTITIES = /^(?:value quantity|value range|value ratio)$/;
const ELEMENTS =
  /^(?:code|value codeable concept|medication|medication codeable concept|concept|vaccine code|manifestation|reaction|reason|reason code|reason reference|conclusion code|note|dosage|dosage instruction|evidence|finding|substance|complication|outcome|condition|used code)$/;
const OTHER_SYSTEMS = /unitsofmeasure|observation-category|condition-category|condition-clinical|condition-ver|v2-0203/;
