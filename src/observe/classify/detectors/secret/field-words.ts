import { DOCUMENT_WORDS } from "../../around.ts";

/**
 * Names above a value say that it is about fields rather than one: forms, schemas, translations (by language too) and lists of faults name
 * secrets without holding one.
 */
export function isUnderFields(above: readonly string[]): boolean {
  return isUnderDocumentation(above) || above.some((word) => CONTAINERS.test(word));
}

/** The same without what holds the values of a record as well as the fields of a form: `fields`, `properties`. */
export function isUnderDocumentation(above: readonly string[]): boolean {
  return above.some((word) => DOCUMENTS.test(word) || LANGUAGE.test(word));
}

const DOCUMENTS = new RegExp(`^string$|\\b(?:${DOCUMENT_WORDS}|message|required|enum|default|documentation|rule)\\b`);
const CONTAINERS = /\b(?:property|properties|field)\b/;
const LANGUAGE = /^(?:de|en|fr|es|pt|it|nl|pl|sv|da|fi|nb|no|cs|hu|ro|ru|uk|ja|zh|ko|tr|el|he|ar)(?: [a-z]{2})?$/;
