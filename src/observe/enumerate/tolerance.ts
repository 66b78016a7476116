import type { TlsVersion } from "../../model/tls.ts";
import type { TlsOffer } from "../../model/tls-offer.ts";
import type { Book } from "./book.ts";
import { Lengths, LONGEST_LIST, SHORT_LIST } from "./lengths.ts";
import type { Outcome } from "./outcome.ts";
import type { Question } from "./plan.ts";
import { FFDHE, offerOf, type Sets } from "./request.ts";
import type { OfferVersion, Quirk } from "./result.ts";

const LOST_BEFORE_SHORT = 2;
const LOST_CHECKS = 4;
const LOCK = "tolerance";

/**
 * It begins with everything (`long`). Where that goes unanswered a short hello with well-known parameters is tried, and if that
 * is answered, `check` finds out whether it was the list of suites or the parameters.
 */
type Mode = "long" | "trying" | "check" | "short-list" | "well-known";

/** How a hello was made, and what that does to a refusal. */
export interface Manner {
  readonly parameters: Pick<TlsOffer, "groups" | "signatureSchemes">;
  readonly mode: Mode;
}

/** What is known of the server as a whole. */
interface Surroundings {
  readonly quirks: Set<Quirk>;
  readonly books: ReadonlyMap<OfferVersion, Book>;
  readonly shortHellosLost: boolean;
  readonly namesGroups: boolean;
  readonly needsNamedGroups: boolean;
  readsLongLists: boolean;
}

/** What the stack of a server can stand below TLS 1.3; all versions share it. */
export class Tolerance {
  readonly #host: Surroundings;
  #mode: Mode = "long";
  #lostChecks = 0;
  #lostProbes = 0;
  #fewGroups = false;
  #fewSchemes = false;
  /** A long hello was answered. */
  #tolerant = false;
  readonly #lengths: Lengths;
  readonly #tried = new Set<OfferVersion>();
  readonly #probed = new Map<OfferVersion, Sets>();
  /** What a refusal of theirs is worth will not be known. */
  readonly #givenUp = new Set<OfferVersion>();

  constructor(host: Surroundings) {
    this.#host = host;
    this.#lengths = new Lengths(host);
  }

  get longest(): number {
    return this.#mode === "long" ? LONGEST_LIST : SHORT_LIST;
  }

  /** Groups and schemes are asked one by one where unknown ones are not tolerated. */
  get oneByOne(): boolean {
    return this.#mode === "well-known";
  }

  /** What it can stand must be known before more is asked. */
  get unclear(): boolean {
    return this.#mode === "check";
  }

