import { type DriftForecast, LEAST_FOR_A_HABIT, type Sighting } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { beganAround, type Sight } from "./sight.ts";
import { confidenceOf, rateOf } from "./statistics.ts";

/** One state of a configuration, by its digest, at a place. */
export interface StateSighting extends Sighting {
  readonly place: string;
}

/**
 * How often a configuration is changed to something that was not seen before, a quarter. Returning to an old state does not count, nor
 * does a new one in a place's first LEARNING days: edges that answer differently take turns. Nor does what came while our own eyes
 * changed (`toolChanges`). Changes less than a day apart are one change.
 */
export function driftForecast(
  what: DriftForecast["what"],
  sightings: readonly StateSighting[],
  toolChanges: readonly Instant[],
  { observedMs, afterGaps }: Sight,
): DriftForecast | undefined {
  if (sightings.length === 0) return undefined;
  const learnt = new Map<string, Instant>();
  for (const { place, firstAt } of sightings)
    learnt.set(place, Math.min(firstAt + LEARNING, learnt.get(place) ?? Number.POSITIVE_INFINITY));
  const changes = sightings.filter(
    (sighting) => sighting.firstAt > (learnt.get(sighting.place) ?? sighting.firstAt) && !beganAround(sighting, toolChanges),
  );
  const all = changes.map(({ firstAt }) => firstAt);
  const dated = all.filter((instant) => !afterGaps.has(instant));
  const n = separate(dated);
  const lastAt = dated.reduce<Instant | undefined>((last, instant) => Math.max(last ?? instant, instant), undefined);
  return {
    question: "drift",
    n,
    confidence: confidenceOf(n),
    what,
    undated: separate(all) - n,
    observedMs,
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(n < LEAST_FOR_A_HABIT || observedMs <= 0 ? {} : { perQuarter: rateOf(n, observedMs / QUARTER) }),
  };
}

/** How many of the instants are a day or more after the one before. */
function separate(instants: readonly Instant[]): number {
  const sorted = [...instants].sort((a, b) => a - b);
  return sorted.filter((instant, index) => instant - (sorted[index - 1] ?? Number.NEGATIVE_INFINITY) >= DAY).length;
}

const LEARNING = 14 * DAY;
const QUARTER = 91.3125 * DAY;
