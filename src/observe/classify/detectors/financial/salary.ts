import { hasAbove, hasBeside, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";
import { isAmount } from "./amounts.ts";

/** What somebody is paid or earns. A salary in an advertisement or a budget is nobody's, and a company has an income too. */
export const salary: Detector = {
  class: "salary",
  over: ["financial_amount", "phone", "free_text", "postal_code", "age"],
  inText: false,
  isNamed,
  detect: ({ text }, surroundings) => {
    if (!isAmount(text) || /^\d{4}-\d\d-\d\d/.test(text)) return undefined;
    if (!isNamed(surroundings)) return undefined;
    if (
      hasBeside(surroundings, OFFERS) ||
      hasAbove(
        surroundings,
        /\b(?:(?:income|financial) statement|profit|revenue|expense|vacancy|job (?:posting|ad|offer|listing)|posting|budget|forecast|benchmark|salary range)\b/,
        2,
      )
    ) {
      return { veto: "nobodys" };
    }
    return { confidence: STRONG.test(surroundings.name) ? 0.94 : 0.88 };
  },
};

function isNamed(surroundings: Surroundings): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings) || NOT_PAY.test(name)) return false;
  if (STRONG.test(name) || (OF_A_PERSON.test(name) && (hasBeside(surroundings, PEOPLE) || hasAbove(surroundings, EMPLOYED, 1))))
    return true;
  if (name === "rate" && hasBeside(surroundings, RATED)) return true;
  return AMOUNT_NAMES.test(name) && hasAbove(surroundings, PAY, name === "rate" || name === "amount" ? 2 : 1);
}

const STRONG =
  /\b(?:salary|wage|pay ?rate|rate of pay|hourly pay|(?:gross|net|base|basic|regular|overtime|take home|hourly|annual|monthly|weekly|total) (?:base )?pay|(?:gross|net|ytd|total|hourly|annual|monthly|weekly) earning|compensation (?:rate|basis)|compensation (?:gross|net|base|total) amount|(?:hourly|annual|annualized|monthly|weekly|base|total|current|desired|expected|guaranteed|target|variable|primary) (?:compensation|remuneration)|(?:annual|monthly|yearly|household|verified|stated|personal|employment|gross (?:annual|monthly|yearly)|net (?:annual|monthly)) income|income (?:annual|monthly)|ytd (?:gross|net)|ingresos? (?:mensuale?s?|anuale?s?|netos?|brutos?)|renta anual|revenus? (?:mensuel|annuel|net|brut)s?|reddito (?:annuo|mensile|lordo|netto)|prime annuelle|treizieme moi|bruttojahresgehalt|jahreseinkommen|monatseinkommen|nettoeinkommen|bruttoeinkommen|(?:jaar|maand)?inkomen|arslonn|manedslonn|kuukausipalkka|palkka|annual base|cost to company|ctc|take home pay|gehalt|jahresgehalt|monatsgehalt|bruttogehalt|nettogehalt|grundgehalt|lohn|bruttolohn|nettolohn|stundenlohn|monatslohn|bruttoverdienst|nettoverdienst|salaire|salario|sueldo|renda (?:mensal|anual|bruta|liquida)|rendimento mensal|remuneration|remuneracao|remuneracion|retribuzione|stipendio|loon|brutoloon|nettoloon|salaris|manadslon|wynagrodzenie|pensja|netto in busta|auszahlungsbetrag|maanedsloen|manedslon|lonseddel|taxable pay(?: ytd| to date| year to date)?|annual ?income|annualincome|paga base|retribucion|nomina|liquido a percibir|salario liquido|neto a pagar|net a payer|nettoloen|bruttoloen)\b|給与|給料|基本給|年収|工资|薪资|月薪|年薪|급여|연봉|зарплата|оклад/;
const OF_A_PERSON =
  /^(?:(?:base |default )?hourly ?rate|compensation(?: (?:amount|value|total))?|income|earning|gross income|net income|total earning|bonus|bonus amount|annual bonus|pay|gross|net|brutto|netto|bruto|neto|einkommen)$/;
const EMPLOYED =
  /\b(?:employee|worker|payroll|payslip|pay stub|mitarbeiter|empleado|salarie|dipendente|medewerker|funcionario|applicant|borrower)$/;
const RATED = /\b(?:flsa(?: status)?|overtime (?:rate|status)|hire date|employee (?:id|uuid|number))\b/;
const PEOPLE =
  /\b(?:employee|employee id|employer|employment|employment (?:status|type)|occupation|job title|first name|last name|applicant|borrower|hire date|pay period|net pay|gross pay|personalnummer|payslip|arbeitgeber|marital status|funcao|cargo)\b/;
const AMOUNT_NAMES =
  /^(?:amount|value|rate|annual|hourly|monthly|yearly|weekly|base|basic|gross|net|current|total|expected|desired|amount value|monetary value|payment|(?:monthly|yearly|annual|weekly) payment|betrag|valor|monto|montant|brutto|netto)$/;
const PAY =
  /\b(?:earning|estimated pay|taxable pay|salary|wage|pay ?rate|(?:base|basic|gross|net|hourly|annual|fixed|variable|total|current) (?:pay|compensation|salary|wage|remuneration)|(?:fixed|hourly) compensation|compensation|remuneration|(?:annual|hourly|daily|weekly|monthly|day) rate|gehalt|lohn|sueldo|salario|salaire|rate of pay|annual income|monthly income|income)(?: (?:history|detail|info|data))?$/;
const NOT_PAY =
  /\b(?:min|max|minimum|maximum|range|from|to|budget|average|avg|median|cap|percent|percentage|pct|id|type|currency|count|period|frequency|date|schedule|code|unit|grade|band|level|step|tier|expense|tax|budgeted|deduction|increase|change|per|company|net income statement|worker compensation)\b/;
const OFFERS =
  /\b(?:salary (?:range|min|max|from|to)|job description|apply url|apply link|redirect url|posted(?: at| on| date)?|date posted|valid through|vacancy|job posting|hiring organization|application deadline)\b/;
