import type { Surroundings } from "./fields.ts";

/** A field beside the value, other than its own, has a name with one of these words. */
export function hasBeside({ beside, name }: Surroundings, words: RegExp): boolean {
  return matchesOf(beside, words).some((other) => other !== name);
}

/** One of the `levels` nearest keys above has a name with one of these words. */
export function hasAbove({ above }: Surroundings, words: RegExp, levels = above.length): boolean {
  return above.slice(0, levels).some((name) => words.test(name));
}

/** The key itself, or the key above it where the own one says nothing: `religion.name`, `ethnicity[].value`. */
export function meaningOf({ name, above }: Surroundings): string {
  return VAGUE.test(name) ? (above[0] ?? "") : name;
}

/** Texts under the names of fields: a form, a translation, a fault, what may be filtered by or seen. Nobody's data. */
export function isAboutFields({ name, above }: Surroundings): boolean {
  return SETTINGS.test(name) || above.some((one) => DOCUMENTS.test(one));
}

/** Two of them at the most; asked once of all the fields of an object, which may be many. */
function matchesOf(names: ReadonlySet<string>, words: RegExp): readonly string[] {
  const known = matches.get(names) ?? new Map<RegExp, readonly string[]>();
  matches.set(names, known);
  const found = known.get(words) ?? [...names].filter((name) => words.test(name)).slice(0, 2);
  known.set(words, found);
  return found;
}

const matches = new WeakMap<ReadonlySet<string>, Map<RegExp, readonly string[]>>();
const VAGUE =
  /^(?:|value|name|label|text|display|display name|display value|description|title|answer|selected|code|option|content|valor|codigo|descripcion|descricao|libelle|wert|nombre|nome|bezeichnung|beschreibung)$/;
const SETTINGS =
  /\b(?:filter|visible|visibility|consent|privacy|opt ?(?:in|out)|setting|question|required|enabled|regex|pattern)\b|^(?:show|hide|allow|collect|require)\b/;
const DOCUMENTS =
  /\b(?:error|label|translation|i ?18 ?n|schema|validation|placeholder|hint|locale|constraint|violation|filter|facet|permission|scope|column|privacy|consent|data category)\b/;
