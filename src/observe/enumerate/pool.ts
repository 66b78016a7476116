import { isSoft } from "./outcome.ts";
import type { Sets } from "./request.ts";
import type { Item, Seen, State } from "./result.ts";

/** What all pools of one server share: whether its closes mean anything. */
export interface Doubt {
  closesAreNoise: boolean;
}

interface Entry {
  readonly code: number;
  /** Accepted last time; undefined where there was no last time. */
  readonly before: boolean | undefined;
  state: State | "open";
  seen: Seen;
  /** Differs from last time, and wants a second sample. */
  leaning?: "accepted" | "refused";
  lost: number;
  inFlight: boolean;
}

/** Last time. `keep`: what was accepted is taken over until something speaks against it. */
export interface Before {
  /** Accepted or not; without an entry it was unknown. */
  readonly states: ReadonlyMap<number, boolean>;
  readonly keep: boolean;
}

const RETRIES = 5;
const ODDITIES = 2;
const NOT_ASKED: Seen = { what: "not-asked" };

/** The code points of one kind that a version is asked about, and what is known of each. */
export class Pool {
  readonly #entries: Map<number, Entry>;
  readonly #doubt: Doubt;

  constructor(codes: readonly number[], doubt: Doubt, before?: Before) {
    this.#doubt = doubt;
    this.#entries = new Map(codes.map((code) => [code, entryOf(code, before?.states.get(code), before?.keep ?? false)]));
  }

  /** May be asked now. */
  open(): number[] {
    return this.#codes((e) => isOpen(e) && !e.inFlight && e.leaning === undefined);
  }

  /** Open, not refused last time, and in a set of which something else was accepted. */
  likely(sets: Sets): number[] {
    const accepted = new Set(this.accepted());
    const likely = new Set(sets.filter((set) => set.some((code) => accepted.has(code))).flat());
    const refusedBefore = this.#codes(({ before }) => before === false);
    return this.open().filter((code) => likely.has(code) && !refusedBefore.includes(code));
  }

  knows(code: number): boolean {
    return this.#entries.has(code);
  }

  /** Different from last time, to be asked once more. */
  flips(leaning: "accepted" | "refused"): number[] {
    return this.#codes((e) => isOpen(e) && !e.inFlight && e.leaning === leaning);
  }

  /** Those of a kind that are merely remembered, unless one of the kind was seen. */
  unconfirmed(kind: readonly number[]): number[] {
    return this.isUnconfirmed(kind) ? this.#codes((entry) => kind.includes(entry.code) && isRemembered(entry) && !entry.inFlight) : [];
  }

  /** Some are accepted, and none of them was seen this time. */
  isUnconfirmed(kind: readonly number[]): boolean {
    const entries = this.#these(kind).filter(({ state }) => state === "accepted");
    return entries.length > 0 && entries.every(isRemembered);
  }

  /** Accepted, and not merely remembered. */
  wasChosen(code: number): boolean {
    return this.#these([code]).some((entry) => (entry.state === "accepted" || entry.leaning === "accepted") && !isRemembered(entry));
  }

  undecided(): number[] {
    return this.#codes(isOpen);
  }

  settled(): boolean {
    return this.undecided().length === 0;
  }

  accepted(): number[] {
    return this.#codes((e) => e.state === "accepted" || e.leaning === "accepted");
  }

  refused(): number[] {
    return this.#codes((e) => e.state === "refused");
  }

  /** Only what is lost several times in a row is given up. */
  answered(codes: readonly number[]): void {
    for (const entry of this.#these(codes)) entry.lost = 0;
  }

  /** The most often that one of these was lost. */
  lost(codes: readonly number[]): number {
    return Math.max(0, ...codes.map((code) => this.#entries.get(code)?.lost ?? 0));
  }

  /** How often the hellos with it were answered with an alert about something else. */
  troubles(code: number): number {
    const entry = this.#entries.get(code);
    return entry?.seen.what === "alert" ? entry.lost : 0;
  }

  items(): Item[] {
    return [...this.#entries.values()].map((e) => {
      if (e.state === "open") return { code: e.code, state: "unknown", seen: e.seen };
      const doubted = e.state === "refused" && this.#doubt.closesAreNoise && isSoft(e.seen);
      return { code: e.code, state: doubted ? "unknown" : e.state, seen: e.seen };
    });
  }

  fly(codes: readonly number[], inFlight: boolean): void {
    for (const entry of this.#these(codes)) entry.inFlight = inFlight;
  }

  accept(code: number, seen: Seen): void {
    const entry = this.#entries.get(code);
    if (entry === undefined) return;
    const flipsNow = entry.before === false && entry.leaning === undefined && entry.state === "open";
    if (flipsNow) entry.leaning = "accepted";
    else entry.state = "accepted";
    if (entry.seen.what !== "hello") entry.seen = seen;
  }

  refuse(codes: readonly number[], seen: Seen): void {
    for (const entry of this.#these(codes).filter(isDoubtable)) {
      if (entry.before === true && entry.leaning === undefined) Object.assign(entry, { state: "open", leaning: "refused" });
      else entry.state = entry.leaning === "accepted" ? "unknown" : "refused";
      entry.seen = seen;
    }
  }

  lose(codes: readonly number[], seen: Seen, tries = RETRIES): void {
    for (const entry of this.#these(codes).filter(isDoubtable)) {
      entry.lost++;
      if (isOpen(entry) || entry.lost >= tries) entry.seen = seen;
      if (entry.lost >= tries) entry.state = "unknown";
    }
  }

  odd(codes: readonly number[], seen: Seen): void {
    this.lose(codes, seen, ODDITIES);
  }

  /** Not to be asked at this depth, or impossible to find out. */
  drop(codes: readonly number[] = this.#codes(isOpen), seen: Seen = NOT_ASKED): void {
    for (const entry of this.#these(codes).filter(isOpen)) {
      entry.state = "unknown";
      entry.seen = seen;
    }
  }

  /** Answered one way and the other. */
  contradict(code: number, seen: Seen): void {
    for (const entry of this.#these([code])) Object.assign(entry, { state: "unknown", seen });
  }

  /** What could not be found out may be asked again. */
  retry(codes: readonly number[]): void {
    for (const entry of this.#these(codes)) if (entry.state === "unknown") entry.state = "open";
  }

  /** The refusals, or what was remembered, no longer hold: ask again. */
  reopen(state: "refused" | "remembered", codes?: readonly number[]): void {
    for (const entry of codes === undefined ? this.#entries.values() : this.#these(codes)) {
      if (state === "refused" ? entry.state !== "refused" : entry.seen.what !== "remembered") continue;
      entry.state = "open";
      entry.seen = NOT_ASKED;
    }
  }

  #codes(which: (entry: Entry) => boolean): number[] {
    return [...this.#entries.values()].filter(which).map((entry) => entry.code);
  }

  #these(codes: readonly number[]): Entry[] {
    return codes.flatMap((code) => this.#entries.get(code) ?? []);
  }
}

function isOpen(entry: Entry): boolean {
  return entry.state === "open";
}

function isRemembered({ state, seen }: Entry): boolean {
  return state === "accepted" && seen.what === "remembered";
}

function isDoubtable(entry: Entry): boolean {
  return isOpen(entry) || isRemembered(entry);
}

function entryOf(code: number, before: boolean | undefined, keep: boolean): Entry {
  const kept = keep && before === true;
  return {
    code,
    before,
    state: kept ? "accepted" : "open",
    seen: kept ? { what: "remembered" } : NOT_ASKED,
    lost: 0,
    inFlight: false,
  };
}
