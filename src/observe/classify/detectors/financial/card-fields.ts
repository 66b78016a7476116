import { hasAbove, isAboutFields } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isNearCard } from "./account-context.ts";

/** The name is one of a card's fields by itself, or a vague one where a card stands near. */
export function isCardField(surroundings: Surroundings, own: RegExp, vague: RegExp): boolean {
  const { name } = surroundings;
  if (isAboutFields(surroundings) || OTHERS.test(name)) return false;
  return own.test(name) || (vague.test(name) && isNearCard(surroundings) && !hasAbove(surroundings, OTHER_CARDS, 2));
}

const OTHERS = /\b(?:phone|ssn|bank|account|tax|tin|gift|id card|sim|sd|loyalty|health|business|report)\b/;
const OTHER_CARDS =
  /\b(?:gift card|sim card|id card|loyalty card|business card|scorecard|report card|score ?card|insurance card|health card|member(?:ship)? card|access card|key card|identity card|trading card|flash ?card|transit card)\b/;
