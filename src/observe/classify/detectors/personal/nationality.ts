import { isWholly } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** Of which country somebody is, or where they were born. */
export const nationality: Detector = {
  class: "nationality",
  over: ["location_coarse", "free_text"],
  inText: false,
  needsName: true,
  isNamed: ({ name, above }) => CUE.test(name) || (VAGUE.test(name) && CUE.test(above[0] ?? "")),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !VALUE.test(text) || NOTHING.test(text) || isWholly(CUE, text)) return undefined;
    return isOfDocument(surroundings, near) ? { veto: "label" } : { confidence: 0.93 };
  },
};

const CUE =
  /(?:^| )(?:nationality(?: code| country| country code)?|nationalitie|citizenship(?: country| code| country code)?|citizen of|country of (?:birth|citizenship|nationality)|birth country(?: code)?|nationalitat|nationalitaet|staatsangehorigkeit|staatsangehoerigkeit|staatsbuergerschaft|staatsburgerschaft|nationalite|nacionalidad|nacionalidade|nazionalita|cittadinanza|nationaliteit|obywatelstwo|narodowosc|statsborgerskap|nationalitet|medborgarskap|statsborger|kansalaisuus|statni prislusnost|allampolgarsag|cetatenie|uyruk|kokuseki|gukjeok|nat|国籍|국적|гражданство)$/;
const VAGUE = /^(?:code|value|country|name|text|display|iso|country code|)$/;
const VALUE = /^\p{L}[\p{L}\p{M} .'()/,-]{1,59}$/u;
const NOTHING = /^(?:none|null|unknown|n\/a|true|false|verified|required|optional|string|citizen|status)$/i;
