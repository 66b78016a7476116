import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn } from "../../said.ts";
import { UUID } from "../../uuid.ts";
import type { Detector } from "../detector.ts";
import { isIdentifierOf } from "./identifiers.ts";

/** Who somebody is to a health insurer. A member or policy without one is of a team or a house. Kinds: us_mbi, de_kvnr. */
export const healthInsuranceId: Detector = {
  class: "health_insurance_id",
  over: ["phone", "national_id", "payment_card", "free_text", "postal_code", "tax_id", "bank_account"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (text.length > MAX_LENGTH || !/\d/.test(text) || isStandIn(text) || UUID.test(text)) return undefined;
    const note = kindOf(text);
    const kind = note === undefined ? {} : { note };
    if (isIdentifierOf(near, surroundings, TYPES, SYSTEMS)) return { confidence: 0.95, own: true, cues: ["record"], ...kind };
    if (surroundings.name === "subscriber id" && near.kind() === "coverage")
      return { confidence: 0.95, own: true, cues: ["record"], ...kind };
    if (isNamed(surroundings)) return NUMBER.test(text) ? { confidence: 0.94, ...kind } : undefined;
    if (note === "us_mbi" && type === "string" && text.includes("-")) return { confidence: 0.8, cues: ["shape"], note };
    return undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings)) return false;
  if (STRONG.test(name)) return true;
  if (/^(?:id|number)$/.test(name) && /^(?:subscriber|insured|enrollee)$/.test(surroundings.above[0] ?? ""))
    return hasBeside(surroundings, COVERED);
  if (OF_A_POLICY.test(name)) return hasAbove(surroundings, HEALTH) || hasBeside(surroundings, HEALTH);
  return OF_A_MEMBER.test(name) && (hasAbove(surroundings, INSURANCE) || hasBeside(surroundings, INSURER));
}

function kindOf(text: string): "us_mbi" | "de_kvnr" | undefined {
  if (MBI.test(text)) return "us_mbi";
  return isKvnr(text) ? "de_kvnr" : undefined;
}

/** A letter and nine digits, of which the last is a check digit (Luhn with the weights the other way round, letter as two digits). */
function isKvnr(text: string): boolean {
  if (!/^[A-Z]\d{9}$/.test(text)) return false;
  const digits = String(text.charCodeAt(0) - 64).padStart(2, "0") + text.slice(1, 9);
  const sum = [...digits].reduce((total, digit, at) => {
    const product = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(text[9]);
}

const MAX_LENGTH = 40;
const NUMBER = /^[A-Z0-9][A-Z0-9 ./-]{3,38}$/i;
/** Medicare Beneficiary Identifier (cms.gov): neither S, L, O, I, B nor Z. */
const MBI = /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d\d$/;
const STRONG =
  /\b(?:mbi|hicn|kvnr|medicare (?:number|no|id|beneficiary (?:id|identifier|number)|beneficiary|card number)|medicaid (?:id|number|no)|(?:health|medical) (?:insurance|plan|card|fund|care)(?: (?:member|policy|card|subscriber))? (?:id|number|no|num|identifier)|health ?insurance ?(?:id|number)|insurance (?:member|subscriber|policy holder) (?:id|number|no)|(?:kranken)?versicherte?n?(?:nummer|nr| nummer| nr)|krankenversicherungs?(?:nummer|nr)|krankenversichertennummer|(?:numero |num |nro )?(?:de )?(?:tarjeta sanitaria|carte vitale|cartao sus|tessera sanitaria|carte sante|afiliado|seguro medico)|ehic(?: number| no)?|ohip(?: number)?|beneficiary (?:identifier|id|number)|carteirinha|verzekerdennummer|verzekerdenummer|numero (?:d )?adherent|numero (?:de )?assure|numer ubezpieczenia|numero da carteira)$|^cns$|^numero (?:de )?(?:afiliado|asegurado|tarjeta sanitaria)$/;
const COVERED = /\b(?:first name|last name|birth date|date of birth|group number|group name|plan)\b/;
const OF_A_MEMBER =
  /^(?:insurance id(?: number)?|(?:member|membership|memberid|subscriber|enrollee|cardholder|dependent member|primary member)(?: (?:id|number|no|num|identifier|policy))?|memberid|member policy number|medicare|medicaid)$/;
/** A house and a car are insured too. */
const OF_A_POLICY =
  /^(?:(?:policy|certificate|insured|insurance)(?: (?:id|number|no|num|identifier))|policynumber|policy ?holder id|versicherungsnummer|versicherungsnr|apolice|numero (?:da )?apolice|polisnummer|numero (?:de )?poliza|numero polizza)$/;
const HEALTH =
  /\b(?:patient|health|medical|dental|payer|payer id|group number|copay|npi|diagnosis|subscriber|paciente|utente|patientin|krankenkasse|krankenversicherung|health insurance|health plan|member number|member id|hospital|clinic)\b/;
const INSURANCE =
  /\b(?:health insurance|insurance|coverage|eligibility|health plan|health fund|benefit coordination|medical aid|payer|subscriber|medical plan|krankenkasse|krankenversicherung|claim|seguro medico|obra social|mutuelle|assure|convenio|plano de saude)\b/;
const INSURER =
  /\b(?:payer|payer id|payer name|group number|plan name|copay|deductible|insurer|insurance (?:company|carrier|provider|plan|type)|coverage(?: type)?|npi|diagnosis|diagnosis code|krankenkasse|rx bin|pcn|bin location number|person code)\b/;
const TYPES = /^(?:mb|mc|ma|sn|hc|jhn)$|member (?:number|id)|medicare|medicaid|subscriber|health (?:card|insurance)/;
const SYSTEMS = /us-mbi|us-medicare|kvid|krankenversichert|health-?insurance|member-?id|subscriber/;
