import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";

/**
 * What a FHIR identifier (https://hl7.org/fhir/datatypes.html#Identifier), or a pair of `type` and `value`, says that its value is: the code or the text of
 * its type, or its system. Both are matched in lower case.
 */
export function isIdentifierOf(near: Near, { name }: Surroundings, types: RegExp, systems: RegExp): boolean {
  if (!/^(?:value|id|identifier|number)$/.test(name)) return false;
  const said = [...near.below("type"), ...near.below("code"), ...near.below("id type"), ...near.below("identifier type")];
  return said.some((text) => types.test(text)) || systems.test(near.beside("system") ?? near.beside("issuer") ?? "");
}
