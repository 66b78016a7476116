import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { LONGEST_LIST, SURELY_READ } from "./lengths.ts";
import { likelySuites } from "./likely.ts";
import { type Outcome, PROTOCOL_VERSION } from "./outcome.ts";
import { openingLock, type Question } from "./plan.ts";
import { FFDHE, listsAnew, offerOf } from "./request.ts";
import type { Seen } from "./result.ts";
import type { Riders } from "./riders.ts";
import { settlePool } from "./settle.ts";
import type { Manner } from "./tolerance.ts";

const VERIFICATIONS = 4;

/** The suites of a version below TLS 1.3, by elimination: each hello offers what is not decided yet. */
export class SuitesPlan {
  readonly #book: Book;
  readonly #host: Host;
  readonly #riders: Riders;
  #hopeful = true;
  #narrowUnderWay = false;
  #orderAsked = false;
  readonly #verified = new Map<readonly number[], number>();

  constructor(book: Book, host: Host, riders: Riders) {
    this.#book = book;
    this.#host = host;
    this.#riders = riders;
  }

  /** All that may be asked at once; before the version is known to be spoken, one. */
  *wanted(): Generator<Question> {
    const riders = this.#riders.waiting();
    const likely = likelySuites(this.#book, this.#host);
    for (const code of likely) yield { ...this.#question([code]), filling: true };
    const open = this.#book.suites.open().filter((code) => !riders.includes(code) && !likely.includes(code));
    // What is left out of the one hello is to be shown by it, and not by another at the same time.
    if (open.length > 0 && !this.#narrowUnderWay)
      yield this.#question(this.#chunk(open), this.#book.spoken ? undefined : openingLock(this.#book.version));
    for (const code of this.#book.suites.flips("accepted")) yield this.#question([code]);
    const gone = this.#book.together(this.#book.suites.flips("refused")).slice(0, this.#host.tolerance.longest);
    if (gone.length > 0) yield this.#question(gone);
    if (this.#book.spoken) yield* this.#suspected();
    const finite = this.#finite();
    if (finite.length > 0) yield this.#finiteQuestion(finite);
  }

  /** To be asked for with groups of RFC 7919, as soon as nothing else is left that they could ride with. */
  #finite(): readonly number[] {
    const { spoken, suites } = this.#book;
    return spoken && suites.settled() && !this.#riders.areExpected ? this.#riders.finite() : [];
  }

  #finiteQuestion(items: readonly number[]): Question {
    const { parameters } = this.#host.tolerance.manner(this.#book);
    return {
      offer: offerOf(this.#book.version, { ...parameters, groups: [...parameters.groups, ...FFDHE], cipherSuites: items }),
      lock: "finite",
      settle: (outcome) => this.#riders.settleFinite(items, outcome),
    };
  }

  /** Something of a kind is still to show itself, or not to. */
  get suspects(): boolean {
    const { suspects, suites } = this.#book;
    return suspects.suites.some((kind) => suites.isUnconfirmed(kind) && (this.#verified.get(kind) ?? 0) < VERIFICATIONS);
  }

  /** Of each kind that was accepted last time and had better not be, or had better stay, one is to show itself again, or they are gone. */
  *#suspected(): Generator<Question> {
    for (const kind of this.#book.suspects.suites) {
      const tries = this.#verified.get(kind) ?? 0;
      const codes =
        tries < VERIFICATIONS ? this.#book.together(this.#book.suites.unconfirmed(kind)).slice(0, this.#host.tolerance.longest) : [];
      if (codes.length === 0) continue;
      const question = this.#question(codes, `${this.#book.version}/suspects`);
      yield {
        ...question,
        settle: (outcome) => {
          this.#verified.set(kind, tries + 1);
          question.settle(outcome);
        },
      };
    }
  }

  #question(items: readonly number[], lock?: string): Question {
    const pool = this.#book.suites;
    const narrow = this.#narrows();
    const manner = this.#host.tolerance.manner(this.#book);
    const parameters = narrow ? { groups: this.#book.groups.open(), signatureSchemes: this.#book.newSchemes() } : manner.parameters;
    const { leaders } = this.#book;
    const signatureSchemes = this.#book.spread(parameters.signatureSchemes, items);
    const known = lock === undefined && !narrow ? this.#knownForLast(items) : [];
    const offer = offerOf(this.#book.version, { ...parameters, signatureSchemes, cipherSuites: [...items, ...known] });
    const named = this.#host.namesGroups;
    return {
      offer,
      ...(lock !== undefined && { lock }),
      constrained: narrow,
      tries: pool.lost(items),
      claim: () => {
        pool.fly(items, true);
        leaders.depart(offer);
        this.#narrowUnderWay ||= narrow;
        this.#orderAsked ||= known.length > 0;
      },
      settle: (outcome) => {
        leaders.arrive(offer);
        if (narrow) this.#narrowUnderWay = false;
        // It takes one of these: whatever it has against the hello, it is not that nothing in it suits.
        if (known.length > 0 && outcome.kind === "refused") return pool.fly(items, false);
        this.#settle(named ? items : this.#notNamed(items, outcome), outcome, narrow ? undefined : manner);
      },
    };
  }

  /**
   * What was chosen first, once behind others: a server that takes one of them now takes what comes first. Of those that do, there is more to be
   * asked at once.
   */
  #knownForLast(items: readonly number[]): readonly number[] {
    const { choices, version, suites } = this.#book;
    const [first] = choices;
    const isWorthIt = version === "TLS 1.2" && listsAnew(version, this.#host.request) && !this.#orderAsked && choices.length === 1;
    if (!isWorthIt || first === undefined || items.length < 2 || items.length >= this.#host.tolerance.longest) return [];
    const { good } = this.#book.candidates.suites;
    // Who passed over one that nearly everybody has follows an order of its own, most likely, and would take the same again.
    const isLikely =
      first.chosen === first.offered.find((code) => good.includes(code)) && items.every((code) => first.offered.includes(code));
    return suites.knows(first.chosen) && isLikely ? [first.chosen] : [];
  }

  /** It has turned out since that a refusal had another reason. */
  #notNamed(items: readonly number[], { kind }: Outcome): readonly number[] {
    if (kind !== "refused" || !this.#host.namesGroups) return items;
    this.#book.suites.fly(items, false);
    return items.filter((code) => !this.#book.candidates.suites.ephemeral?.includes(code));
  }

  /** A server with an order of its own shows other groups and schemes only where those that it has shown are missing. */
  #narrows(): boolean {
    const newest = this.#book.version === "TLS 1.2" && this.#host.request.depth === "full";
    return (
      newest &&
      !this.#narrowUnderWay &&
      this.#book.ownOrder &&
      this.#hopeful &&
      this.#book.groups.open().length > 0 &&
      this.#book.newSchemes().length > 0
    );
  }

  #settle(items: readonly number[], outcome: Outcome, manner: Manner | undefined): void {
    const pool = this.#book.suites;
    settlePool(pool, items, outcome, {
      hello: ({ version, cipherSuite }) => {
        if (version === this.#book.version && !items.includes(cipherSuite)) return;
        if (version !== this.#book.version) this.#older(version, cipherSuite, items);
        else this.#accepted(items, cipherSuite, manner);
      },
      refused: (seen) => {
        if (manner === undefined) this.#hopeful = false;
        else this.#refused(items, seen, manner);
      },
      lost: () => this.#host.tolerance.lost(this.#book, pool.lost(items)),
    });
  }

  #accepted(items: readonly number[], chosen: number, manner: Manner | undefined): void {
    this.#host.favouriteSet = this.#book.setOf(chosen);
    if (items.indexOf(chosen) >= SURELY_READ) this.#host.readsLongLists = true;
    if (manner !== undefined) this.#host.tolerance.answered(this.#book, manner.mode, items.length);
    if (this.#host.request.depth === "quick") this.#enough(items, chosen);
  }

  /** At depth quick one of a kind says it all. */
  #enough(items: readonly number[], chosen: number): void {
    const { good, bad } = this.#book.candidates.suites;
    if (this.#book.version !== "TLS 1.2") this.#book.suites.drop();
    else if (good.includes(chosen)) this.#book.suites.drop([...good]);
    else this.#book.suites.drop(items.filter((code) => bad.includes(code)));
  }

  /** A server negotiates the version before the suite (RFC 5246 appendix E.1), unless it has shown that it can do this one. */
  #older(version: string, cipherSuite: number, items: readonly number[]): void {
    const seen: Seen = { what: "other-choice", version };
    if (this.#book.spoken) this.#book.suites.refuse([cipherSuite], seen);
    else this.#refuseVersion(seen, items);
  }

  #refused(items: readonly number[], seen: Seen, manner: Manner): void {
    const worth = this.#host.tolerance.refused(this.#book, manner.mode, items.length);
    if (seen.alert === PROTOCOL_VERSION && !this.#book.spoken) this.#refuseVersion(seen, items);
    else if (worth === "doubtful") this.#book.suites.drop(items, seen);
    else if (worth === "sound") this.#book.suites.refuse(this.#host.readsLongLists ? items : items.slice(0, SURELY_READ), seen);
  }

  /** Those of `items` that were accepted last time are refused once more by it, and then for good. */
  #refuseVersion(seen: Seen, items: readonly number[]): void {
    this.#book.refusal = seen;
    this.#book.suites.refuse([...new Set([...this.#book.suites.open(), ...items])], seen);
  }

  /** What is answered with an alert about something else is asked for again in halves: in one of them is what the server stumbles over. */
  #chunk(open: readonly number[]): readonly number[] {
    const company = this.#book.together(open, this.#book.spoken ? 0 : this.#host.favouriteSet);
    const fewest = Math.min(...company.map((code) => this.#book.suites.troubles(code)));
    const freshest = company.filter((code) => this.#book.suites.troubles(code) === fewest);
    return fewest === 0 ? this.#fresh(freshest) : freshest.slice(0, Math.min(this.#host.tolerance.longest, LONGEST_LIST >> fewest));
  }

  /** Good suites at the end, behind what no good server takes: their choice shows that the whole list is read. */
  #fresh(open: readonly number[]): readonly number[] {
    const { longest } = this.#host.tolerance;
    const { bad } = this.#book.candidates.suites;
    const pool = this.#book.suites;
    if (this.#leavesGoodForLast(open)) return open.filter((code) => bad.includes(code)).slice(0, longest);
    if (this.#host.readsLongLists || pool.refused().length > 0 || longest <= SURELY_READ) return open.slice(0, longest);
    const front = open.filter((code) => bad.includes(code)).slice(0, SURELY_READ + 1);
    const back = open.filter((code) => !front.includes(code));
    return [...front, ...back].slice(0, longest);
  }

  /** At depth quick a bundle that holds something bad says all that it is to say: the good ones would be asked with every one of them. */
  #leavesGoodForLast(open: readonly number[]): boolean {
    return this.#host.request.depth === "quick" && this.#book.spoken && open.length > this.#host.tolerance.longest;
  }
}
