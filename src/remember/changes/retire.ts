import type { Cause, FindingRecord, HistoryEvent, Retirement } from "../../model/finding.ts";
import { isLive } from "./presence.ts";

/** Ends findings that nobody will ask about any more (history.md 1.3, row 12). Retired is not resolved: nobody saw that it is well. */
export function retire(
  findings: readonly FindingRecord[],
  run: string,
  why: (finding: FindingRecord) => Retirement | undefined,
): { readonly findings: readonly FindingRecord[]; readonly events: readonly HistoryEvent[] } {
  const ended = findings.filter(isLive).flatMap((finding) => {
    const retired = why(finding);
    return retired === undefined ? [] : [{ finding, retired }];
  });
  return {
    findings: ended.map(({ finding, retired }) => retiredFinding(finding, retired, run)),
    events: ended.map(({ finding, retired }) => ({
      fingerprint: finding.fingerprint,
      kind: "retired",
      cause: causeOf(retired),
      detail: {
        rule: finding.rule,
        subject: finding.subject,
        before: { presence: finding.presence },
        after: { presence: "retired" },
        why: retired,
      },
    })),
  };
}

function retiredFinding(finding: FindingRecord, retired: Retirement, run: string): FindingRecord {
  const { streakAt: _over, opensAs: _not, unobservedSince: _seen, staleSince: _told, ...rest } = finding;
  return { ...rest, presence: "retired", retired, cause: causeOf(retired), streak: 0, blindRuns: 0, lastRunApplied: run };
}

function causeOf(retired: Retirement): Cause {
  return retired === "rule_removed" ? "rules" : "config";
}
