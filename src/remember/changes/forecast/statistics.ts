import { type Confidence, type Estimate, LEAST_FOR_A_HABIT } from "../../../model/forecast.ts";

/** Robust and small: series are short, and one strange value must not move an answer. */

/** Middle of a list that is not empty; the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Median absolute deviation from the median, unscaled: half of the values lie within it. */
export function medianDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}

/** `spread` is the relative deviation of what was observed, 0 where that has none. */
export function confidenceOf(n: number, spread = 0): Confidence {
  if (n < LEAST_FOR_A_HABIT) return "none";
  const steps: readonly Confidence[] = ["low", "medium", "high"];
  const byNumber = n < MEDIUM_FROM ? 0 : n < HIGH_FROM ? 1 : 2;
  const lost = spread > WIDE ? 2 : spread > FAIR ? 1 : 0;
  return steps[Math.max(0, byNumber - lost)] ?? "low";
}

/** Share of `hits` in `n`, with the Wilson score interval of 95 % (E. B. Wilson, 1927), which stays inside 0..1 for small n. */
export function shareOf(hits: number, n: number): Estimate {
  const centre = (hits + Z ** 2 / 2) / (n + Z ** 2);
  const half = (Z / (n + Z ** 2)) * Math.sqrt((hits * (n - hits)) / n + Z ** 2 / 4);
  return { value: (hits + 0.5) / (n + 1), low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Events per unit of time, for `n` events in `exposure` units, with the exact Poisson interval of 95 % (F. Garwood, 1936). */
export function rateOf(n: number, exposure: number): Estimate {
  const low = n === 0 ? 0 : chiSquare(-Z, 2 * n) / 2;
  return { value: n / exposure, low: low / exposure, high: chiSquare(Z, 2 * n + 2) / 2 / exposure };
}

/** Quantile of the chi-square distribution at the normal quantile `z`, as E. B. Wilson and M. M. Hilferty approximate it (1931). */
function chiSquare(z: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * Math.max(0, 1 - spread + z * Math.sqrt(spread)) ** 3;
}

export interface Duration {
  readonly ms: number;
  /** False where it was not seen to end: it lasted at least this long. */
  readonly ended: boolean;
}

/** Median that counts what has not ended yet (E. L. Kaplan and P. Meier, 1958); undefined where less than half has ended. */
export function medianDuration(durations: readonly Duration[]): number | undefined {
  const sorted = [...durations].sort((a, b) => a.ms - b.ms || Number(b.ended) - Number(a.ended));
  let surviving = 1;
  for (const [index, { ms, ended }] of sorted.entries()) {
    if (ended) surviving *= 1 - 1 / (sorted.length - index);
    if (surviving <= 0.5 + ROUNDING) return ms;
  }
  return undefined;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;
const ROUNDING = 1e-9;
const MEDIUM_FROM = 6;
const HIGH_FROM = 10;
const FAIR = 0.1;
const WIDE = 0.25;
