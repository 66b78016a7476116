import { hasAbove, hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** What somebody was charged with, convicted of or sentenced to. Charges are also payments, and offense is half of a game. */
export const criminalRecord: Detector = {
  class: "criminal_record",
  over: ["free_text", "person_name"],
  inText: false,
  needsName: true,
  facts: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    const name = meaningOf(surroundings);
    if (type === "boolean") return FACT.test(surroundings.name) ? { confidence: 0.9 } : undefined;
    if (type === "number" || isStandIn(text) || CLEAR.test(text) || !saysSomething(text, name)) return undefined;
    if (near.isLabels() || isDescription(near)) return { veto: "labels" };
    if (GRADE.test(name) && !GRADES.test(text)) return undefined;
    return { confidence: STRONG.test(name) ? 0.92 : 0.85 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  if (ABOUT.test(name) || isAboutFields(surroundings)) return false;
  return (
    STRONG.test(name) ||
    ((OF_A_CASE.test(name) || GRADE.test(name)) && hasAbove(surroundings, CASES)) ||
    (OF_A_CASE.test(name) && (hasAbove(surroundings, CASES) || hasBeside(surroundings, COURT)))
  );
}

const STRONG =
  /\b(?:criminal (?:record|history|conviction|background|offen[cs]e|charge|case|status)|conviction|convicted|felony|misdemeanou?r|vorstrafen?|strafregister|strafregistereintrag|antecedentes? (?:penale?s?|criminais|criminale?s?|judiciale?s?)|casier judiciaire|casellario giudiziale|precedenti penali|condamnation|condena|condenacao|strafblad|delikt|urteil|straftat|background check result|offence description|conviction description|arrest (?:record|history)|sex offender)\b|犯罪歴|犯罪记录|前科|범죄 경력|судимость/;
const FACT =
  /^(?:is |has |was )?(?:criminal record|criminal history|criminal conviction|conviction|convicted|convicted felon|felon|sex offender|vorbestraft|antecedentes? penales?)$/;
const OF_A_CASE =
  /^(?:(?:final |case )?(?:charge|offen[cs]e|crime|disposition|sentence|plea|verdict|delito|delit|straftat|crimen?)(?: (?:description|name|text))?)$/;
const GRADE = /^(?:classification|severity|level|degree|grade|crime type)$/;
const GRADES = /\b(?:felony|misdemeanou?r|infraction|felonies|summary offen[cs]e|indictable)\b/i;
const CASES = /\b(?:criminal|conviction|offen[cs]e|arrest|felony|misdemeanou?r|inmate|offender|vorstrafen?)\b/;
const COURT = /\b(?:inmate|parole|court|plea|arrest date|convicted|statute|offen[cs]e date|docket|booking no|case number|bail|bond)\b/;
const ABOUT = /\b(?:rate|search|id|url|date|count|type|check|package|status|policy|question|required)$/;
const CLEAR = /^(?:no|none|clear|clean|no records?(?: found)?|n|pass|passed|eligible|keine|ninguno|ninguna|aucun|n[eé]ant)\.?$/i;
