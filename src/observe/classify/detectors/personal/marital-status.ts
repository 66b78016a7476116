import type { Surroundings } from "../../fields.ts";
import { isWholly } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

export const maritalStatus: Detector = {
  class: "marital_status",
  over: ["free_text"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !VALUE.test(text) || isWholly(CUE, text)) return undefined;
    return isOfDocument(surroundings, near) ? { veto: "label" } : { confidence: KNOWN.test(text) ? 0.95 : 0.85 };
  },
};

/** The field, or a text of the code that a health record holds in its place. */
function isNamed({ name, above }: Surroundings): boolean {
  return CUE.test(name) || (CODED.test(name) && above.slice(0, 2).some((one) => CUE.test(one)));
}

const CUE =
  /(?:^| )(?:marital ?status|marital|civil ?status|relationship ?status|familienstand|estado civil|situation (?:familiale|matrimoniale)|etat civil|stato civile|burgerlijke staat|stan cywilny|sivilstand|civilstand|civilstatus|family status|familystatus|situacao conjugal|situacion conyugal|situation maritale|stato coniugale|huwelijkse staat|siviilisaaty|rodinny stav|medeni durum|婚姻状况|семейное положение)$/;
const CODED = /^(?:text|display|code|value|name|label)$/;
const VALUE = /^[\p{L}][\p{L} _/()-]{0,39}$/u;
const KNOWN =
  /^(?:[smdwpult]|(?:un|never[ _-]?)?married.*|single.*|divorced.*|widow.*|separated.*|domestic.*|civil.*|partner.*|engaged|ledig|verheiratet|geschieden|verwitwet|celibataire|célibataire|mari[ée]e?.*|solter[oa].*|casad[oa].*|divorciad[oa].*|viud[oa].*|viúv[oa].*|gehuwd|ongehuwd|gescheiden|weduwe|weduwnaar|samenwonend|gift|ugift|skilt|skild|enke|änka|sambo|coniugat[oa]|celibe|nubile|divorziat[oa]|vedov[oa]|żonaty|zamężna|rozwiedzion[ya]|wdow[ai]ec?|panna|kawaler|veuf|veuve|divorc[ée]e?|pacs[ée]e?)$/i;
