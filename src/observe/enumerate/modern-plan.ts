import type { TlsOffer } from "../../model/tls-offer.ts";
import { type Book, UNREAD } from "./book.ts";
import type { Host } from "./host.ts";
import { ModernGroups } from "./modern-groups.ts";
import { ModernOpening } from "./modern-opening.ts";
import type { HelloAnswer } from "./outcome.ts";
import type { Plan, Question } from "./plan.ts";
import { preferenceQuestion } from "./preference-plan.ts";
import { listsAnew, offerOf } from "./request.ts";
import { wantedSchemes } from "./schemes-plan.ts";
import { settlePool } from "./settle.ts";

const TRIES = 5;

/**
 * TLS 1.3. Without a key share the server answers with a HelloRetryRequest, which names suite and group (RFC 8446 section
 * 4.2.8) and costs it no signature. Shares are sent where only they can tell.
 */
export class ModernPlan implements Plan {
  readonly version = "TLS 1.3";
  readonly book: Book;
  readonly #host: Host;
  readonly #opening: ModernOpening;
  readonly #groups: ModernGroups;
  #short = false;
  #lost = 0;
  #retryTried = false;
  #preferenceTries = 0;
  readonly #verified = new Map<readonly number[], number>();

  constructor(book: Book, host: Host) {
    this.book = book;
    this.#host = host;
    this.#opening = new ModernOpening(book, host);
    this.#groups = new ModernGroups(book, host);
  }

  *wanted(): Generator<Question> {
    if (this.book.refusal !== undefined || this.book.failure !== undefined) return;
    if (!this.book.spoken)
      yield this.#opening.question(
        (parts) => this.#offer(parts),
        (answer, short) => this.#opened(answer, short),
      );
    else if (this.#host.request.depth === "quick") yield* this.#postQuantum();
    else yield* this.#everything();
  }

  *#everything(): Generator<Question> {
    const { groups, suites } = this.book;
    if (!this.#groups.retryWorks && !this.#retryTried) yield this.#retryQuestion();
    yield* this.#openGroups();
    for (const code of groups.flips("accepted").slice(0, 1)) yield this.#groupsQuestion([code]);
    if (groups.flips("refused").length > 0) yield this.#groupsQuestion(groups.flips("refused"));
    const unconfirmed = groups.unconfirmed(this.book.suspects.groups);
    if (unconfirmed.length > 0 && this.#groups.retryWorks) yield this.#groupsQuestion(unconfirmed);
    // There is no share of them to be made, and nobody to ask for one.
    else if (this.#retryTried) for (const code of unconfirmed) groups.contradict(code, { what: "not-asked" });
    const { followsOurs, retryWorks, shownSuites } = this.#groups;
    const suitesShown = shownSuites && followsOurs && retryWorks && this.#host.pace.severalAtOnce;
    if (!groups.settled() && !this.#short && !suitesShown) return;
    if (suites.open().length > 0) yield this.#suitesQuestion(suites.open());
    for (const code of suites.flips("accepted").slice(0, 1)) yield this.#suitesQuestion([code]);
    if (suites.flips("refused").length > 0) yield this.#suitesQuestion(suites.flips("refused"));
    if (!groups.settled() || !suites.settled()) return;
    yield* this.#suspected();
    yield* this.#schemes();
    if (this.#preferenceTries < TRIES) yield* preferenceQuestion(this.book, this.#knownGood(), () => this.#preferenceTries++);
  }

  *#openGroups(): Generator<Question> {
    const likely = this.#likelyGroups();
    for (const items of likely) yield this.#likelyQuestion(items);
    const open = this.book.groups.open().filter((code) => !likely.some((items) => items.includes(code)));
    if (open.length > 0) yield this.#groupsQuestion(this.#short ? this.#wellKnownFirst(open) : open);
  }

  /** Of each kind that was accepted last time and had better not be, one is to show itself again, or they are gone. */
  *#suspected(): Generator<Question> {
    for (const kind of this.book.suspects.suites) {
      const codes = this.book.suites.unconfirmed(kind);
      const tries = this.#verified.get(kind) ?? 0;
      if (codes.length === 0 || tries >= TRIES) continue;
      const question = this.#suitesQuestion(codes);
      yield {
        ...question,
        claim: () => {
          this.#verified.set(kind, tries + 1);
          question.claim?.();
        },
      };
      return;
    }
  }

  #opened(answer: HelloAnswer, short: boolean): void {
    this.#short = short;
    this.#groups.spoke(answer);
  }

  /** One by one: a group that it does not know may cost the answer. */
  #wellKnownFirst(open: readonly number[]): readonly number[] {
    const { core } = this.book.candidates.groups;
    return [...open.filter((code) => core.includes(code)), ...open].slice(0, 1);
  }

