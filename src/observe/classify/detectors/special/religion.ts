import { hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import type { Near } from "../../near.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** What somebody believes in. A church on a map and a country have a religion too. */
export const religion: Detector = {
  class: "religion",
  over: ["free_text", "person_name"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type !== "string") return undefined;
    if (isSaidByCoding(near, surroundings)) return { confidence: 0.95, own: true, cues: ["record"] };
    const name = meaningOf(surroundings);
    const isSure = isNamed(surroundings);
    if (!isSure && !WEAK.test(name)) return undefined;
    if (!NO_FAITH.test(text) && (!saysSomething(text, name) || isStandIn(text))) return undefined;
    if (hasBeside(surroundings, PLACES)) return { veto: "no-person" };
    if (FAITHS.test(text)) return { confidence: 0.97 };
    if (!isSure || isAboutFields(surroundings)) return { veto: "no-faith" };
    return near.isLabels() || isDescription(near) ? { veto: "labels" } : { confidence: 0.93 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return STRONG.test(name) && !NOT_A_FAITH.test(name) && !isAboutAnother(name) && !isAboutFields(surroundings);
}

/** HL7's religious affiliations and the FHIR extension patient-religion. */
function isSaidByCoding(near: Near, { name }: Surroundings): boolean {
  if (!/^(?:code|display|text)$/.test(name)) return false;
  const systems = [near.beside("system"), near.above("url"), near.above("url", 2)];
  return systems.some((system) => system !== undefined && /religiousaffiliation|patient-religion/.test(system));
}

const STRONG =
  /\b(?:religion|religious (?:affiliation|preference|belief|view|denomination|background|orientation)|konfession|religionszugehorigkeit|religionsgemeinschaft|glaubensbekenntnis|kirchensteuermerkmal|religione|religiao|religie|confession religieuse|geloof|church denomination)\b|宗教|信仰|종교|религия|вероисповедание/;
const WEAK = /^(?:faith|belief|denomination|glaube|church|confession|confessione)$/;
const NOT_A_FAITH = /\b(?:filter|count|holiday|exempt|exemption|accommodation|discrimination|visibility|privacy|enabled)\b/;
const NO_FAITH = /^(?:none|no religion|keine?)$/i;
const FAITHS =
  /christ|catholi|cat[oó]lic|katholi|protestant|evangeli|luther|orthodox|baptist|methodist|presbyter|anglican|pentecost|mormon|latter-day|jehova|\b(?:muslim|islam|sunni|shia|jew|jewish|judaism|hindu|hinduism|buddhis[tm]|sikh|sikhism|jain|taois[tm]|shinto|bah[aá]'?i|atheis[tm]|agnostic|pagan|wiccan|quaker)\b/i;
const PLACES = /\b(?:amenity|building|highway|population|capital|opening hour|isbn|genre|wikidata|alpha 2 code|continent|currency|gdp)\b/;
