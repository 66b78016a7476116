import type { Confidence, CountdownForecast, Sighting } from "../../../model/forecast.ts";
import type { Instant } from "../../../model/instant.ts";

/** A date on which something was said to end. */
export interface EndSighting extends Sighting {
  /** What ends: an endpoint, mostly. */
  readonly place: string;
  readonly signal: string;
  readonly date: Instant;
  /** When the place was looked at last, whatever it said then. */
  readonly placeSeenAt: Instant;
}

/** Announced ends, the nearest first. Of several dates for the same thing the one that was said last counts; the others are what it moved from. */
export function countdowns(sightings: readonly EndSighting[], now: Instant): readonly CountdownForecast[] {
  const groups = new Map<string, EndSighting[]>();
  for (const sighting of sightings) {
    const key = JSON.stringify([sighting.place, sighting.signal]);
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  return [...groups.values()]
    .map((group) => countdownOf(group, now))
    .sort((a, b) => a.date - b.date || (a.place < b.place ? -1 : 1) || (a.signal < b.signal ? -1 : 1));
}

function countdownOf(sightings: readonly EndSighting[], now: Instant): CountdownForecast {
  const newestFirst = [...sightings].sort((a, b) => b.lastAt - a.lastAt || b.firstAt - a.firstAt || b.date - a.date);
  const [latest, ...before] = newestFirst as [EndSighting, ...EndSighting[]];
  return {
    question: "end",
    n: sightings.length,
    confidence: confidenceAfter(before.length),
    place: latest.place,
    signal: latest.signal,
    date: latest.date,
    left: latest.date - now,
    announcedAt: latest.firstAt,
    standing: latest.lastAt >= latest.placeSeenAt,
    moved: before.map(({ date, firstAt }) => ({ date, announcedAt: firstAt })),
  };
}

/** An announcement is no habit: one is enough, and every move takes from its word. */
function confidenceAfter(moves: number): Confidence {
  if (moves === 0) return "high";
  return moves === 1 ? "medium" : "low";
}
