import { OUR_SIDE } from "../../model/our-side.ts";
import type { JudgedResult } from "../../model/rule.ts";

export interface CoverageCounts {
  /** pass and fail. */
  readonly reached: number;
  /** Reached, unobserved and error. */
  readonly applicable: number;
}

/**
 * How much of what was asked got an answer. Questions that do not apply, and those whose evidence nobody asked for
 * (`not_requested`: authProof none, a shallower depth), stand on neither side; nor do those about a credential of ours that nobody bound, which is the
 * user's decision and says nothing of how much of the provider was seen; nor those that did not apply when they were answered last: a provider that is
 * down has no more questions than one that is up.
 */
export function coverageCounts(
  results: readonly Pick<JudgedResult, "rule" | "subject" | "verdict" | "reason" | "evidence">[],
  before: readonly Pick<JudgedResult, "rule" | "subject" | "verdict">[] = [],
): CoverageCounts {
  const didNotApply = new Set(before.filter(({ verdict }) => verdict === "not-applicable").map(questionOf));
  const asked = results.filter(
    (result) =>
      result.verdict !== "not-applicable" &&
      result.reason !== "not_requested" &&
      !isNotForUs(result) &&
      !(result.verdict === "unobserved" && didNotApply.has(questionOf(result))),
  );
  return { reached: asked.filter(({ verdict }) => verdict === "pass" || verdict === "fail").length, applicable: asked.length };
}

/** 0 to 1, to three places, and 1 only where everything was reached; null when nothing was applicable. */
export function coverageOf({ reached, applicable }: CoverageCounts): number | null {
  if (applicable === 0) return null;
  const rounded = Math.round((reached / applicable) * 1000) / 1000;
  return reached < applicable ? Math.min(rounded, ALMOST_WHOLE) : rounded;
}

function isNotForUs({ reason, evidence }: Pick<JudgedResult, "reason" | "evidence">): boolean {
  return reason === "credential_not_bound" && evidence.length > 0 && evidence.every(({ kind }) => OURS.has(kind));
}

function questionOf({ rule, subject }: Pick<JudgedResult, "rule" | "subject">): string {
  return `${rule} ${subject}`;
}

const OURS: ReadonlySet<string> = new Set(OUR_SIDE);
const ALMOST_WHOLE = 0.999;
