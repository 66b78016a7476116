import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Outcome } from "./outcome.ts";
import type { Question } from "./plan.ts";
import { offerOf } from "./request.ts";

/** Some servers read no suite after the 64th, so that a refusal of more proves less. */
export const SURELY_READ = 64;
/** More suites than any ordinary client has are in no hello. */
export const LONGEST_LIST = 128;
/** As many as every stack can stand. */
export const SHORT_LIST = 24;
const LOST_PROOFS = 4;

/** How long the lists of suites were that a server answered, and those that it refused: for their length, perhaps. */
export class Lengths {
  readonly #host: { readsLongLists: boolean };
  #longestAnswered: number;
  #longestRefused = 0;
  #lost = 0;

  constructor(host: { readsLongLists: boolean }) {
    this.#host = host;
    this.#longestAnswered = host.readsLongLists ? LONGEST_LIST : 0;
  }

  get unproven(): boolean {
    return this.#longestRefused > Math.max(SHORT_LIST, this.#longestAnswered);
  }

  answered(suites: number): void {
    this.#longestAnswered = Math.max(this.#longestAnswered, suites);
  }

  refused(suites: number): void {
    this.#longestRefused = Math.max(this.#longestRefused, suites);
  }

  canProve({ spoken, suites }: Book): boolean {
    return this.unproven && spoken && suites.settled() && suites.accepted().length > 0;
  }

  /** What was refused, and behind it what is known to be accepted: answered, unless it is too long. */
  proof(book: Book, parameters: Pick<TlsOffer, "groups" | "signatureSchemes">, lock: string, tooLong: () => void): Question {
    const known = book.suites.accepted().slice(0, 1);
    // Last of all what may stand in the way of the one that is known.
    const { good, bad, riders = [] } = book.candidates.suites;
    const company = known.flatMap((code) => book.with(code));
    const all = [...book.suites.refused().filter((code) => company.includes(code)), ...company, ...riders, ...good, ...bad];
    const front = [...new Set(all)].filter((code) => !known.includes(code)).slice(0, this.#longestRefused - 1);
    return {
      offer: offerOf(book.version, { ...parameters, cipherSuites: [...front, ...known] }),
      lock,
      tries: this.#lost,
      settle: (outcome) => {
        if (this.#refutes(outcome, front)) tooLong();
      },
    };
  }

  #refutes(outcome: Outcome, front: readonly number[]): boolean {
    if (outcome.kind !== "hello") return outcome.kind === "refused" || ++this.#lost >= LOST_PROOFS;
    this.#longestAnswered = this.#longestRefused;
    if (front.length >= SURELY_READ && !front.includes(outcome.answer.cipherSuite)) this.#host.readsLongLists = true;
    return false;
  }
}
