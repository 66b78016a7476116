import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Question } from "./plan.ts";
import { orderOf, reversedPair } from "./preference.ts";
import { offerOf } from "./request.ts";

/** The two suites that were chosen first, the other way round, where no other answer told whose order counts. */
export function* preferenceQuestion(book: Book, parts: Partial<TlsOffer>, tried: () => void): Generator<Question> {
  const pair = reversedPair(book.choices, book.suites.accepted());
  if (pair === undefined || book.assumedPreference !== "unknown") return;
  yield {
    offer: offerOf(book.version, { groups: book.groupsToOffer(), signatureSchemes: book.schemesToOffer(), ...parts, cipherSuites: pair }),
    lock: `${book.version}/preference`,
    claim: tried,
    settle: () => undefined,
  };
}

/** What a server with an order of its own likes best of all that it accepts, where no answer told: it is what most clients get. */
export function* favouriteQuestion(book: Book, parts: Partial<TlsOffer>, tried: () => void): Generator<Question> {
  const cipherSuites = book.suites.accepted();
  if (
    cipherSuites.length > MOST ||
    book.preference !== "server" ||
    book.assumedPreference === "server" ||
    orderOf(book.choices, cipherSuites).length > 0
  )
    return;
  yield {
    offer: offerOf(book.version, { groups: book.groupsToOffer(), signatureSchemes: book.schemesToOffer(), ...parts, cipherSuites }),
    lock: `${book.version}/preference`,
    claim: tried,
    settle: () => undefined,
  };
}

/** Whoever accepts more accepts everything, and it is no news which comes first. */
const MOST = 32;
