import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { LONGEST_LIST } from "./lengths.ts";
import { likelySuites } from "./likely.ts";
import type { Outcome } from "./outcome.ts";

const FINITE_TRIES = 4;

/**
 * Suites that are asked for in the same hello as groups: where all of it is refused, each of them and each of the groups is. Only where that
 * saves a hello, where long lists are known to be read, and of a server that takes what comes first: Erlang, with an order of its own, chooses
 * a suite, finds that it has no group for it, and refuses what else was offered as well.
 */
export class Riders {
  readonly #book: Book;
  readonly #host: Host;
  readonly #able: ReadonlySet<number>;
  #riding: readonly number[] = [];
  #finiteTries = 0;

  constructor(book: Book, host: Host) {
    this.#book = book;
    this.#host = host;
    this.#able = new Set(book.candidates.suites.riders);
  }

  /** Those that are left for the questions about groups, as long as there may be any. */
  waiting(): readonly number[] {
    if (this.#able.size === 0 || !this.#mayRide()) return [];
    const elliptic = this.#book.suitesBy("elliptic").get("rsa") ?? [];
    const likely = likelySuites(this.#book, this.#host);
    const open = this.#book.suites.open().filter((code) => !likely.includes(code));
    const riders = open.filter((code) => this.#able.has(code)).slice(0, Math.max(0, LONGEST_LIST - elliptic.length));
    if (this.#othersUndecided) return riders;
    return elliptic.length > 0 && hellos(open.length - riders.length) < hellos(open.length) ? riders : [];
  }

  /** The question about groups will be asked, and has room for what asks for named groups. */
  get areExpected(): boolean {
    return this.#mayRide() && this.#book.version === "TLS 1.2" && this.#book.suitesBy("elliptic").has("rsa");
  }

  /** Refused without a group of RFC 7919 in the hello, which some servers insist on for this exchange. */
  finite(room = LONGEST_LIST): readonly number[] {
    const { mode } = this.#host.tolerance.manner(this.#book);
    if (this.#finiteTries >= FINITE_TRIES || mode === "trying" || mode === "check") return [];
    const refused = new Set(this.#book.suites.refused());
    const unsure = this.#host.finiteUnsure(this.#book).filter((code) => refused.has(code));
    return unsure.slice(0, Math.max(0, Math.min(room, this.#host.tolerance.longest)));
  }

  settleFinite(items: readonly number[], outcome: Outcome): void {
    if (outcome.kind === "hello") this.#host.needNamedGroups();
    if (outcome.kind === "refused") for (const code of items) this.#book.finiteAsked.add(code);
    else if (outcome.kind !== "hello") this.#finiteTries++;
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
    if (request.depth === "quick" || this.#book.groups.settled() || tolerance.manner(this.#book).mode !== "long") return false;
    const { preference, spoken } = this.#book;
    return this.#othersUndecided ? preference !== "server" : spoken && readsLongLists && preference === "client";
  }

  /** Until then it may turn out that they can ride. */
  get #othersUndecided(): boolean {
    return this.#book.suites.undecided().some((code) => !this.#able.has(code));
  }
}

function hellos(suites: number): number {
  return Math.ceil(suites / LONGEST_LIST);
}
