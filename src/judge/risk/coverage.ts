import type { JudgedResult } from "../../model/rule.ts";

export interface CoverageCounts {
  /** pass and fail. */
  readonly reached: number;
  /** Reached, unobserved and error. */
  readonly applicable: number;
}

/**
 * How much of what was asked got an answer. Questions that do not apply, and those whose evidence nobody asked for
 * (`not_requested`: authProof none, a shallower depth), stand on neither side.
 */
export function coverageCounts(results: readonly Pick<JudgedResult, "verdict" | "reason">[]): CoverageCounts {
  const asked = results.filter(({ verdict, reason }) => verdict !== "not-applicable" && reason !== "not_requested");
  return { reached: asked.filter(({ verdict }) => verdict === "pass" || verdict === "fail").length, applicable: asked.length };
}

/** 0 to 1, to three places; null when nothing was applicable. */
export function coverageOf({ reached, applicable }: CoverageCounts): number | null {
  return applicable === 0 ? null : Math.round((reached / applicable) * 1000) / 1000;
}

/** 0 to 100, rounded down: what is not whole is not called whole. */
export function wholePercent(coverage: number): number {
  return Math.floor(coverage * 100 + FLOATING);
}

/** 0.29 * 100 is 28.999999999999996. */
const FLOATING = 1e-9;
