import { type Book, UNREAD } from "./book.ts";
import { LONGEST_LIST } from "./lengths.ts";
import type { Outcome } from "./outcome.ts";
import type { Question } from "./plan.ts";
import { FFDHE, offerOf } from "./request.ts";
import type { Riders } from "./riders.ts";
import { settlePool } from "./settle.ts";
import type { Tolerance } from "./tolerance.ts";

/**
 * The groups of an exchange below TLS 1.3. Asked with suites that an RSA certificate serves, where there are any: an ECDSA
 * certificate needs its own curve among the groups (RFC 8422 section 5.1), which then goes to the end of the list.
 */
export class GroupsPlan {
  readonly #book: Book;
  readonly #tolerance: Tolerance;
  readonly #riders: Riders;
  #curveNeeded = false;
  #curveSpared = false;

  constructor(book: Book, tolerance: Tolerance, riders: Riders) {
    this.#book = book;
    this.#tolerance = tolerance;
    this.#riders = riders;
  }

  *wanted(): Generator<Question> {
    const open = this.#book.groups.open();
    const [key, suites] = this.#suites();
    if (key === undefined) this.#book.groups.drop(open);
    else if (open.length > 0) yield this.#question(key, suites, this.#tolerance.oneByOne ? open.slice(0, 1) : open);
    for (const code of this.#book.groups.flips("accepted").slice(0, 1)) if (key !== undefined) yield this.#question(key, suites, [code]);
    const gone = this.#book.groups.flips("refused");
    if (gone.length > 0 && key !== undefined) yield this.#question(key, suites, gone);
  }

  /** Without a certificate (PSK, anonymous) last: wolfSSL has one curve for those, whatever is offered. */
  #suites(): [key: string | undefined, suites: readonly number[]] {
    const byKey = [...this.#book.suitesBy("elliptic")];
    const standing = (key: string) => (key === UNREAD ? 2 : key === "ecdsa" ? 1 : 0);
    return byKey.sort(([a], [b]) => standing(a) - standing(b))[0] ?? [undefined, []];
  }

  #question(key: string, suites: readonly number[], items: readonly number[]): Question {
    const curve = this.#curveNeeded ? this.#book.curveOf(key) : undefined;
    const groups = curve === undefined ? items : [...items.filter((code) => code !== curve), curve];
    const riders = key === "rsa" ? this.#riders.waiting() : [];
    const finite = key === "rsa" && this.#riders.areExpected ? this.#riders.finite(LONGEST_LIST - suites.length - riders.length) : [];
    const offer = offerOf(this.#book.version, {
      cipherSuites: [...riders, ...finite, ...suites],
      groups: finite.length > 0 ? [...groups, ...FFDHE] : groups,
      signatureSchemes: this.#tolerance.manner(this.#book).parameters.signatureSchemes,
    });
    return {
      offer,
      lock: `${this.#book.version}/groups`,
      // Without the groups that are known the server may have to take what it likes less.
      constrained: riders.length + finite.length > 0,
      tries: this.#book.groups.lost(items),
      claim: () => {
        this.#book.groups.fly(items, true);
        this.#riders.fly(riders);
      },
      settle: (outcome) => {
        const wasFinite = outcome.kind === "hello" && finite.includes(outcome.answer.cipherSuite);
        if (finite.length > 0 && (wasFinite || outcome.kind === "refused")) this.#riders.settleFinite(finite, outcome);
        if (this.#riders.landed(riders, outcome) || wasFinite) this.#book.groups.fly(items, false);
        else this.#settle(outcome, key, items, curve);
      },
    };
  }

  /** Something else was chosen, though these came first: nothing can make the server take them. */
  #settle(outcome: Outcome, key: string, items: readonly number[], curve: number | undefined): void {
    const pool = this.#book.groups;
    settlePool(pool, items, outcome, {
      hello: ({ group }) => {
        this.#curveSpared ||= curve === undefined && !items.includes(this.#book.curveOf(key) ?? -1);
        if (group === undefined) pool.odd(items, { what: "malformed" });
        else if (!items.includes(group) || group === curve) pool.refuse(items, { what: "other-choice" });
      },
      refused: (seen) => {
        const ambiguous = key === "ecdsa" && !this.#curveSpared && curve === undefined && this.#book.curveOf(key) !== undefined;
        if (ambiguous) this.#curveNeeded = true;
        else pool.refuse(items, seen);
      },
    });
  }
}
