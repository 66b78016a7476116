import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { passedOver } from "./preference.ts";

const ENOUGH_TO_TELL = 2;

/**
 * Suites that are worth a question each while others are under way. None where the server has an order of its own: it would show the same
 * group and the same scheme in all of the answers.
 */
export function likelySuites(book: Book, { request, pace, tolerance }: Host): readonly number[] {
  if (request.depth === "quick" || !pace.severalAtOnce || tolerance.unclear || !followsOurs(book)) return [];
  return book.suites.likely(book.companions.suites);
}

function followsOurs({ choices, ownOrder, suites }: Book): boolean {
  return choices.length >= ENOUGH_TO_TELL && !ownOrder && !passedOver(choices, new Set(suites.accepted()));
}
