import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** What an insurer files a claim under. Claims of a token are something else, and so is the id of a claim without insurance around it. */
export const claimNumber: Detector = {
  class: "claim_number",
  over: ["phone", "national_id", "payment_card", "free_text", "tracking_number"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }) => {
    if (!NUMBER.test(text) || !/\d{2}/.test(text) || isStandIn(text)) return undefined;
    return { confidence: 0.92 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings)) return false;
  if (STRONG.test(name)) return true;
  const inInsurance = hasBeside(surroundings, INSURANCE) || hasAbove(surroundings, INSURANCE);
  return (WEAK.test(name) || (/^(?:number|no|reference)$/.test(name) && /^claim$/.test(surroundings.above[0] ?? ""))) && inInsurance;
}

const NUMBER = /^[A-Z0-9][A-Z0-9 ./_-]{3,38}$/i;
const STRONG =
  /\b(?:claim (?:number|no|num|nr|control number|reference(?: number)?|ref)|claimnumber|payer claim control number|schadennummer|schadensnummer|schaden nr|(?:numero|num|nro) (?:de )?(?:sinistre|siniestro|sinistro|reclamo)|schadenummer)$/;
const WEAK = /^(?:claim ?id|claim identifier|icn|dcn|external claim id)$/;
const INSURANCE =
  /\b(?:payer|policy number|policyholder|insured|insurer|diagnosis|diagnosis code|npi|adjudication|adjudicated|date of loss|loss date|subscriber|member id|provider npi|procedure code|date of service|service line|deductible|adjuster)\b/;
