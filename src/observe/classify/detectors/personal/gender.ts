import type { Detector } from "../detector.ts";
import { isOfNobody, personScore } from "./subject.ts";

/** Of a person; the voice of a machine and the cut of a shirt have one too. */
export const gender: Detector = {
  class: "gender",
  over: [],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => CUE.test(name),
  detect: ({ text, near }, surroundings) => {
    if (!VALUE.test(text)) return undefined;
    if (isOfNobody(surroundings)) return { veto: "not-a-person" };
    return personScore(surroundings, near) >= 2 ? { confidence: 0.93, cues: ["beside"] } : { veto: "not-a-person" };
  },
};

const CUE =
  /^(?:(?:legal |birth |administrative |biological |patient |customer |user |person )?(?:gender|sex)(?: code| identity| at birth)?|geschlecht|sexe|sexo|genero|sesso|geslacht|plec|kjonn|kon|sukupuoli|pohlavi|cinsiyet|性別|性别|성별|пол)$/;
const VALUE =
  /^(?:[mfwxdvkoun01239]|male|female|man|woman|other|unknown|unspecified|undisclosed|non[-_ ]?binary|diverse?|divers|mannlich|männlich|weiblich|homme|femme|masculin|feminin|féminin|masculino|femenino|feminino|hombre|mujer|maschio|femmina|man|vrouw|mand|kvinde|mann|kvinne|mezczyzna|kobieta|erkek|kadin|男|女|男性|女性|남|여|남성|여성|not[-_ ](?:known|applicable|specified|disclosed)|prefer[-_ ]not[-_ ]to[-_ ]say|rather[-_ ]not[-_ ]say|trans(?:gender)?(?:[-_ ](?:male|female|man|woman))?)$/i;
