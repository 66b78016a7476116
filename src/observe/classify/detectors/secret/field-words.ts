/**
 * Names above a value say that it is about fields rather than one: forms, schemas, translations (by language too) and lists of faults name
 * secrets without holding one.
 */
export function isAboutFields(above: readonly string[]): boolean {
  return above.some((word) => DOCUMENTS.test(word) || LANGUAGE.test(word));
}

const DOCUMENTS =
  /^string$|\b(?:error|message|label|translation|i 18 n|i18n|schema|property|properties|validation|field|placeholder|hint|locale|constraint|violation|required|enum|default|documentation|rule)\b/;
const LANGUAGE = /^(?:de|en|fr|es|pt|it|nl|pl|sv|da|fi|nb|no|cs|hu|ro|ru|uk|ja|zh|ko|tr|el|he|ar)(?: [a-z]{2})?$/;
