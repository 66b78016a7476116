import type { Surroundings } from "../../fields.ts";
import { isAboutAnother } from "../../names.ts";
import { isDigitPattern } from "../../values.ts";
import type { Detector } from "../detector.ts";

/** A few digits that open a card, a door, a telephone or a meeting. India writes its postal codes under the same name. */
export const pin: Detector = {
  class: "pin",
  over: ["password", "phone"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }, { name, beside }) => {
    if (POSTAL.test(name) && [...beside].some((other) => ADDRESS.test(other))) return { veto: "postal-code" };
    if (DIGITS.test(text)) return { confidence: 0.93, sample: isDigitPattern(text) };
    return WORDS.test(name) && CODE.test(text) && /\d/.test(text) ? { confidence: 0.75 } : undefined;
  },
};

function isNamed({ name }: Surroundings): boolean {
  return CUE.test(name) && !isAboutAnother(name) && !NO_PIN.test(name);
}

const DIGITS = /^\d{4,8}$/;
const CODE = /^[A-Za-z0-9#*]{4,12}$/;
const CUE =
  /^(?:[a-z]+ )?(?:pin(?: (?:code|number|no|block clear|\d))?|pincode|passcode|pass code|puk(?: \d)?|puk code|geheimzahl|pin nummer|codigo pin|code pin|nip)$|^(?:host|claim|moderator|host join) key$|^(?:access|door|gate|lock|alarm|disarm|unlock|safe|vault|keypad|keysafe|lockbox|duress) ?(?:code|combination)$|^(?:[a-z-]+ )*pin$|^pin [a-z]+$|^codice (?:di )?(?:disinserimento|inserimento|allarme)$|^alarmcode$/;
const WORDS = /^(?:[a-z]+ )?(?:passcode|pass code)$|(?:code|combination)$/;
const NO_PIN = /^(?:gpio|map|is|header|input|output|board|chip|pull|power) |\b(?:gpio|count|board)\b/;
const POSTAL = /^(?:postal )?(?:pin|pin ?code|pincode|pin no|pin number)$/;
const ADDRESS = /\b(?:city|state|country|district|street|locality|town|village|taluk|landmark|address|line 1|address line 1|post office)\b/;
