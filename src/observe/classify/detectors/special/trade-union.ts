import { hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn, isUnsaid, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** That somebody is in a trade union, which one, or what they pay to it. A credit union, UnionPay and the union of types are none. */
export const tradeUnion: Detector = {
  class: "trade_union",
  over: ["free_text", "person_name", "financial_amount", "salary"],
  inText: false,
  needsName: true,
  facts: true,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    const name = meaningOf(surroundings);
    if (type === "boolean" || YES.test(text)) return MEMBER.test(name) ? { confidence: 0.93 } : undefined;
    if (type === "number")
      return /\b(?:due|fee|contribution|beitrag|cuota|cotisation)\b/.test(name) && Number(text) > 0 ? { confidence: 0.8 } : undefined;
    if (isStandIn(text) || isUnsaid(text) || NO.test(text) || !(saysSomething(text, name) || /^[\w-]{1,20}$/.test(text))) return undefined;
    return near.isLabels() || isDescription(near) ? { veto: "labels" } : { confidence: 0.92 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return (
    (CUE.test(name) || (WEAK.test(name) && hasBeside(surroundings, PEOPLE))) && !OTHER_UNIONS.test(name) && !isAboutFields(surroundings)
  );
}

const CUE =
  /\b(?:union (?:member|membership|due|affiliation|represented|representation|fee|contribution)|unionmember|unionized|unionised|is union|in union|(?:trade|labor|labour|workers?) union|gewerkschaft|gewerkschaftsmitglied|gewerkschaftszugehorigkeit|gewerkschaftsbeitrag|syndicat|syndical|syndicale|sindicato|sindical|sindacato|sindacale|vakbond|vakbondslid|fackforbund|bargaining unit|fagforening|fagforbund|ammattiliitto|zwiazek zawodowy|zwiazkowiec|szakszervezet|odbory|sendika)\b|労働組合|工会|노동조합|профсоюз/;
/** A union of types, of sets or of states has a name too. */
const WEAK = /^(?:labor |labour )?union(?: (?:name|local|code|status|number))?$/;
const PEOPLE =
  /\b(?:employee|employee id|employment|first name|last name|hire date|job title|job|salary|pay rate|gender|birth|dob|union (?:member|due|code|local|name|status))\b/;
const MEMBER =
  /\b(?:member|membership|mitglied|gewerkschaftsmitglied|unionmember|unionized|unionised|is union|in union|union status|represented|affiliation|afiliacion|vakbondslid|sindicalizado)\b/;
const OTHER_UNIONS = /\b(?:credit|european|customs?|western|student|type|id|pay|set|query|reunion)\b/;
const YES = /^(?:true|yes|y|ja|oui|s[ií]|sim)$/i;
const NO = /^(?:false|no|n|nein|non|não|nao|0)$/i;
