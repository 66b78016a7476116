import type { Detector } from "../detector.ts";
import { isOfNobody, personScore } from "./subject.ts";

/** How many years somebody is old; also the bounds of an estimate. */
export const age: Detector = {
  class: "age",
  over: [],
  inText: false,
  needsName: true,
  isNamed: ({ name, above }) => CUE.test(name) || (BOUND.test(name) && RANGE.test(above[0] ?? "")),
  detect: ({ text, near }, surroundings) => {
    if (!YEARS.test(text)) return undefined;
    if (isOfNobody(surroundings)) return { veto: "not-a-person" };
    if (STRONG.test(surroundings.name)) return { confidence: 0.9 };
    if (/(?:^| )(?:dob|birth|birthday)$/.test(surroundings.above[0] ?? "")) return { confidence: 0.9, cues: ["above"] };
    const score = personScore(surroundings, near);
    if (score < 2)
      return score < 0 ? { veto: "not-a-person" } : { confidence: surroundings.name === "age" && /^\d+$/.test(text) ? 0.65 : 0.5 };
    return { confidence: 0.92, cues: ["beside"] };
  },
};

const CUE =
  /^(?:(?:estimated |current |user |patient |person |customer |member |guest |applicant |insured |driver |passenger |traveler |subject |donor |actual )?age(?: year| in year| group| range| bracket| band)?|alter|edad|idade|eta|leeftijd|wiek|alder|ika|年齢|年龄|나이|возраст)$/;
const STRONG =
  /^(?:(?:user|patient|person|customer|member|guest|applicant|insured|driver|passenger|traveler|donor) age|年齢|年龄|나이|возраст)$/;
const RANGE = /^age (?:range|group|bracket|estimate)$/;
const BOUND = /^(?:low|high|min|max|from|to|lower|upper)$/;
const YEARS = /^(?:\d|[1-9]\d|1[01]\d|120)(?:\.\d)?(?: ?(?:y|yr|yrs|years?)(?: old)?)?$|^\d\d ?(?:-|–|to) ?\d\d$|^\d\d\+$/;
