import { hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** Whom somebody loves. An orientation without "sexual" is mostly that of a screen: there the value must say it. */
export const sexualOrientation: Detector = {
  class: "sexual_orientation",
  over: ["gender", "free_text", "person_name"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type !== "string" || text.length > MAX_LENGTH) return undefined;
    const name = meaningOf(surroundings);
    if (isNamed(surroundings)) {
      if (isStandIn(text) || !saysSomething(text, name)) return undefined;
      return (near.isLabels() && !ORIENTATIONS.test(text)) || isDescription(near) ? { veto: "labels" } : { confidence: 0.95 };
    }
    if (isAboutFields(surroundings)) return undefined;
    if (WEAK.test(name) && ORIENTATIONS.test(text)) return { confidence: 0.93, cues: ["shape"] };
    return WANTED.test(name) && SEXES.test(text) && hasBeside(surroundings, DATING) ? { confidence: 0.75, cues: ["beside"] } : undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return STRONG.test(name) && !isAboutAnother(name) && !isAboutFields(surroundings);
}

const MAX_LENGTH = 100;
const STRONG =
  /\b(?:sexual (?:orientation|identity|preference)|sexualorientation|sexuality|sexuelle (?:orientierung|identitat)|orientacion sexual|orientation sexuelle|orientacao sexual|orientamento sessuale|seksuele (?:geaardheid|voorkeur)|lgbtq?(?: status| identity)?)\b|性的指向|性取向|성적 지향/;
const WEAK = /^(?:orientation|orientacion|orientacao|orientierung|orientamento)$/;
const ORIENTATIONS =
  /^(?:hetero|homo|bi|pan|a|demi)-?s[e]?x[a-zà-ü]*$|^(?:straight|gay|lesbian|lesbienne|lesbiana|queer|gay or lesbian|straight or heterosexual|heterosexuell|homosexuell|bisexuell|questioning|lesbisch|schwul)$/i;
const WANTED = /^(?:interested in|looking for gender|seeking gender|seeking|attracted to)$/;
const SEXES = /^(?:men|women|man|woman|male|female|everyone|both|m|f)$/i;
const DATING = /\b(?:orientation|bio|age|birthday|gender|sex|relationship|relationship status|match|photo|religion|handle)\b/;
