import type { SafePace } from "./result.ts";

const FIRST_GAP = 250;
const LONGEST_GAP = 4000;
const TIRED_BEFORE_HELLO = 6;
const TIRED = 10;
const CLOSED_BEFORE_HELLO = 12;

/** How fast, and how long, a server is asked. One sign of limiting leaves one lane; each later one doubles the rest between connections. */
export class Pace {
  #lanes: number;
  #gapMs: number;
  #rested = true;
  #limited = false;
  #lostInARow = 0;
  #uselessInARow = 0;
  #helloSeen = false;
  /** Counts the signs, so that what was in flight together counts once. */
  #signs = 0;

  constructor(lanes: number, remembered: SafePace | undefined) {
    this.#lanes = Math.max(1, Math.min(lanes, remembered?.lanes ?? lanes));
    this.#gapMs = remembered?.gapMs ?? 0;
  }

  get signs(): number {
    return this.#signs;
  }

  get limited(): boolean {
    return this.#limited;
  }

  get safe(): SafePace {
    return { lanes: this.#lanes, gapMs: this.#gapMs };
  }

  /** A server that answers nothing any more is left alone. */
  get over(): boolean {
    if (this.#helloSeen) return this.#lostInARow >= TIRED;
    return this.#lostInARow >= TIRED_BEFORE_HELLO || this.#uselessInARow >= CLOSED_BEFORE_HELLO;
  }

  get severalAtOnce(): boolean {
    return this.#lanes > 1;
  }

  free(inFlight: number): boolean {
    return inFlight < this.#lanes;
  }

  /** The rest that is due before the next connection, once. */
  rest(): number {
    if (this.#rested || this.#gapMs === 0) return 0;
    this.#rested = true;
    return this.#gapMs;
  }

  sent(): void {
    this.#rested = false;
  }

  /** @param useful an alert or a hello: no close, and no nonsense. */
  answered(hello: boolean, useful: boolean): void {
    this.#lostInARow = 0;
    this.#uselessInARow = useful ? 0 : this.#uselessInARow + 1;
    this.#helloSeen ||= hello;
  }

  /** @param signsThen `signs` when the connection was opened. */
  lost(signsThen: number): void {
    this.#lostInARow++;
    this.#limited = true;
    if (signsThen < this.#signs) return;
    this.#signs++;
    this.#lanes = 1;
    this.#gapMs = Math.min(LONGEST_GAP, this.#gapMs === 0 ? FIRST_GAP : this.#gapMs * 2);
  }
}
