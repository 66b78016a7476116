import { hasAbove, hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Near } from "../../near.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector, Hit, Value, Veto } from "../detector.ts";

/** What somebody is said to descend from: under a name, or in the extensions of a FHIR patient (US Core). "race" alone may be run. */
export const raceEthnicity: Detector = {
  class: "race_ethnicity",
  over: ["nationality", "free_text", "person_name"],
  inText: false,
  isNamed,
  detect: (value, surroundings) => {
    if (value.type !== "string") return undefined;
    if (isSaidByExtension(value.near, surroundings)) return { confidence: 0.95, own: true, cues: ["record"] };
    if (isStandIn(value.text)) return undefined;
    return isNamed(surroundings) ? namedHit(value, surroundings) : weaklyNamedHit(value, surroundings);
  },
};

function namedHit({ text, near }: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const name = meaningOf(surroundings);
  if (!CDC_CODE.test(text) && !saysSomething(text, name)) return undefined;
  if ((near.isLabels() && !GROUPS.test(text)) || isDescription(near)) return { veto: "labels" };
  return { confidence: 0.95 };
}

/** Of a race, an ancestry or an origin, the value must speak of people, or a person stand beside. */
function weaklyNamedHit({ text }: Value, surroundings: Surroundings): Hit | Veto | undefined {
  if (!WEAK.test(meaningOf(surroundings)) || isAboutFields(surroundings) || !saysSomething(text, meaningOf(surroundings))) return undefined;
  if (hasBeside(surroundings, GAMES) || hasAbove(surroundings, GAMES)) return { veto: "no-person" };
  if (GROUPS.test(text) || DEMONYM.test(text)) return { confidence: 0.93 };
  return hasBeside(surroundings, PERSON) ? { confidence: 0.75, cues: ["beside"] } : { veto: "no-person" };
}

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return STRONG.test(name) && !isAboutAnother(name.replace(/ (?:description|status)$/, "")) && !isAboutFields(surroundings);
}

/** http://hl7.org/fhir/us/core, and the code system of the CDC for race and ethnicity. */
function isSaidByExtension(near: Near, { name }: Surroundings): boolean {
  if (!SAYING.test(name)) return false;
  const systems = [near.beside("system"), near.above("url"), near.above("url", 2), near.beside("url"), near.beside("code system")];
  return systems.some((system) => system !== undefined && US_CORE.test(system));
}

const STRONG =
  /\b(?:ethnicity|ethnic (?:group|origin|background|category|identity|heritage|code|description)|race (?:and |or )?ethnicity|racial|race (?:code|description|category)|etnia|ethnie|raca|raza|etnicidad|etnicidade|origen etnico|origem etnica|origine etnica|origine ethnique|ethnische (?:herkunft|zugehorigkeit)|ethnizitat|volksgruppe|etniciteit|hispanic (?:or )?latino|is hispanic|tribal affiliation)\b|民族|人種|인종|национальность|этническая/;
const WEAK = /^(?:(?:primary |secondary |patient |employee |person )?race|ancestry|heritage|ethnic)$/;
const CDC_CODE = /^\d{4}-\d$/;
const GROUPS =
  /\b(?:white|black|african|asian|caucasian|hispanic|latin[oax]|native|indian|indigenous|aboriginal|m[aā]ori|islander|hawaiian|multi-?racial|biracial|mixed|two or more|arab|jewish|roma|romani|chinese|inuit|first nations|métis)\b/i;
const DEMONYM = /^(?:\p{Lu}[\p{L}-]*[ /-])?\p{Lu}\p{L}+(?:ean|ian|ish|ese|ican|enazi)$/u;
const PERSON = /\b(?:gender|sex|birth|dob|ethnicity|ssn|veteran|first name|last name|surname|patient|marital status)\b/;
const GAMES =
  /\b(?:hero|character|alignment|hp|armor|spell|strength|bib|lap|distance|circuit|track|driver|horse|jockey|level|finish|breed|specie|species|chip|animal|pet|dog|cat)\b/;
const SAYING = /^(?:code|display|name|text|value string|value code)$/;
const US_CORE = /us-core-(?:race|ethnicit)|2\.16\.840\.1\.113883\.6\.238$/;
