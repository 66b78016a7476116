import type { ChangeSide, VerdictRecord } from "../../model/finding.ts";
import type { Verdict } from "../../model/rule.ts";

/** Nothing was learned: neither good nor bad. */
export function isBlind(verdict: Verdict): boolean {
  return verdict === "unobserved" || verdict === "error";
}

/** A verdict as one side of a change. */
export function sideOf(verdict: VerdictRecord | undefined): ChangeSide {
  if (verdict === undefined) return {};
  const { outcome, severity, reason } = verdict;
  return {
    verdict: verdict.verdict,
    outcome,
    ...(severity === undefined ? {} : { severity }),
    ...(reason === undefined ? {} : { reason }),
  };
}
