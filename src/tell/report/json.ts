import { sanitiseJson } from "./sanitise.ts";

/** Exactly one JSON document with a newline at its end, safe to print on a terminal and in a CI log. */
export function renderJson(document: unknown): string {
  return `${sanitiseJson(JSON.stringify(document, null, 2))}\n`;
}
