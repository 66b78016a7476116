import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import type { HelloAnswer } from "./outcome.ts";
import type { Question } from "./plan.ts";
import { passedOver } from "./preference.ts";
import { listsAnew } from "./request.ts";
import type { Seen } from "./result.ts";
import { settlePool } from "./settle.ts";

/** New suites with new groups only, and nothing in common. */
interface Narrowed {
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  readonly shares: readonly number[];
  readonly seen: Seen;
  readonly explained: boolean;
}

/** The groups of TLS 1.3, and with them its suites: what was seen of either is left out, as long as that succeeds. */
export class ModernGroups {
  readonly #book: Book;
  readonly #host: Host;
  #retryWorks = false;
  #shareWorks = false;
  /** To be asked for without one: it may have been the share that was refused. */
  readonly #shareRefused = new Set<number>();
  readonly #unretried: number[] = [];
  #narrowed: Narrowed | undefined;
  #shownSuites = false;

  constructor(book: Book, host: Host) {
    this.#book = book;
    this.#host = host;
  }

  /** It was seen to send a HelloRetryRequest. */
  get retryWorks(): boolean {
    return this.#retryWorks;
  }

  spoke(answer: HelloAnswer): void {
    if (!answer.helloRetryRequest) this.#shareWorks = true;
    else if (!this.#retryWorks) {
      this.#retryWorks = true;
      this.#book.groups.retry(this.#unretried);
    }
  }

  question(items: readonly number[], short: boolean, offer: (parts: Partial<TlsOffer>) => TlsOffer): Question {
    const shares = items.filter((code) => this.#host.request.shareable.includes(code) && !this.#shareRefused.has(code));
    const open = this.#book.suites.open();
    const narrow =
      open.length > 0 && this.#narrowed === undefined && !short && listsAnew(this.#book.version, this.#host.request) && !this.followsOurs;
    const cipherSuites = narrow ? open : [...open, ...this.#book.suites.accepted().reverse()];
    return {
      offer: offer({ groups: items, shares, cipherSuites }),
      lock: "TLS 1.3/groups",
      tries: this.#book.groups.lost(items),
      claim: () => this.#book.groups.fly(items, true),
      settle: (outcome) => {
        settlePool(this.#book.groups, items, outcome, {
          hello: (answer) => {
            this.#shownSuites ||= open.length > 0 && !open.includes(answer.cipherSuite);
            this.#chosen(answer);
          },
          refused: (seen) => {
            if (narrow) this.#narrowed = { suites: open, groups: items, shares, seen, explained: false };
            else this.#refused(items, shares, seen);
          },
        });
      },
    };
  }

  /** Takes the first suite that it can, as far as can be told: then each answer shows another one, and none has to be left out. */
  get followsOurs(): boolean {
    const { choices, suites } = this.#book;
    const [first] = choices;
    return first !== undefined && first.offered[0] === first.chosen && !passedOver(choices, new Set(suites.accepted()));
  }

  /** A suite that was known was chosen again, though others came first. */
  get shownSuites(): boolean {
    return this.#shownSuites;
  }

  #chosen(answer: HelloAnswer): void {
    this.spoke(answer);
    const { group, helloRetryRequest } = answer;
    if (group !== undefined) this.#explain(group);
    if (!helloRetryRequest || group === undefined || !this.#shareRefused.has(group)) return;
    this.#host.quirks.add("share-refused");
    this.#book.groups.contradict(group, { what: "hello-retry" });
  }

  /** Suites and groups are independent in TLS 1.3: if one of the groups is fine after all, it was the suites that were refused. */
  #explain(group: number): void {
    const narrowed = this.#narrowed;
    if (narrowed === undefined || narrowed.explained || !narrowed.groups.includes(group)) return;
    if (narrowed.shares.length > 0 && !this.#shareWorks) return;
    this.#book.suites.refuse(narrowed.suites, narrowed.seen);
    this.#narrowed = { ...narrowed, explained: true };
  }

  /** A refusal speaks for all groups only if the kind of hello is known to work: with a share, or without one. */
  #refused(items: readonly number[], shares: readonly number[], seen: Seen): void {
    if (shares.length > 0 && !this.#shareWorks) for (const code of shares) this.#shareRefused.add(code);
    else if (shares.length === 0 && !this.#retryWorks) this.#withoutRetry(items, seen);
    else if (this.#retryWorks) this.#book.groups.refuse(items, seen);
    else {
      this.#book.groups.refuse(shares, seen);
      this.#withoutRetry(items, seen);
    }
  }

  #withoutRetry(items: readonly number[], seen: Seen): void {
    this.#host.quirks.add("no-hello-retry");
    this.#unretried.push(...items);
    this.#book.groups.drop(items, seen);
  }
}
