import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { likelySuites } from "./likely.ts";
import type { Outcome } from "./outcome.ts";

const LONGEST_LIST = 128;

/**
 * Suites that are asked for in the same hello as groups: where all of it is refused, each of them and each of the groups is. Only where that
 * saves a hello, and where long lists are known to be read.
 */
export class Riders {
  readonly #book: Book;
  readonly #host: Host;
  readonly #able: ReadonlySet<number>;
  #riding: readonly number[] = [];

  constructor(book: Book, host: Host) {
    this.#book = book;
    this.#host = host;
    this.#able = new Set(book.candidates.suites.riders);
  }

  /** Those that are left for the questions about groups, as long as there will be any. */
  waiting(): readonly number[] {
    const accepted = this.#book.suites.accepted();
    const elliptic = [...this.#book.suitesBy("elliptic").values()].flat();
    if (!elliptic.some((code) => accepted.includes(code)) || !this.#mayRide()) return [];
    const likely = likelySuites(this.#book, this.#host);
    const open = this.#book.suites.open().filter((code) => !likely.includes(code));
    const riders = open.filter((code) => this.#able.has(code)).slice(0, Math.max(0, LONGEST_LIST - elliptic.length));
    return hellos(open.length - riders.length) < hellos(open.length) ? riders : [];
  }

  /** No other suite is left to be asked about. */
  get allThatIsLeft(): boolean {
    const left = new Set([...this.waiting(), ...this.#riding]);
    return this.#book.suites.undecided().every((code) => left.has(code));
  }

  fly(riders: readonly number[]): void {
    this.#riding = riders;
    this.#book.suites.fly(riders, true);
  }

  /** @returns whether one of them was chosen, so that the answer says nothing of groups. */
  landed(riders: readonly number[], outcome: Outcome): boolean {
    this.#riding = [];
    this.#book.suites.fly(riders, false);
    if (outcome.kind === "refused") this.#book.suites.refuse(riders, outcome.seen);
    return outcome.kind === "hello" && riders.includes(outcome.answer.cipherSuite);
  }

  #mayRide(): boolean {
    const { request, readsLongLists, tolerance } = this.#host;
    const { spoken, groups } = this.#book;
    return spoken && request.depth !== "quick" && readsLongLists && tolerance.manner(this.#book).mode === "long" && !groups.settled();
  }
}

function hellos(suites: number): number {
  return Math.ceil(suites / LONGEST_LIST);
}
