import type { Surroundings } from "./fields.ts";
import { wordsOf } from "./names.ts";
import type { Near } from "./near.ts";

interface Called {
  readonly names: Surroundings;
  /** The record says it for itself; others of the path may be called otherwise. */
  readonly byRecord: boolean;
}

/**
 * What a value is called. One under a name that says no more than "value" is called what stands beside it (`{"name": "ssn", "value": ...}`), and
 * what the key above says (`"salary": {"value": ...}`).
 */
export function waysToCall(names: Surroundings, near: Near): readonly Called[] {
  const own = { names, byRecord: false };
  const [parent = "", ...above] = withoutEditions(names.above);
  if (!VALUE_NAMES.has(names.name)) return [own];
  return [
    ...[saidUnder(NAME_NAMES, near), saidUnder(KIND_NAMES, near)]
      .filter((said) => said !== undefined)
      .map((said) => ({ names: { ...names, name: wordsOf(said), above: [names.name, ...names.above] }, byRecord: true })),
    ...(parent === "" ? [] : [{ names: { ...names, name: parent, above }, byRecord: false }]),
    own,
  ];
}

/** What a value was before, or is in other hands, is called what the value is: `"email": {"versions": [{"value": ...}]}`. */
function withoutEditions(above: readonly string[]): readonly string[] {
  const first = above.findIndex((name) => !EDITIONS.test(name));
  return first === -1 ? above : above.slice(first);
}

function saidUnder(keys: readonly string[], near: Near): string | undefined {
  return keys.map((key) => near.beside(key)).find((text) => text !== undefined && NAME.test(text));
}

/** What these values are called may be said by each record for itself. */
export function isNamedBeside({ name }: Surroundings): boolean {
  return VALUE_NAMES.has(name);
}

/** Keys that say nothing of their value, in a list of names and values. */
const VALUE_NAMES: ReadonlySet<string> = new Set([
  ...["value", "val", "content", "answer", "data", "raw", "original", "normalized"],
  ...["string value", "text value", "current value", "raw value", "display value", "formatted value"],
]);
const EDITIONS = /^(?:version|history|revision|previous|old|new|value|current|before|after)$/;
const NAME_NAMES = ["name", "key", "field", "field name", "header", "attribute", "property", "parameter", "label"];
/** FHIR's and SCIM's ContactPoint, and lists of channels: `{"system": "phone", "value": ...}`. */
const KIND_NAMES = ["system", "channel", "kind", "type", "contact type"];
/** What names a field: an identifier or a few words. */
const NAME = /^[\p{L}_$@][\p{L}\p{N}_$@.-]*(?: [\p{L}\p{N}_$@.-]+){0,3}$/u;
