import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";

/** The names are those of a form, a schema, a bundle of translations or a list of faults: what stands under them is nobody's. */
export function isOfDocument({ above, beside }: Surroundings, near: Near): boolean {
  return (
    above.some((name) => DOCUMENTS.test(name)) ||
    NAMES.test(above[0] ?? "") ||
    LANGUAGE.test(above[0] ?? "") ||
    (SCHEMA_FIELDS.every((name) => beside.has(name)) && !beside.has("email")) ||
    near.isLabels()
  );
}

const DOCUMENTS =
  /\b(?:error|translation|i 18 n|i18n|schema|validation|constraint|violation|string resource|enum|enum value|allowed value)$/;
/** Below these in the next place only: a shipping label has an address. */
const NAMES = /^(?:.* )?(?:label|placeholder|hint|sort|order by|filter|facet|aggregation|column|mapping|header|example)$/;
/** A bundle of translations has one object for each language. */
const LANGUAGE =
  /^(?:en|de|fr|es|pt|nl|pl|ja|zh|ko|ru|sv|da|nb|fi|tr|cs|hu|el|uk|ro|bg|ar|he|hi|vi|th)(?: (?:us|gb|br|de|fr|es|ca|mx|cn|tw|hk|at|ch))?$/;
const SCHEMA_FIELDS = ["type", "required"];
