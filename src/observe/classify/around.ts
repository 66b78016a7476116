import type { Surroundings } from "./fields.ts";
import type { Near } from "./near.ts";

/** A field beside the value, other than its own, has a name with one of these words. */
export function hasBeside({ beside, name }: Surroundings, words: RegExp): boolean {
  return matchesOf(beside, words).some((other) => other !== name);
}

/** One of the `levels` nearest keys above has a name with one of these words. */
export function hasAbove({ above }: Surroundings, words: RegExp, levels = above.length): boolean {
  return above.slice(0, levels).some((name) => words.test(name));
}

/** The key itself, or the one above it where the own one says nothing: `religion.name`, `ethnicity[].value`, `diagnosis.primary.code`. */
export function meaningOf({ name, above }: Surroundings): string {
  if (!VAGUE.test(name)) return name;
  return PASSED.test(above[0] ?? "") ? (above[1] ?? "") : (above[0] ?? "");
}

/** Texts under the names of fields: a form, a translation, a fault, what may be filtered by or seen. Nobody's data. */
export function isAboutFields({ name, above }: Surroundings): boolean {
  return SETTINGS.test(name) || above.some((one) => DOCUMENTS.test(one));
}

/** The object beside the value is a field of a form or a schema: it says what type the data would be of. */
export function isDescription(near: Near): boolean {
  return TYPE_NAMES.some((name) => DATA_TYPES.test(near.beside(name) ?? ""));
}

/** Two of them at the most; asked once of all the fields of an object, which may be many, and again where a later piece brought new names. */
function matchesOf(names: ReadonlySet<string>, words: RegExp): readonly string[] {
  const asked = matches.get(names) ?? new Map<RegExp, Matches>();
  matches.set(names, asked);
  const known = asked.get(words);
  if (known?.among === names.size) return known.found;
  const found = [...names].filter((name) => words.test(name)).slice(0, 2);
  asked.set(words, { found, among: names.size });
  return found;
}

interface Matches {
  readonly found: readonly string[];
  /** So many names there were. */
  readonly among: number;
}

const matches = new WeakMap<ReadonlySet<string>, Map<RegExp, Matches>>();
const TYPE_NAMES = ["type", "data type", "field type", "input type"];
const DATA_TYPES =
  /^(?:string|boolean|bool|integer|int|number|float|decimal|array|object|enum|text|textarea|select|multi-?select|multiple|radio|checkbox|dropdown|picklist|date|datetime|varchar(?:\(\d+\))?|single_?(?:line|select)\w*|short_?text|long_?text)$/;
const VAGUE =
  /^(?:|value|name|label|text|display|display name|display value|description|title|answer|selected|code|option|content|valor|codigo|descripcion|descricao|libelle|wert|nombre|nome|bezeichnung|beschreibung|omschrijving|naam|descrizione|beskrivelse|beskrivning|opis|nazwa|intitule|titre|titel|denominazione|denominacion)$/;
const SETTINGS =
  /\b(?:filter|visible|visibility|consent|privacy|opt ?(?:in|out)|setting|question|required|enabled|regex|pattern)\b|^(?:show|hide|allow|collect|require)\b/;
const PASSED = /^(?:coded|coding|code|primary|secondary|principal|main|concept|value|codeable concept)$/;
/** Objects that are called so are about fields; one pattern, for who knows of more. */
export const DOCUMENT_WORDS = "error|label|translation|i ?18 ?n|schema|validation|placeholder|hint|locale|constraint|violation";
const DOCUMENTS = new RegExp(`\\b(?:${DOCUMENT_WORDS}|filter|facet|permission|scope|column|privacy|consent|data category)\\b`);
