import type { Outcome } from "./outcome.ts";
import type { Question } from "./plan.ts";
import type { Doubt } from "./pool.ts";
import type { Seen } from "./result.ts";

/** Milliseconds, in which any limiter of two connections a second or more has forgiven us. */
export const REST_BEFORE_REPEAT = 500;

interface Closed {
  readonly question: Question;
  readonly seen: Seen;
}

/**
 * Questions that were answered by a mere close. Closed upon twice, the second time alone and after a rest, and a control answered right
 * after that: refused. Closed upon once and answered the second time, or a control closed upon: closes of this server mean nothing.
 */
export class Closes {
  readonly #doubt: Doubt;
  #once: Closed[] = [];
  #twice: Closed[] = [];

  constructor(doubt: Doubt) {
    this.#doubt = doubt;
  }

  get awaitControl(): boolean {
    return this.#twice.length > 0;
  }

  /** The next question to be repeated. */
  repeat(): Question | undefined {
    return this.#once[0]?.question;
  }

  /** It is being repeated. */
  repeating(question: Question): void {
    this.#once = this.#once.filter((closed) => closed.question !== question);
  }

  add(question: Question, seen: Seen, repeated: boolean): void {
    (repeated ? this.#twice : this.#once).push({ question, seen });
  }

  /** @returns the questions that the answer to a control, or its lack, has decided, each with what its close has come to mean. */
  decided(controlled: boolean): [Question, Outcome][] {
    const noise = this.#doubt.closesAreNoise;
    const closed = noise ? [...this.#once, ...this.#twice] : controlled ? this.#twice : [];
    if (noise) this.#once = [];
    if (closed.length > 0) this.#twice = [];
    return closed.map(({ question, seen }) => [question, { kind: noise ? "lost" : "refused", seen }]);
  }

  /** No control can be had. */
  giveUp(): [Question, Outcome][] {
    const closed = this.#twice;
    this.#twice = [];
    return closed.map(({ question, seen }) => [question, { kind: "odd", seen }]);
  }
}
