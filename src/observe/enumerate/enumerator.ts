import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import { Book } from "./book.ts";
import { Closes, REST_BEFORE_REPEAT } from "./closes.ts";
import { Host } from "./host.ts";
import { LegacyPlan } from "./legacy-plan.ts";
import { ModernPlan } from "./modern-plan.ts";
import { type HelloAnswer, type Outcome, outcomeOf, type SoftOutcome } from "./outcome.ts";
import { isOpening, type Plan, type Question } from "./plan.ts";
import { versionResult } from "./report.ts";
import type { EnumerationRequest } from "./request.ts";
import type { EnumerationResult, OfferVersion, Seen } from "./result.ts";

const NEWEST_FIRST: readonly OfferVersion[] = ["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"];
const CONTROL = "control";
const WITNESS = "witness";
const REPEAT = "repeat";
const CONTROLS = 3;
const SHORT = 24;

interface Loss {
  readonly flight: Flight;
  readonly seen: Seen;
}

interface Flight {
  readonly question: Question;
  readonly signs: number;
  /** Asked for the second time, because it was closed upon. */
  readonly repeated: boolean;
}

/**
 * Finds out what one address accepts, in as few connections as may be: says what to offer next, and learns from the answers.
 * Opens nothing itself and knows no time.
 */
export class Enumerator {
  readonly #host: Host;
  readonly #plans: readonly Plan[];
  readonly #flights = new Map<TlsOffer, Flight>();
  readonly #closes: Closes;
  readonly #locks = new Set<string>();
  /** Lost, and it is being found out whether by the server's state or by what was asked. */
  #losses: Loss[] = [];
  #connections = 0;
  #failedControls = 0;
  #hasRested = false;
  /** What was answered with an alert about something else is answered so again, while others are answered well: no sign of limiting. */
  #alertsAnswer = false;
  #stopped = false;

  constructor(request: EnumerationRequest) {
    this.#host = new Host(request);
    this.#closes = new Closes(this.#host.doubt);
    this.#plans = NEWEST_FIRST.flatMap((version) => this.#planFor(version) ?? []);
  }

