import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { preferenceOf } from "./preference.ts";
import type { Preference } from "./result.ts";

/**
 * Suites that are worth a question each while others are under way. None where the server has an order of its own: it would show the same
 * group and the same scheme in all of the answers.
 */
export function likelySuites(book: Book, { request, pace, tolerance }: Host): readonly number[] {
  if (request.depth === "quick" || !pace.severalAtOnce || tolerance.unclear || book.ownOrder || whoseOrder(book) !== "client") return [];
  return book.suites.likely(book.companions.suites);
}

/** Proven so far, or last time and not refuted. */
export function whoseOrder({ choices, suites, assumedPreference }: Book): Preference {
  const seen = preferenceOf(choices, suites.accepted());
  return seen === "unknown" && choices.length > 0 && assumedPreference === "client" ? "client" : seen;
}
