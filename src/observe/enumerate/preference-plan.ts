import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Question } from "./plan.ts";
import { reversedPair } from "./preference.ts";
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
