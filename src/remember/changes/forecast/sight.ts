import type { Sighting } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { median } from "./statistics.ts";

/** One audit of an integration: did it see anything? */
export interface Look {
  readonly at: Instant;
  readonly seen: boolean;
}

/** A stretch in which nothing was seen: neither end of it says what happened inside. */
export interface SightGap {
  /** Last sight before, and first sight after; absent where there was none. */
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Stretches without sight: audits that saw nothing, and time in which nobody looked for much longer than usual. The order of `looks` does not matter. */
export function sightGaps(looks: readonly Look[]): readonly SightGap[] {
  const sorted = [...looks].sort((a, b) => a.at - b.at);
  const longest = longestUsual(sorted);
  const gaps: SightGap[] = [];
  let last: Instant | undefined;
  let blind = false;
  for (const { at, seen } of sorted) {
    if (!seen) {
      blind = true;
      continue;
    }
    if (blind || (last !== undefined && at - last > longest)) gaps.push({ ...(last === undefined ? {} : { from: last }), to: at });
    blind = false;
    last = at;
  }
  return blind ? [...gaps, last === undefined ? {} : { from: last }] : gaps;
}

function timeInSight(looks: readonly Look[]): number {
  const seen = looks.filter((look) => look.seen).map(({ at }) => at);
  if (seen.length === 0) return 0;
  const whole = seen.reduce((most, at) => Math.max(most, at)) - seen.reduce((least, at) => Math.min(least, at));
  const lost = sightGaps(looks).reduce((sum, { from, to }) => sum + (from === undefined || to === undefined ? 0 : to - from), 0);
  return whole - lost;
}

/** What history has seen: for how long, and where it was blind. */
export interface Sight {
  /** Time in which a change would have been noticed: from the first to the last sight, without the gaps. */
  readonly observedMs: number;
  /** First sights after a gap: what was noticed then has no date, and is in no rate. */
  readonly afterGaps: ReadonlySet<Instant>;
}

export function sightOf(looks: readonly Look[]): Sight {
  return { observedMs: timeInSight(looks), afterGaps: new Set(sightGaps(looks).flatMap(({ to }) => to ?? [])) };
}

/** Whether one of `instants` lies where the sighting began: then it may be their doing. */
export function beganAround({ seenBefore, firstAt }: Sighting, instants: readonly Instant[]): boolean {
  return instants.some((instant) => instant > (seenBefore ?? firstAt) && instant <= firstAt);
}

function longestUsual(sorted: readonly Look[]): number {
  const steps = sorted.slice(1).map(({ at }, index) => at - (sorted[index]?.at ?? at));
  return steps.length === 0 ? Number.POSITIVE_INFINITY : Math.max(3 * median(steps), SHORTEST_GAP);
}

const SHORTEST_GAP = 2 * DAY;
