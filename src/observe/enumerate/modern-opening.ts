import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import type { Host } from "./host.ts";
import { type HelloAnswer, type Outcome, PROTOCOL_VERSION } from "./outcome.ts";
import { openingLock, type Question } from "./plan.ts";
import { listsAnew, type Negotiated } from "./request.ts";
import type { Seen } from "./result.ts";

const TRIES = 5;
const PATIENCE = 2;

type Parts = Pick<TlsOffer, "groups" | "signatureSchemes" | "shares">;

/** One kind of first hello, and how it was turned down. */
interface Kind {
  readonly parts: () => Parts;
  refused: boolean;
  lost: number;
}

/**
 * Does it speak TLS 1.3? Asked with everything and without a key share, first of all for groups that a connection did not show yet; and, where that does not succeed, with well-known
 * groups and a share, for servers that cannot send a HelloRetryRequest or choke on what they do not know.
 */
export class ModernOpening {
  readonly #book: Book;
  readonly #host: Host;
  readonly #negotiated: Negotiated | undefined;
  readonly #news: Kind;
  readonly #bare: Kind;
  readonly #shared: Kind;
  #rounds = 0;
  /** Of everything but the group that is known. */
  #noNews: Seen | undefined;

  constructor(book: Book, host: Host) {
    this.#book = book;
    this.#host = host;
    this.#negotiated = listsAnew(book.version, host.request) ? host.request.negotiated : undefined;
    const { groups, schemes } = book.candidates;
    const { shareable } = host.request;
    const known: Parts = { groups: [...new Set([...shareable, ...groups.core])], signatureSchemes: schemes.good, shares: shareable };
    this.#news = newKind(() => ({ ...everything(book), groups: this.#newGroups() }));
    this.#news.refused = this.#negotiated === undefined;
    this.#bare = newKind(() => everything(book));
    this.#shared = newKind(() => known);
  }

  question(offer: (parts: Parts) => TlsOffer, spoke: (answer: HelloAnswer, short: boolean) => void): Question {
    const kind = this.#next();
    return {
      offer: offer(kind.parts()),
      lock: openingLock("TLS 1.3"),
      tries: kind.lost,
      settle: (outcome) => {
        if (outcome.kind !== "hello") this.#failed(kind, outcome);
        else if (outcome.answer.version === "TLS 1.3") this.#spoke(outcome.answer, kind, spoke);
        else if (kind === this.#news) kind.refused = true;
        else this.#book.refusal = { what: "other-choice", version: outcome.answer.version };
      },
    };
  }

  #spoke(answer: HelloAnswer, kind: Kind, spoke: (answer: HelloAnswer, short: boolean) => void): void {
    const negotiated = this.#negotiated;
    if (negotiated !== undefined) {
      this.#book.suites.accept(negotiated.cipherSuite, { what: "hello" });
      this.#book.groups.accept(negotiated.group, { what: "hello" });
    }
    spoke(answer, kind === this.#shared);
    const news = this.#newGroups();
    // The same hello with more groups is answered: it was these that were refused.
    if (kind === this.#bare && this.#noNews !== undefined && answer.group !== undefined && !news.includes(answer.group))
      this.#book.groups.refuse(news, this.#noNews);
  }

  /** Those that shares can be made of are left for a hello that has one: only then is the flight of TLS 1.3 seen. */
  #newGroups(): readonly number[] {
    const left = [this.#negotiated?.group, ...this.#host.request.shareable];
    return this.#book.groupsToOffer().filter((code) => !left.includes(code));
  }

  #next(): Kind {
    if (isOpen(this.#news) && this.#news.lost < PATIENCE) return this.#news;
    if (isOpen(this.#bare) && (this.#bare.lost < PATIENCE || !this.#wanted(this.#shared))) return this.#bare;
    return this.#shared;
  }

  #wanted(kind: Kind): boolean {
    return isOpen(kind) && (kind === this.#bare || this.#host.request.shareable.length > 0);
  }

  #failed(kind: Kind, outcome: Exclude<Outcome, { kind: "hello" }>): void {
    const { seen } = outcome;
    if (outcome.kind === "refused") kind.refused = true;
    else kind.lost++;
    if (kind === this.#news) this.#noNews = outcome.kind === "refused" ? seen : undefined;
    else if (seen.alert === PROTOCOL_VERSION) this.#conclude([kind], seen);
    else if (!this.#wanted(this.#bare) && !this.#wanted(this.#shared)) this.#conclude([this.#bare, this.#shared], seen);
  }

  #conclude(kinds: readonly Kind[], seen: Seen): void {
    const asked = kinds.filter((kind) => kind === this.#bare || this.#host.request.shareable.length > 0);
    const remembered = this.#book.suites.accepted().length > 0 || this.#book.suites.flips("refused").length > 0;
    if (remembered && this.#rounds++ === 0) this.#again();
    else if (asked.every(({ refused }) => refused)) this.#book.refusal = seen;
    else this.#book.failure = seen;
  }

  /** It was accepted last time: one refusal alone does not count. */
  #again(): void {
    for (const pool of [this.#book.suites, this.#book.groups]) pool.reopen("remembered");
    for (const kind of [this.#bare, this.#shared]) Object.assign(kind, newKind(kind.parts));
  }
}

function everything(book: Book): Parts {
  return { groups: book.groupsToOffer(), signatureSchemes: book.schemesToOffer(), shares: [] };
}

function newKind(parts: () => Parts): Kind {
  return { parts, refused: false, lost: 0 };
}

function isOpen(kind: Kind): boolean {
  return !kind.refused && kind.lost < TRIES;
}
