import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Question } from "./plan.ts";
import type { Pool } from "./pool.ts";
import { offerOf } from "./request.ts";
import { settlePool } from "./settle.ts";

type Parts = Pick<TlsOffer, "cipherSuites" | "groups" | "shares">;

export interface HowMany {
  /** A scheme that the server does not know may cost the answer. */
  readonly oneByOne: boolean;
  readonly severalAtOnce: boolean;
}

/** Which schemes the server signs with, for the certificates of one key; the chain is not bound by them. */
export function* wantedSchemes(book: Book, key: string, parts: Parts, { oneByOne, severalAtOnce }: HowMany): Generator<Question> {
  const singles = severalAtOnce ? likelySchemes(book, key, parts) : [];
  yield* singles;
  const asked = toAsk(book, book.schemesOf(key)).filter((code) => !singles.some(({ offer }) => offer.signatureSchemes.includes(code)));
  const items = oneByOne ? asked.slice(0, 1) : asked;
  if (items.length > 0) yield schemesQuestion(book, key, parts, items, `${book.version}/schemes/${key}`);
}

/** A question each. */
export function likelySchemes(book: Book, key: string, parts: Parts): readonly Question[] {
  const pool = book.schemesOf(key);
  const asked = book.schemesToAsk(pool);
  const likely = pool.likely(book.companions.schemes).filter((code) => asked.includes(code));
  return likely.map((code) => ({ ...schemesQuestion(book, key, parts, [code], `${book.version}/schemes/${key}/${code}`), filling: true }));
}

function schemesQuestion(book: Book, key: string, parts: Parts, items: readonly number[], lock: string): Question {
  const pool = book.schemesOf(key);
  return {
    offer: offerOf(book.version, { ...parts, signatureSchemes: items, certificateSchemes: book.schemesToOffer() }),
    lock,
    tries: pool.lost(items),
    claim: () => pool.fly(items, true),
    settle: (outcome) =>
      settlePool(pool, items, outcome, {
        hello: ({ signatureScheme, brokenOff }) => {
          // JSSE chooses a suite before it looks whether it can sign.
          if (signatureScheme === undefined && brokenOff !== undefined) pool.refuse(items, { what: "alert", alert: brokenOff });
          else if (signatureScheme !== undefined && items.includes(signatureScheme)) pool.accept(signatureScheme, { what: "hello" });
          else if (signatureScheme === undefined) for (const code of items) pool.contradict(code, { what: "hello" });
          else if (!items.includes(signatureScheme)) pool.refuse(items, { what: "other-choice" });
        },
        refused: (seen) => pool.refuse(items, seen),
      }),
  };
}

/** What was never asked for; then what differs from last time; then what has to show itself again. */
function toAsk(book: Book, pool: Pool): readonly number[] {
  const never = book.schemesToAsk(pool);
  if (never.length > 0) return never;
  const gone = pool.flips("refused");
  return gone.length > 0 ? gone : pool.unconfirmed(book.suspects.schemes);
}
