import type { FindingRecord } from "../../model/finding.ts";
import { DAY, HOUR, type Instant } from "../../model/instant.ts";

/** How many observations, some time apart, a change of presence takes (history.md 1.3, rows 2, 3 and 8). */
export interface Confirmation {
  readonly open: number;
  readonly resolve: number;
}

/** One sight proves that something is there; that it is gone takes two. */
export const CONFIRM_ONCE: Confirmation = { open: 1, resolve: 2 };

/** Observations nearer to one another than this are one: a repeat in the same run proves little. */
export const SUSPECT_GAP = HOUR;
/** Roll-outs of a CDN show the old and the new side in turn for hours. */
export const RESOLVE_GAP = 12 * HOUR;

/** Counts an observation towards the next presence, if it is far enough from the one that counted before. */
export function nextStreak(
  { streak, streakAt = Number.NEGATIVE_INFINITY }: Pick<FindingRecord, "streak" | "streakAt">,
  observedAt: Instant,
  gap: number,
): { readonly streak: number; readonly streakAt: Instant } {
  return observedAt - streakAt >= gap ? { streak: streak + 1, streakAt: observedAt } : { streak, streakAt };
}

export function isConfirmed(streak: number, needed: number): boolean {
  return streak >= needed;
}

/** Out of sight for so long, and so often, that somebody should know (row 11). */
export function isStale(
  { unobservedSince, blindRuns }: { readonly unobservedSince: Instant; readonly blindRuns: number },
  at: Instant,
): boolean {
  return blindRuns >= STALE_AFTER_RUNS && at - unobservedSince >= STALE_AFTER;
}

/** Adds a failure after a pass, if the pass is not long ago (`passedAt`), and forgets those that are. */
export function withFlap(flaps: readonly Instant[], at: Instant, passedAt: Instant = at): readonly Instant[] {
  const recent = flaps.filter((flap) => at - flap < FLAP_WINDOW);
  return at - passedAt < FLAP_WINDOW ? [...recent, at].slice(-MOST_FLAPS) : recent;
}

/** It comes and goes: people are told of that once, and not of every turn. */
export function isUnstable({ flaps }: Pick<FindingRecord, "flaps">, at: Instant): boolean {
  return flaps.filter((flap) => at - flap < FLAP_WINDOW).length >= UNSTABLE_FLAPS;
}

/** A week of nights: they begin some seconds earlier or later than the one before. */
const STALE_AFTER = 7 * DAY - HOUR;
const STALE_AFTER_RUNS = 3;
const FLAP_WINDOW = 21 * DAY;
const UNSTABLE_FLAPS = 3;
const MOST_FLAPS = 21;
