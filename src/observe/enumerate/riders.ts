import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
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

  constructor(book: Book, host: Host) {
    this.#book = book;
    this.#host = host;
    this.#able = new Set(book.candidates.suites.riders);
  }

  /** Those that are left for the questions about groups, as long as there will be any. */
  waiting(): readonly number[] {
    const elliptic = [...this.#book.suitesBy("elliptic").values()].flat().length;
    if (elliptic === 0 || !this.#mayRide()) return [];
    const open = this.#book.suites.open();
    const riders = open.filter((code) => this.#able.has(code)).slice(0, Math.max(0, LONGEST_LIST - elliptic));
    return hellos(open.length - riders.length) < hellos(open.length) ? riders : [];
  }

  fly(riders: readonly number[]): void {
    this.#book.suites.fly(riders, true);
  }

  /** @returns whether one of them was chosen, so that the answer says nothing of groups. */
  landed(riders: readonly number[], outcome: Outcome): boolean {
    this.#book.suites.fly(riders, false);
    if (outcome.kind === "refused") this.#book.suites.refuse(riders, outcome.seen);
    return outcome.kind === "hello" && riders.includes(outcome.answer.cipherSuite);
  }

  #mayRide(): boolean {
    const { request, readsLongLists, tolerance } = this.#host;
    return request.depth !== "quick" && readsLongLists && tolerance.manner(this.#book).mode === "long" && !this.#book.groups.settled();
  }
}

function hellos(suites: number): number {
  return Math.ceil(suites / LONGEST_LIST);
}
