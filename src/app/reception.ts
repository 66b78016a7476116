import { clockIsWrong, type Glance, isDoubtful, isStrange, isWitnessed, type Sight, sightOf } from "./sight.ts";

/** An audit that waits to be believed. */
export interface Arrival extends Glance {
  /** Time of the servers' clocks minus ours, by host. */
  readonly clockOffsets: ReadonlyMap<string, number>;
  /** Writes it into history, as it was seen or without what a proxy of our own answered. Called once at the most. */
  readonly commit: (as: "seen" | "proxied") => Promise<void>;
}

export interface Admission extends Sight {
  /** The servers agree that our clock is wrong: nothing was written, nothing may be. */
  readonly clockSuspect: boolean;
}

/**
 * Lets audits into history as they come, and holds back what may be our own network's doing or our own clock's, until the run has
 * shown that it sees and knows the time. What is held back is lost when the process is killed, and nothing of it was believed.
 */
export class Reception {
  readonly #heldBack: Arrival[] = [];
  readonly #arrived: Glance[] = [];
  readonly #offsets = new Map<string, number>();
  #needsWitness = false;

  /** The clock is believed for no better reason than that the run before said the same: nothing is committed before all are in. */
  askForWitness(): void {
    this.#needsWitness = true;
  }

  async receive(arrival: Arrival): Promise<"committed" | "held-back"> {
    this.#arrived.push(arrival);
    for (const [host, offset] of arrival.clockOffsets) this.#offsets.set(host, offset);
    const believed = !this.#needsWitness && this.#knowsTheTime() && !isDoubtful(arrival);
    if (!believed) {
      this.#heldBack.push(arrival);
      return "held-back";
    }
    await arrival.commit("seen");
    return "committed";
  }

  /** Where no server says what time it is, there is nothing to wait for. */
  #knowsTheTime(): boolean {
    const wrong = clockIsWrong(this.#offsets);
    return wrong === false || (wrong === undefined && this.#arrived.length > MOST_WAITING);
  }

  /**
   * Nobody else comes: commits what is believed now, and says what is not. Where not everybody came (`isWhole`), one stranger more might
   * have shown a captive portal, so that none is believed.
   */
  async close(isWhole: boolean): Promise<Admission> {
    const clockSuspect = clockIsWrong(this.#offsets) === true || (this.#needsWitness && !isWitnessed(this.#arrived));
    const seen = sightOf(this.#arrived);
    const strange = isWhole ? [] : this.#heldBack.filter(isStrange).map(({ uid }) => uid);
    const sight = { ...seen, intercepted: new Set([...seen.intercepted, ...strange]) };
    for (const arrival of this.#heldBack) {
      if (!clockSuspect && isBelieved(arrival, sight)) await arrival.commit(sight.proxied.has(arrival.uid) ? "proxied" : "seen");
    }
    this.#heldBack.length = 0;
    return { ...sight, clockSuspect };
  }
}

/** In a run that was blind, what little was seen counts; what was not seen is not counted against anybody. */
export function isBelieved(glance: Glance, { blind, intercepted }: Sight): boolean {
  return !intercepted.has(glance.uid) && !(blind && isDoubtful(glance));
}

/** Audits that wait for three servers to say the time. */
const MOST_WAITING = 16;