  /**
   * The next offer; or how long to wait before asking again; or undefined: nothing to send before an answer is learnt, and if no
   * answer is outstanding, nothing any more.
   */
  next(): TlsOffer | { readonly waitMs: number } | undefined {
    if (this.#host.pace.over || this.#spent) this.#explainLosses(false);
    if (this.#host.pace.over || this.#spent || !this.#host.pace.free(this.#flights.size)) return undefined;
    if (this.#locks.has(CONTROL) || this.#locks.has(REPEAT)) return undefined;
    if (this.#losses.length > 0) return this.#witness();
    const question = this.#wanted();
    if (question === undefined) return undefined;
    if (question.lock === CONTROL) return this.#flights.size === 0 ? this.#send(question) : undefined;
    if (question === this.#closes.repeat()) return this.#repeat(question);
    const waitMs = this.#host.pace.rest();
    return waitMs > 0 ? { waitMs } : this.#send(question);
  }

  /** Alone, and after a rest in which any limiter would have forgiven us; the control follows at once. */
  #repeat(question: Question): TlsOffer | { readonly waitMs: number } | undefined {
    if (this.#flights.size > 0) return undefined;
    if (this.#hasRested) return this.#send(question);
    this.#hasRested = true;
    return { waitMs: REST_BEFORE_REPEAT };
  }

  /**
   * @param offer the object that `next` gave.
   * @throws Error for an offer that is not outstanding.
   */
  learn(offer: TlsOffer, answer: TlsAnswer): void {
    const flight = this.#flights.get(offer);
    if (flight === undefined) throw new Error("This offer is not outstanding.");
    this.#flights.delete(offer);
    const outcome = this.#believable(outcomeOf(offer, answer), flight.question);
    const isAnswer = outcome.kind === "lost" && outcome.seen.what === "alert" && this.#alertsAnswer;
    if (outcome.kind === "lost" && !isAnswer && !flight.repeated && this.#mayBeExplained(flight.question)) {
      this.#losses.push({ flight, seen: outcome.seen });
      return;
    }
    if (!isAnswer) this.#measure(offer, outcome, flight.signs);
    if (outcome.kind === "soft") this.#closedUpon(offer, flight, outcome.seen);
    else {
      if (outcome.kind === "hello") this.#credit(offer, outcome.answer, flight);
      this.#settle(flight.question, outcome);
    }
    if (flight.repeated) this.#locks.delete(REPEAT);
    const controlled = outcome.kind === "hello" && flight.question.lock === CONTROL;
    for (const [question, meaning] of this.#closes.decided(controlled)) this.#settle(question, meaning);
  }

  #closedUpon({ version }: TlsOffer, { question, repeated }: Flight, seen: Seen): void {
    this.#closes.add(question, seen, repeated);
    const book = this.#host.books.get(version);
    if (book !== undefined) book.closedUpon = true;
  }

  /** Nothing more can be sent, whatever the budget says; what is outstanding may still be learnt. */
  stop(): void {
    this.#stopped = true;
  }

  /** May be asked for at any time; what is not decided yet is unknown. */
  result(): EnumerationResult {
    const { request, doubt, quirks, readsLongLists } = this.#host;
    const ending = {
      depth: request.depth,
      budgetSpent: this.#connections >= request.budget,
      stopped: this.#stopped,
      limited: this.#host.pace.limited,
    };
    if (doubt.closesAreNoise) quirks.add("random-close");
    return {
      versions: this.#plans.map(({ book }) =>
        versionResult(book, { ...ending, unsure: this.#host.tolerance.unsure(book), finiteUnsure: new Set(this.#host.finiteUnsure(book)) }),
      ),
      connections: this.#connections,
      pace: this.#host.pace.safe,
      limited: this.#host.pace.limited,
      readsLongLists,
      quirks: [...quirks],
    };
  }

  get #spent(): boolean {
    return this.#stopped || this.#connections >= this.#host.request.budget;
  }

  #planFor(version: OfferVersion): Plan | undefined {
    const { candidates, depth } = this.#host.request;
    const ours = candidates[version];
    if (ours === undefined) return undefined;
    const book = new Book(version, ours, depth, this.#host.doubt, this.#known(version));
    this.#host.books.set(version, book);
    return version === "TLS 1.3" ? new ModernPlan(book, this.#host) : new LegacyPlan(book, this.#host);
  }

  #known(version: OfferVersion) {
    return this.#host.request.remembered?.versions.find((known) => known.version === version);
  }

  /**
   * What may show that a close was meant; then what was not asked yet, a version that nothing is known of first; then what was closed upon, if
   * anything can show that it was meant; then what was lost.
   */
  #wanted(): Question | undefined {
    if (this.#closes.awaitControl) return this.#control();
    const repeat = this.#closes.repeat();
    const questions = this.#plans.flatMap((plan) => [...plan.wanted()]).filter(({ lock }) => lock === undefined || !this.#locks.has(lock));
    const fewest = Math.min(...questions.map(({ tries = 0 }) => tries));
    const freshest = questions.filter(({ tries = 0 }) => tries === fewest);
    const next = freshest.find(({ lock }) => isOpening(lock)) ?? freshest.find(({ filling }) => filling !== true) ?? freshest[0];
    return (fewest === 0 ? next : undefined) ?? (this.#host.lastGoodOffer && repeat) ?? next ?? repeat;
  }

  #send(question: Question): TlsOffer {
    const repeated = question === this.#closes.repeat();
    if (repeated) {
      this.#closes.repeating(question);
      this.#locks.add(REPEAT);
    }
    const offer = repeated ? { ...question.offer } : question.offer;
    question.claim?.();
    if (question.lock !== undefined) this.#locks.add(question.lock);
    this.#flights.set(offer, { question, repeated, signs: this.#host.pace.signs });
    this.#connections++;
    this.#hasRested = false;
    this.#host.pace.sent();
    return offer;
  }

  #settle(question: Question, outcome: Outcome): void {
    if (question.lock !== undefined) this.#locks.delete(question.lock);
    question.settle(outcome);
  }

  /** An offer that was answered before: if it is answered again, those who closed meant it. */
  #control(): Question | undefined {
    if (!this.#closes.awaitControl || this.#locks.has(CONTROL)) return undefined;
    const { lastGoodOffer } = this.#host;
    if (lastGoodOffer === undefined || this.#failedControls >= CONTROLS) return this.#withoutControl();
    return {
      offer: { ...lastGoodOffer },
      lock: CONTROL,
      settle: (outcome) => {
        if (outcome.kind !== "hello") this.#failedControls++;
      },
    };
  }

  #withoutControl(): Question | undefined {
    if (this.#flights.size > 0) return undefined;
    for (const [question, meaning] of this.#closes.giveUp()) this.#settle(question, meaning);
    return this.#wanted();
  }

  #mayBeExplained({ lock }: Question): boolean {
    return lock !== WITNESS && lock !== CONTROL && this.#host.lastGoodOffer !== undefined;
  }

  /**
   * An offer that was answered before, at once: who limits us does not answer it either, or is not fast enough to have changed his mind; who
   * answers it had something against what was asked.
   */
  #witness(): TlsOffer | undefined {
    const { lastGoodOffer } = this.#host;
    if (lastGoodOffer === undefined || this.#locks.has(WITNESS)) return undefined;
    return this.#send({
      offer: { ...lastGoodOffer },
      lock: WITNESS,
      settle: (outcome) => this.#explainLosses(outcome.kind === "hello"),
    });
  }

  /** @param answered the witness was: nothing is wrong with the pace. */
  #explainLosses(answered: boolean): void {
    const losses = this.#losses;
    this.#losses = [];
    for (const { flight, seen } of losses) {
      const { tries = 0 } = flight.question;
      if (!answered) this.#host.pace.lost(flight.signs);
      this.#alertsAnswer ||= answered && seen.what === "alert";
      this.#settle(flight.question, { kind: "lost", seen, ...(answered && tries + 1 >= TRIES && { forGood: true }) });
    }
  }

  /** Where the control is closed upon, no close is a refusal. */
  #believable(outcome: Outcome | SoftOutcome, question: Question): Outcome | SoftOutcome {
    if (outcome.kind !== "soft") return outcome;
    if (question.lock === CONTROL || question.lock === WITNESS) this.#host.doubt.closesAreNoise = true;
    return this.#host.doubt.closesAreNoise ? { kind: "lost", seen: outcome.seen } : outcome;
  }

  #credit(offer: TlsOffer, answer: HelloAnswer, { question, repeated }: Flight): void {
    if (repeated) this.#host.doubt.closesAreNoise = true;
    const book = this.#plans.find(({ version }) => version === answer.version)?.book;
    book?.note(offer, answer, question.constrained ?? false);
    if (book?.version === offer.version) this.#host.lastGoodOffer = offer;
  }

  #measure(offer: TlsOffer, outcome: Outcome | SoftOutcome, signs: number): void {
    if (outcome.kind === "lost") {
      this.#host.pace.lost(signs);
      if (offer.cipherSuites.length <= SHORT && offer.groups.length <= SHORT) this.#host.shortHellosLost = true;
    } else this.#host.pace.answered(outcome.kind === "hello", outcome.kind === "hello" || outcome.seen.what === "alert");
    if (outcome.kind === "odd") this.#host.quirks.add("odd-choice");
  }
}

/** How often it is asked what the server answers nothing of use to, while it answers others. */
const TRIES = 5;
