/** Milliseconds since the epoch, UTC. Durations are milliseconds too. */
export type Instant = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ISO 8601 in UTC without fractions: 2026-11-23T19:10:00Z. */
export function isoInstant(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** Calendar day in UTC: 2026-11-23. */
export function isoDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The last day before an end: what ends with a day ends when the next one begins. */
export function lastDayOf(end: Instant): string {
  return isoDay(end - 1);
}

/** Source of time. Injected everywhere, so that a test owns the clock. */
export interface Clock {
  now(): Instant;
  /** Monotonic milliseconds, for durations only. */
  monotonic(): number;
}
