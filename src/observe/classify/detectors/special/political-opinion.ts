import { hasAbove, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** What somebody holds of politics or whom they vote for. "party" alone may be a company or a birthday. */
export const politicalOpinion: Detector = {
  class: "political_opinion",
  over: ["free_text", "person_name"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type !== "string" || isStandIn(text) || !saysSomething(text, meaningOf(surroundings))) return undefined;
    return near.isLabels() || isDescription(near) ? { veto: "labels" } : { confidence: 0.93 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  if (isAboutAnother(name) || isAboutFields(surroundings) || NOT_AN_OPINION.test(name)) return false;
  return STRONG.test(name) || (UNDER_POLITICS.test(name) && hasAbove(surroundings, POLITICS, 2));
}

const STRONG =
  /\b(?:political (?:party|affiliation|view|opinion|leaning|preference|orientation|ideology|belief|stance|identification|membership)|party (?:affiliation|registration|preference|membership)|registered party|voter party|vote(?:r|ing)? (?:intention|preference)|politische (?:einstellung|gesinnung|meinung|orientierung)|parteizugehorigkeit|parteimitgliedschaft|parteibuch|opinion politique|opinions? politiques?|opinion politica|opiniao politica|afiliacion politica|filiacao partidaria|orientamento politico|ideologia politica|partido politico|politieke voorkeur|inferred party|parteimitglied|wahlabsicht|wahlverhalten|partijlidmaatschap|stemintentie|intencion de voto|intencao de voto|intention de vote|intenzione di voto|tessera di partito|partimedlemskap|przynaleznosc partyjna|support level|partisanship|partisan (?:score|lean))\b|政治面貌|支持政党|политические взгляды/;
const UNDER_POLITICS = /^(?:affiliation|party|view|leaning|opinion|preference|ideology|stance|orientation)$/;
const POLITICS =
  /\b(?:politic|political|voter|elector|electoral|precinct|congressional district|van id|registered to vote|canvass|ward|polling (?:place|station))\b/;
const NOT_AN_OPINION = /\b(?:third|counter|ad|ads|advertising|content|exposed|size)\b/;
