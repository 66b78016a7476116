import { type Book, UNREAD } from "./book.ts";
import type { HelloAnswer, Outcome } from "./outcome.ts";
import type { Question } from "./plan.ts";
import { offerOf } from "./request.ts";
import type { Seen } from "./result.ts";
import { wantedSchemes } from "./schemes-plan.ts";

/** So many suites have shown most schemes already. */
const FEW = 8;

type Parts = Parameters<typeof wantedSchemes>[2];

/**
 * The schemes of all certificates of a version. With two of them they are asked together first: a server that has shown both for the same
 * suites chooses the certificate by its schemes, so that one refusal speaks for both.
 */
export class JointSchemes {
  readonly #book: Book;
  readonly #shown = new Set<string>();
  #apart: boolean;
  #inFlight = false;

  constructor(book: Book, apart: boolean) {
    this.#book = book;
    this.#apart = apart;
  }

  *wanted(parts: Omit<Parts, "cipherSuites">, oneByOne: boolean): Generator<Question> {
    if (this.#inFlight) return;
    const byKey = this.#book.suitesBy("signed");
    const all = [...byKey.values()].flat();
    const open = [...byKey.keys()].filter((key) => this.#asked(key).length > 0);
    if (open.length > 1 && !this.#apart && !oneByOne && all.length <= FEW) {
      yield this.#question(open, { ...parts, cipherSuites: all });
      return;
    }
    for (const [key, cipherSuites] of byKey) yield* wantedSchemes(this.#book, key, { ...parts, cipherSuites }, oneByOne);
  }

  #question(keys: readonly string[], parts: Parts): Question {
    const items = new Map(keys.map((key) => [key, this.#asked(key)]));
    const signatureSchemes = [...new Set([...items.values()].flat())];
    return {
      offer: offerOf(this.#book.version, { ...parts, signatureSchemes, certificateSchemes: this.#book.schemesToOffer() }),
      lock: `${this.#book.version}/schemes`,
      constrained: true,
      claim: () => this.#fly(items, true),
      settle: (outcome) => {
        this.#fly(items, false);
        if (outcome.kind === "hello") this.#chosen(outcome.answer, signatureSchemes);
        else this.#failed(items, outcome);
      },
    };
  }

  #chosen({ certificate, signatureScheme, cipherSuite }: HelloAnswer, schemes: readonly number[]): void {
    const key = certificate?.key ?? UNREAD;
    if (signatureScheme !== undefined && schemes.includes(signatureScheme)) this.#shown.add(key);
    else this.#apart = true;
    // Among the suites of one certificate the choice was free.
    this.#book.choices.push({ offered: this.#book.suitesBy("signed").get(key) ?? [], chosen: cipherSuite });
  }

  #failed(items: ReadonlyMap<string, readonly number[]>, { kind, seen }: Exclude<Outcome, { kind: "hello" }>): void {
    for (const [key, codes] of items) {
      const pool = this.#book.schemesOf(key);
      if (kind === "lost") pool.lose(codes, seen);
      else if (kind === "refused" && this.#shown.has(key)) this.#done(key, codes, seen);
    }
    this.#apart ||= kind !== "lost";
  }

  #done(key: string, refused: readonly number[], seen: Seen): void {
    const pool = this.#book.schemesOf(key);
    pool.refuse(refused, seen);
    pool.drop(this.#book.schemesToAsk(pool));
  }

  #fly(items: ReadonlyMap<string, readonly number[]>, inFlight: boolean): void {
    this.#inFlight = inFlight;
    for (const [key, codes] of items) this.#book.schemesOf(key).fly(codes, inFlight);
  }

  /** A scheme belongs to one kind of key: what another one signs with needs no question. */
  #asked(key: string): readonly number[] {
    const fresh = new Set(this.#book.newSchemes());
    return this.#book.schemesToAsk(this.#book.schemesOf(key)).filter((code) => fresh.has(code));
  }
}