  manner(book: Book): Manner {
    const mode = this.#mode;
    const named = this.#host.namesGroups ? FFDHE : [];
    const all = { groups: [...book.groupsToOffer(), ...named], signatureSchemes: book.schemesToOffer() };
    if (mode !== "trying" && mode !== "well-known") return { mode, parameters: all };
    const groups = [...book.candidates.groups.core, ...book.groups.accepted(), ...(this.#host.needsNamedGroups ? FFDHE : [])];
    const allSchemes = mode === "well-known" && !this.#fewSchemes;
    return { mode, parameters: { groups, signatureSchemes: allSchemes ? all.signatureSchemes : book.candidates.schemes.good } };
  }

  answered({ version }: Book, mode: Mode, suites: number): void {
    if (mode === "long") {
      // A hello of SSL 3.0 has no groups to choke on.
      this.#tolerant ||= version !== "SSL 3.0";
      this.#lengths.answered(suites);
      if (this.#mode === "trying") this.#mode = "long";
    } else if (mode === "trying" && this.#mode === "trying") this.#short(version);
  }

  /** What a refusal is worth: `doubtful`, it may be due to what was left out; `void`, the hello was not the right one to ask. */
  refused(book: Book, mode: Mode, suites: number): "sound" | "doubtful" | "void" {
    if (mode === "well-known") return this.#fewSchemes || this.#host.shortHellosLost ? "doubtful" : "sound";
    if (mode === "long") {
      this.#lengths.refused(suites);
      return this.#mode === "long" || this.#mode === "trying" ? "sound" : "void";
    }
    if (mode !== "trying") return "sound";
    // It answers, so what was lost was not lost for its length.
    this.#tried.add(book.version);
    if (this.#mode === "trying") this.#mode = "long";
    return "void";
  }

  lost(book: Book, times: number): void {
    if (this.#mode !== "long" || book.spoken || this.#tolerant || this.#tried.has(book.version)) return;
    if (times >= LOST_BEFORE_SHORT) this.#mode = "trying";
  }

  /** The enumeration may end before it is known what a refusal of this version was worth. */
  unsure(book: Book): boolean {
    if (book.version === "TLS 1.3" || book.refusal !== undefined) return false;
    const lengthDoubted = this.#mode === "long" || this.#mode === "trying";
    const canBeProven = [...this.#host.books.values()].some(({ spoken, version }) => spoken && version !== "TLS 1.3");
    return this.#mode === "check" || (lengthDoubted && canBeProven && this.#lengths.unproven) || this.#neverAnswered(book);
  }

  /** Asked before anything else, where there is something to find out. */
  *wanted(book: Book): Generator<Question> {
    if (this.#mode === "check" && this.#canCheck(book)) yield this.#check(book);
    else if (this.#mode === "long" && this.#lengths.canProve(book)) {
      yield this.#lengths.proof(book, this.manner(book).parameters, LOCK, () => this.#short(book.version));
    } else if (this.#suspicious(book)) yield this.#probe(book);
  }

  #canCheck({ spoken, version }: Book): boolean {
    const telling = [...this.#host.books.values()].some((book) => book.spoken && book.version !== "SSL 3.0" && book.version !== "TLS 1.3");
    return spoken && (version !== "SSL 3.0" || !telling);
  }

  #check(book: Book): Question {
    const cipherSuites = book.suites.accepted().slice(0, 1);
    const groups = this.#fewGroups ? book.candidates.groups.core : book.groupsToOffer();
    return {
      offer: offerOf(book.version, { cipherSuites, groups, signatureSchemes: book.schemesToOffer() }),
      lock: LOCK,
      tries: this.#lostChecks,
      settle: (outcome) => this.#checked(outcome),
    };
  }

  #checked(outcome: Outcome): void {
    if (outcome.kind === "hello") this.#mode = this.#fewGroups ? this.#intolerant() : "short-list";
    else if (outcome.kind !== "refused" && ++this.#lostChecks < LOST_CHECKS) return;
    else if (this.#fewGroups) this.#onlyFewSchemes();
    else this.#fewGroups = true;
    this.#lostChecks = 0;
  }

  #onlyFewSchemes(): void {
    this.#fewSchemes = true;
    this.#mode = this.#intolerant();
  }

  #intolerant(): Mode {
    this.#host.quirks.add("intolerant");
    return "well-known";
  }

  /** Everything was refused, by a server that nobody has seen answer a long hello. */
  #suspicious(book: Book): boolean {
    return this.#mode === "long" && !this.#givenUp.has(book.version) && this.#neverAnswered(book) && book.suites.settled();
  }

  #neverAnswered({ version, spoken, refusal, suites }: Book): boolean {
    if (spoken || refusal !== undefined || this.#tolerant || this.#probed.get(version)?.length === 0) return false;
    return (this.#mode === "long" || this.#mode === "trying") && suites.refused().length > 0;
  }

  #probe(book: Book): Question {
    const { suites, groups, schemes } = book.candidates;
    const [company = [], ...others] = this.#unprobed(book);
    const likely = [...suites.good.slice(0, SHORT_LIST / 2), ...suites.bad];
    const cipherSuites = [...likely, ...suites.good].filter((code) => company.includes(code)).slice(0, SHORT_LIST);
    return {
      offer: offerOf(book.version, { cipherSuites, groups: groups.core, signatureSchemes: schemes.good }),
      lock: LOCK,
      tries: this.#lostProbes,
      settle: (outcome) => {
        if (outcome.kind === "lost") this.#lostProbe(book.version, outcome.forGood === true);
        else this.#probed.set(book.version, others);
        if (outcome.kind === "hello" && this.#mode === "long") this.#short(outcome.answer.version);
      },
    };
  }

  #lostProbe(version: OfferVersion, forGood: boolean): void {
    this.#lostProbes++;
    if (!forGood && this.#lostProbes < LOST_CHECKS) return;
    this.#lostProbes = 0;
    this.#givenUp.add(version);
  }

  /** The sets of suites that go together, and have anything that is likely. */
  #unprobed({ version, candidates: { suites } }: Book): Sets {
    const { good, bad, apart = [[...good, ...bad]], riders = [] } = suites;
    return this.#probed.get(version) ?? apart.filter((set) => set.some((code) => !riders.includes(code)));
  }

  /** Nothing that a long hello was refused was refused for what it offered. SSL 3.0 cannot tell what of it was too much. */
  #short(answered: TlsVersion): void {
    this.#mode = answered === "SSL 3.0" ? this.#intolerant() : "check";
    for (const { refusal, suites, version } of this.#host.books.values()) {
      if (refusal === undefined && version !== "TLS 1.3") suites.reopen("refused");
    }
  }
}
