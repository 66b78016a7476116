import type { Near } from "../../near.ts";

/** A code of a terminology for what patients have, take or were measured for, by its shape; the name must say which. */
export function isClinicalCode(name: string, text: string): boolean {
  return CODES.some((code) => code.name.test(name) && code.shape.test(text));
}

/** The code system that stands beside a value or above it. */
export function isClinicalSystem(near: Near): boolean {
  return SYSTEM_NAMES.some((name) => {
    const said = near.beside(name);
    return said !== undefined && SYSTEMS.test(said);
  });
}

/** A unit that only bodies and their fluids are measured in; beats, percents and kilograms are everybody's. */
export function isClinicalUnit(unit: string | undefined): boolean {
  return unit !== undefined && UNITS.test(unit);
}

const CODES: readonly { readonly name: RegExp; readonly shape: RegExp }[] = [
  {
    name: /\b(?:icd(?: ?(?:9|10|11))?|diagnosi?s? code|diagnose code|cie ?10|cid ?10|dx(?: code)?)\b/,
    shape: /^(?:[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?[+*!-]?|[EV]?\d{3}(?:\.\d{1,2})?)$/i,
  },
  { name: /\bsnomed\b/, shape: /^\d{6,18}$/ },
  { name: /\bloinc\b/, shape: /^\d{1,7}-\d$/ },
  { name: /\bndc\b/, shape: /^(?:\d{4,5}-\d{3,4}(?:-\d{1,2})?|\d{10,11})$/ },
  { name: /\b(?:rx ?norm|rxcui)\b/, shape: /^\d{2,8}$/ },
  { name: /\bcvx\b/, shape: /^\d{1,3}$/ },
  { name: /\batc(?: code)?\b/, shape: /^[A-Z]\d\d[A-Z]{2}\d\d$/ },
];
const SYSTEM_NAMES = [
  "system",
  "code system",
  "coding system",
  "vocabulary",
  "terminology",
  "code type",
  "system name",
  "code system name",
  "coding system name",
  "codeset",
  "code set",
];
const SYSTEMS =
  /icd[-_ ]?(?:9|10|11)|snomed|loinc|rxnorm|\bsid\/(?:ndc|cvx)|\bcvx$|^ndc$|^sct$|2\.16\.840\.1\.113883\.6\.(?:1|69|88|90|96|103|12)$/;
const UNITS =
  /^(?:[mnuµμp]?g\/d?l|[mnuµμp]?g\/ml|[mnuµμ]?mol\/l|m?mol\/mol|mm ?\[?hg\]?|m?i?u\/m?l|m?eq\/l|g\/dl|kg\/m(?:2|²)|(?:10|x10)[\^*e]?\d+\/[uµμ]?l|k\/[uµμ]l|ml\/min(?:\/1[.,]73 ?m(?:2|²))?|copies\/ml|cells\/[uµμ]l|mm\/h|[{]?score[}]?)$/;
