import { DAY, HOUR, MINUTE, SECOND } from "./instant.ts";

/** "90s", "90m", "36h", "7d", "2w" in milliseconds; undefined for everything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (UNITS[unit] ?? Number.NaN);
}

/** The same the other way round, in the largest unit that keeps it exact: 36 hours are "36h", 48 are "2d". Parts of a second are dropped. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / SECOND) * SECOND;
  const [unit, size] = WRITTEN.find(([, size]) => seconds >= size && seconds % size === 0) ?? ["s", SECOND];
  return `${seconds / size}${unit}`;
}

const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const WRITTEN = [
  ["d", DAY],
  ["h", HOUR],
  ["m", MINUTE],
] as const;
