import { clockIsWrong, type Glance, isDoubtful, type Sight, sightOf } from "./sight.ts";

/** An audit that waits to be believed. */
export interface Arrival extends Glance {
  /** Time of the servers' clocks minus ours, by host. */
  readonly clockOffsets: ReadonlyMap<string, number>;
  /** Writes it into history. Called once at the most. */
  readonly commit: () => Promise<void>;
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

  async receive(arrival: Arrival): Promise<"committed" | "held-back"> {
    this.#arrived.push(arrival);
    for (const [host, offset] of arrival.clockOffsets) this.#offsets.set(host, offset);
    const believed = this.#knowsTheTime() && !isDoubtful(arrival);
    if (!believed) {
      this.#heldBack.push(arrival);
      return "held-back";
    }
    await arrival.commit();
    return "committed";
  }

  /** Where no server says what time it is, there is nothing to wait for. */
  #knowsTheTime(): boolean {
    const wrong = clockIsWrong(this.#offsets);
    return wrong === false || (wrong === undefined && this.#arrived.length > MOST_WAITING);
  }

  /** Everybody has arrived: commits what is believed now, and says what is not. */
  async close(): Promise<Admission> {
    const clockSuspect = clockIsWrong(this.#offsets) === true;
    const sight = sightOf(this.#arrived);
    for (const arrival of this.#heldBack) {
      if (!clockSuspect && isBelieved(arrival, sight)) await arrival.commit();
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
