import type { Surroundings } from "../../fields.ts";
import type { Detector, Hit } from "../detector.ts";
import { documentKindOf } from "./document-kind.ts";
import { isOfDocument } from "./documents.ts";

/** The number of a passport: six to nine letters and digits in most countries (ICAO Doc 9303 gives nine places); and the zone that machines read, which holds it. */
export const passport: Detector = {
  class: "passport",
  over: ["phone", "national_id", "bank_account", "tax_id"],
  inText: false,
  isNamed,
  detect: ({ text, near }, surroundings) => {
    const zone = zoneHit(text, surroundings);
    if (zone !== undefined) return zone;
    if (!(NUMBER.test(text) || (isNamed(surroundings) && LONG.test(text))) || text.replace(/\D/g, "").length < 3) return undefined;
    if (!isNamed(surroundings) && documentKindOf(surroundings, near) !== "passport") return undefined;
    if (isOfDocument(surroundings, near)) return { veto: "label" };
    return { confidence: 0.94, own: true, cues: [isNamed(surroundings) ? "shape" : "record"] };
  },
};

/** ICAO Doc 9303 part 4, section 4.2: two lines of 44 characters. Part 5 has three lines of 30, of other documents too. */
function zoneHit(text: string, { name }: Surroundings): Hit | undefined {
  if (text.length > MAX_ZONE) return undefined;
  if (text.length >= MIN_ZONE && FIRST_LINE.test(text)) return { confidence: 0.95, cues: ["shape"] };
  return ZONE_NAMES.test(name) && ZONE.test(text) ? { confidence: 0.92, cues: ["shape"] } : undefined;
}

function isNamed({ name }: Surroundings): boolean {
  return CUE.test(name) || ZONE_NAMES.test(name);
}

/** Documentation fills the longest field that a schema allows. */
const LONG = /^[A-Z0-9]{13,20}$/;
/** Documentation leaves some fillers out. */
const MIN_ZONE = 36;
const MAX_ZONE = 100;
const FIRST_LINE = /^P[A-Z<][A-Z][A-Z<]{2}[A-Z<]{5,39}<<[A-Z<]*(?:\s?[A-Z0-9<]{44})?$/;
const ZONE_NAMES = /(?:^| )(?:mrz|mrz ?(?:line|code|data|text|raw|string|full)?(?: \d)?|machine readable zone(?: \d)?)$/;
const ZONE = /^(?=[^\s]{0,44}\d)[A-Z0-9<]{28,46}(?:\s?[A-Z0-9<]{28,44}){0,2}$/;

const CUE =
  /(?:^| )(?:passport|passport ?(?:number|no|num|nr|id|document number)|travel document (?:number|no)|numero (?:de )?passeport|passeport|numero (?:de )?pasaporte|pasaporte|numero (?:do )?passaporte|passaporte|passaporto|numero (?:di )?passaporto|passnummer|reisepass ?nr|pass ?nr|nr paszportu|doc number|mrz doc (?:no|number)|ryoken bango|yeogwon beonho|reisepass(?:nummer)?|paspoort(?:nummer)?|numer paszportu|护照|パスポート番号)$/;
const NUMBER = /^[A-Z0-9](?:[A-Z0-9]| (?=[A-Z0-9])){4,11}$/i;
