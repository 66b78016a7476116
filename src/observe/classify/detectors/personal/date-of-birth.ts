import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";
import { isOfNobody, personScore } from "./subject.ts";

/** A calendar date, or a part of one, under a key that says birth. */
export const dateOfBirth: Detector = {
  class: "date_of_birth",
  over: ["age", "phone", "national_id"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (text.length > MAX_LENGTH) return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    if (isOfNobody(surroundings)) return { veto: "not-a-person" };
    if (/^(?:birth|born)$/.test(surroundings.name) && personScore(surroundings, near) < 0) return { veto: "not-a-person" };
    if (PARTS.test(surroundings.name)) return /^\d{1,4}$|^[A-Za-z]{3,9}$/.test(text) ? { confidence: 0.8, cues: ["above"] } : undefined;
    if (type === "number") return isTimeOfBirth(Number(text)) ? { confidence: 0.9, cues: ["range"] } : undefined;
    const [, since] = SINCE_1970.exec(text) ?? [];
    if (since === undefined ? !DATES.some((shape) => shape.test(text)) : !isTimeOfBirth(Number(since))) return undefined;
    return { confidence: 0.96, cues: ["shape"], sample: SAMPLES.has(text) };
  },
};

function isNamed({ name, above }: Surroundings): boolean {
  if (PARTS.test(name) || VAGUE.test(name)) return above.slice(0, 2).some((one) => CUE.test(one) && !OTHER.test(one));
  return CUE.test(name) && !OTHER.test(name);
}

/** 19991231, seconds or milliseconds since 1970, before it too. */
function isTimeOfBirth(number: number): boolean {
  if (number >= 18_900_101 && number <= 21_000_101) return true;
  const seconds = Math.abs(number) > 10_000_000_000 ? number / 1000 : number;
  return Number.isInteger(number) && seconds > -2_500_000_000 && seconds < 2_000_000_000 && Math.abs(seconds) > 10_000;
}

const MAX_LENGTH = 40;
const CUE =
  /(?:^| )(?:birth ?dates?|birth (?:dt|ts|day date)|ddn|fech?a? nac|f nacimiento|dt nasc(?:imento)?|data nasc|geb dat|birth ?day|birthdate|birthday|dob|dateofbirth|date of birth|d o b|b ?day|born|born (?:at|on)|birth|geburtsdatum|geburtstag|geboren(?: am)?|geb datum|date (?:de )?naissance|naissance|geburt|geboorte|ne le|fecha (?:de )?nacimiento|nacimiento|data (?:de )?nascimento|nascimento|data (?:di )?nascita|nascita|geboortedatum|data urodzenia|f(?:o|oe)dselsdato|f(?:o|oe)dselsdag|geboortedag|birth date time|fodelsedatum|syntymaaika|datum narozeni|szuletesi datum|dogum tarihi|生年月日|出生日期|생년월일|дата рождения)(?: (?:on|at|str|string|iso|timestamp|formatted|local|text|utc|m|date|value))?$/;
const OTHER = /\b(?:place|city|country|town|state|certificate|name|type|visible|visibility|format|verified|match)\b/;
const PARTS = /^(?:day|month|year|dd|mm|yyyy)$/;
const VAGUE = /^(?:value|date|iso|formatted|text|full|raw|original)$/;
const DATES: readonly RegExp[] = [
  /^\d{4}(?:-\d\d?(?:-\d\d?(?:[T ]\d\d:.*)?)?)?$/,
  /^(?:18|19|20|21)\d\d[./]\d\d?[./]\d\d?$/,
  /^\d\d?[-./ ]\d\d?[-./ ](?:\d\d){1,2}$/,
  /^(?:18|19|20)\d{2}[01]\d[0-3]\d$/,
  /^[0-3]\d[01]\d(?:18|19|20)\d{2}$/,
  /^(?:\d\d?\.? )?\p{L}{3,10}\.? (?:\d\d?(?:st|nd|rd|th)?,? )?\d{4}$/u,
  /^\d\d?(?:-|\/| |\. ?)(?:\p{L}{3,10})(?:-|\/| )\d{2,4}$/u,
  /^--?\d\d-\d\d$/, // a day without its year (ISO 8601)
  /^\d\d?\/\d\d?$/,
];
/** Milliseconds, as OData 2 and ASP.NET write an instant in JSON. */
const SINCE_1970 = /^\\?\/Date\((-?\d{6,14})(?:[+-]\d{4})?\)\\?\/$/;
const SAMPLES: ReadonlySet<string> = new Set(["1970-01-01", "1900-01-01", "0001-01-01", "2000-01-01"]);
