import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** What a bureau thinks of somebody: FICO and its like run from 250 to 999, SCHUFA's in percent. */
export const creditScore: Detector = {
  class: "credit_score",
  over: ["free_text", "financial_amount", "age", "postal_code"],
  inText: false,
  needsName: true,
  isNamed,
  detect: ({ text }, { name }) => {
    const score = /^\d{2,4}(?:[.,]\d{1,2})?$/.test(text) ? Number(text.replace(",", ".")) : Number.NaN;
    if (score >= 250 && score <= 1250) return { confidence: 0.94, cues: ["range"] };
    if (PERCENT.test(name) && score > 0 && score <= 100) return { confidence: 0.9 };
    return /^(?:excellent|very good|good|fair|poor|[A-E][+-]?)$/i.test(text) && STRONG.test(name) ? { confidence: 0.75 } : undefined;
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (
    isAboutFields(surroundings) ||
    /\b(?:avg|average|median|min|max|minimum|maximum|range|threshold|required|cutoff|factor|reason)\b/.test(name)
  )
    return false;
  return STRONG.test(name) || (VAGUE.test(name) && (hasAbove(surroundings, BUREAUS, 3) || hasBeside(surroundings, BUREAU_FIELDS)));
}

const STRONG =
  /\b(?:credit ?score(?: value)?|creditscore|fico(?: ?score)?(?: ?\d{1,2})?|fico score value|vantage ?score(?: ?\d(?: ?\d)?)?|beacon score|(?:schufa|cibil|crif|experian|equifax|transunion|trans? union|bureau|credit bureau)(?: ?score(?:wert)?)|schufa|bonitat|bonitatsindex|bonitatsscore|puntaje (?:de )?credito|puntaje crediticio|score (?:de )?credito|score serasa|serasa score|pontuacao (?:de )?credito|credit rating score)$/;
const VAGUE = /^(?:score|value|score value|rating|puntaje|pontuacao|wert)$/;
const BUREAUS = /\b(?:credit score|credit report|fico|vantage score|bureau|schufa|cibil|credit bureau|serasa)$/;
const BUREAU_FIELDS = /\b(?:bureau|fico version|score model|credit bureau|score factor|reason code)\b/;
const PERCENT = /\b(?:schufa|bonitat|bonitatsindex|bonitatsscore|schufa score(?:wert)?)$/;