  /** Worth a question each while others are under way; a set of which nothing is known is worth one. */
  #likelyGroups(): readonly (readonly number[])[] {
    const { groups, companions } = this.book;
    if (!this.#groups.retryWorks || this.#short || !listsAnew(this.version, this.#host.request) || !this.#host.pace.severalAtOnce)
      return [];
    const open = groups.open();
    const untouched = this.#groups.followsOurs ? companions.groups.filter((set) => set.every((code) => open.includes(code))) : [];
    return [...groups.likely(companions.groups).map((code) => [code]), ...untouched];
  }

  #likelyQuestion(items: readonly number[]): Question {
    return { ...this.#groups.question(items, true, (parts) => this.#offer(parts)), lock: `TLS 1.3/groups/${items.join()}`, filling: true };
  }

  #groupsQuestion(items: readonly number[]): Question {
    return this.#groups.question(items, this.#short, (parts) => this.#offer(parts));
  }

  /** It took a share; whether it would ask for one decides what a refusal of other groups is worth. */
  #retryQuestion(): Question {
    return {
      offer: this.#offer({ groups: this.book.groups.accepted() }),
      lock: "TLS 1.3/groups",
      tries: this.#lost,
      settle: (outcome) => {
        this.#retryTried = outcome.kind !== "lost" || ++this.#lost >= TRIES;
        if (outcome.kind === "hello") this.#groups.spoke(outcome.answer);
      },
    };
  }

  #suitesQuestion(items: readonly number[]): Question {
    const pool = this.book.suites;
    return {
      offer: this.#offer({ ...this.#knownGood(), cipherSuites: items }),
      lock: "TLS 1.3/suites",
      tries: pool.lost(items),
      claim: () => pool.fly(items, true),
      settle: (outcome) =>
        settlePool(pool, items, outcome, { hello: (answer) => this.#groups.spoke(answer), refused: (seen) => pool.refuse(items, seen) }),
    };
  }

  /** Groups that the server takes, in the way in which it takes them. */
  #knownGood(): Pick<TlsOffer, "groups" | "shares"> {
    const groups = this.book.groups.accepted();
    const shareable = groups.filter((code) => this.#host.request.shareable.includes(code));
    return this.#groups.retryWorks ? { groups, shares: [] } : { groups: shareable, shares: shareable };
  }

  /** Where TLS 1.2 is spoken its flights show certificates and schemes in clear; else this is the only way. */
  *#schemes(): Generator<Question> {
    const older = this.#host.books.get("TLS 1.2");
    if (this.#host.request.depth !== "full" || (older !== undefined && (older.spoken || !older.suites.settled()))) return;
    const groups = this.book.groups.accepted().filter((code) => this.#host.request.shareable.includes(code));
    const key = [...this.book.schemes.keys()][0] ?? UNREAD;
    const how = { oneByOne: this.#short, severalAtOnce: !this.#short && this.#host.pace.severalAtOnce };
    if (groups.length > 0 && !this.#host.quirks.has("share-refused")) {
      yield* wantedSchemes(this.book, key, { cipherSuites: this.book.suites.accepted(), groups, shares: groups }, how);
    }
  }

  *#postQuantum(): Generator<Question> {
    const { postQuantum } = this.book.candidates.groups;
    const pool = this.book.groups;
    const open = pool.open().filter((code) => postQuantum.includes(code));
    if (open.length > 0 && !postQuantum.some((code) => pool.accepted().includes(code))) yield this.#groupsQuestion(open);
  }

  #offer(parts: Partial<TlsOffer>): TlsOffer {
    const { good, bad } = this.book.candidates.suites;
    const cipherSuites = [...good, ...bad];
    const signatureSchemes = this.#short ? this.book.candidates.schemes.good : this.book.schemesToOffer();
    return offerOf(this.version, { cipherSuites, groups: [], signatureSchemes, ...parts });
  }
}
