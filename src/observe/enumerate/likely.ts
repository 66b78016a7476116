import type { Book } from "./book.ts";
import type { Host } from "./host.ts";

/**
 * Suites that are worth a question each while others are under way. None where the server has an order of its own: it would show the same
 * group and the same scheme in all of the answers.
 */
export function likelySuites(book: Book, { request, pace, tolerance }: Host): readonly number[] {
  if (request.depth === "quick" || !pace.severalAtOnce || tolerance.unclear || book.ownOrder || book.preference !== "client") return [];
  return book.suites.likely(book.companions.suites);
}
