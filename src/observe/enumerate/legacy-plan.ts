import type { Book } from "./book.ts";
import { GroupsPlan } from "./groups-plan.ts";
import type { Host } from "./host.ts";
import { LONGEST_LIST } from "./lengths.ts";
import { PROTOCOL_VERSION } from "./outcome.ts";
import { openingLock, type Plan, type Question } from "./plan.ts";
import { favouriteQuestion, preferenceQuestion } from "./preference-plan.ts";
import { FFDHE, offerOf } from "./request.ts";
import type { OfferVersion } from "./result.ts";
import { Riders } from "./riders.ts";
import { wantedSchemes } from "./schemes-plan.ts";
import { SuitesPlan } from "./suites-plan.ts";

const OLDEST_FIRST: readonly OfferVersion[] = ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"];
const CHECKS = 4;

/** SSL 3.0 to TLS 1.2: suites, then groups, then signature schemes, then whose preference counts. */
export class LegacyPlan implements Plan {
  readonly version: OfferVersion;
  readonly book: Book;
  readonly #host: Host;
  readonly #riders: Riders;
  readonly #suites: SuitesPlan;
  readonly #groups: GroupsPlan;
  #refusedChecks = 0;
  #lostChecks = 0;
  #preferenceTries = 0;
  #favouriteAsked = false;

  constructor(book: Book, host: Host) {
    this.version = book.version;
    this.book = book;
    this.#host = host;
    this.#riders = new Riders(book, host);
    this.#suites = new SuitesPlan(book, host, this.#riders);
    this.#groups = new GroupsPlan(book, host.tolerance, this.#riders);
  }

  *wanted(): Generator<Question> {
    if (this.#mustWait()) return;
    this.#inherit();
    if (this.#toCheck()) {
      yield this.#check();
      return;
    }
    yield* this.#host.tolerance.wanted(this.book);
    if (this.#host.tolerance.unclear) return;
    yield* this.#suites.wanted();
    if (!this.#riders.allThatIsLeft || this.#suites.suspects || this.#host.request.depth === "quick") return;
    yield* this.#parameters();
  }

  *#parameters(): Generator<Question> {
    if (!this.book.spoken) return;
    const newer = this.#newer();
    const spoken = newer.find((book) => book.spoken);
    if (spoken !== undefined) this.#follow(spoken);
    else if (this.version === "SSL 3.0") this.book.groups.drop();
    else if (newer.every((book) => book.suites.settled())) yield* this.#groups.wanted();
    if (this.version === "TLS 1.2") {
      const parts = { groups: this.#host.tolerance.manner(this.book).parameters.groups, shares: [] };
      const { oneByOne } = this.#host.tolerance;
      const how = { oneByOne, severalAtOnce: !oneByOne && this.#host.pace.severalAtOnce };
      for (const [key, cipherSuites] of this.book.suitesBy("signed")) yield* wantedSchemes(this.book, key, { ...parts, cipherSuites }, how);
    }
    if (!this.#parametersKnown()) return;
    if (this.#preferenceTries < CHECKS)
      yield* preferenceQuestion(this.book, this.#host.tolerance.manner(this.book).parameters, () => this.#preferenceTries++);
    if (this.version === "TLS 1.2" && !this.#favouriteAsked)
      yield* favouriteQuestion(this.book, this.#host.tolerance.manner(this.book).parameters, () => {
        this.#favouriteAsked = true;
      });
  }

  /** Groups, and whose order counts, belong to a server rather than to a version: below TLS 1.3 they are asked once, of the newest. */
  #follow(newest: Book): void {
    this.book.groups.drop();
    this.book.assumedPreference = newest.preference;
  }

  /** The answers about groups and schemes may tell the preference, too. */
  #parametersKnown(): boolean {
    const { book } = this;
    return book.groups.settled() && (this.version !== "TLS 1.2" || [...book.schemes.values()].every((pool) => book.schemesDone(pool)));
  }

  /** What was accepted last time is believed if the server still takes any of it. */
  #toCheck(): boolean {
    const accepted = this.book.suites.accepted();
    return !this.book.spoken && accepted.length > 0 && this.#lostChecks < CHECKS && this.#refusedChecks < 2;
  }

  #check(): Question {
    const { book } = this;
    const cipherSuites = this.#rsaFirst(book.suites.accepted()).slice(0, LONGEST_LIST);
    return {
      // Whether it insists on a group of RFC 7919 is not remembered.
      offer: offerOf(this.version, { cipherSuites, groups: [...book.groupsToOffer(), ...FFDHE], signatureSchemes: book.schemesToOffer() }),
      lock: openingLock(this.version),
      tries: this.#lostChecks,
      settle: (outcome) => {
        if (outcome.kind === "hello" && outcome.answer.version === this.version)
          this.#host.tolerance.answered(book, "long", cipherSuites.length);
        else if (outcome.kind === "refused" || outcome.kind === "hello") this.#refusedChecks++;
        else this.#lostChecks++;
        if (!book.spoken && !this.#toCheck()) for (const pool of [book.suites, book.groups]) pool.reopen("remembered");
      },
    };
  }

  /** Groups are asked with these suites, and an ECDSA certificate would get in their way. */
  #rsaFirst(suites: readonly number[]): readonly number[] {
    const ecdsa = this.book.suitesBy("signed", { remembered: true }).get("ecdsa") ?? [];
    return [...suites.filter((code) => !ecdsa.includes(code)), ...suites.filter((code) => ecdsa.includes(code))];
  }

  /** TLS 1.0 and SSL 3.0 may be answered by the hello whose ceiling is TLS 1.1. */
  #mustWait(): boolean {
    const above = this.#above();
    return above !== undefined && this.#inherits() && !(above.spoken || above.closedUpon || above.suites.settled());
  }

  #inherits(): boolean {
    return this.version === "TLS 1.0" || this.version === "SSL 3.0";
  }

  /** A hello offers every version up to its ceiling (RFC 5246 appendix E.1): who has none of them has none of the older ones. */
  #inherit(): void {
    const above = this.#above();
    if (above === undefined || !this.#inherits() || above.spoken || this.book.suites.open().length === 0) return;
    const someSpoken = [...this.#host.books.values()].some((book) => book.spoken);
    if (!someSpoken || above.refusal?.alert !== PROTOCOL_VERSION) return;
    this.book.refusal = above.refusal;
    this.book.suites.refuse(this.book.suites.open(), above.refusal);
  }

  #above(): Book | undefined {
    return this.#newer().find((book) => book.version !== "TLS 1.2");
  }

  #newer(): Book[] {
    return OLDEST_FIRST.slice(OLDEST_FIRST.indexOf(this.version) + 1).flatMap((version) => this.#host.books.get(version) ?? []);
  }
}
