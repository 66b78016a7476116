import type { Cause, Change, ChangeKind, VerdictRecord } from "../../model/finding.ts";
import { fingerprint } from "../../model/fingerprint.ts";
import type { AuditRecord } from "../../model/history-store.ts";
import { severityRank } from "../../model/severity.ts";
import { causeOf, causeOfLostSight, causeOfRegainedSight, causeOfUnasked } from "./cause.ts";
import type { OldEvidence } from "./old-evidence.ts";
import { isBlind, sideOf } from "./side.ts";
import { wasLookedAt } from "./sight.ts";

/**
 * What differs between two runs of the same vantage, by integration, rule and subject, from their verdicts alone.
 * `oldEvidenceOf` an integration is that of the earlier run; without it a change of ours is blamed before the provider.
 * An integration that only one of them audited, and a question that only the earlier one asked, is not a change.
 */
export function compareRuns(
  before: readonly AuditRecord[],
  after: readonly AuditRecord[],
  oldEvidenceOf: (uid: string) => OldEvidence = cannotTell,
): readonly Change[] {
  const earlier = new Map(before.map((audit) => [audit.uid, audit]));
  return after.flatMap((audit) => {
    const old = earlier.get(audit.uid);
    return old === undefined ? [] : compareAudits(old, audit, oldEvidenceOf(audit.uid));
  });
}

function compareAudits(before: AuditRecord, after: AuditRecord, evidence: OldEvidence): readonly Change[] {
  return after.verdicts.flatMap((verdict) => {
    const old = before.verdicts.find(({ rule, subject }) => rule === verdict.rule && subject === verdict.subject);
    const difference = old === undefined ? appearance(before.verdicts, verdict, evidence) : differenceOf(old, verdict, evidence);
    if (difference === undefined) return [];
    return [
      {
        fingerprint: fingerprint(after.uid, verdict.rule, verdict.subject),
        integration: after.integrationId,
        rule: verdict.rule,
        subject: verdict.subject,
        ...difference,
        before: sideOf(old),
        after: sideOf(verdict),
      },
    ];
  });
}

type Difference = Pick<Change, "kind" | "cause">;

/** Of a question that the earlier run did not ask. */
function appearance(before: readonly VerdictRecord[], verdict: VerdictRecord, evidence: OldEvidence): Difference | undefined {
  if (verdict.verdict !== "fail") return undefined;
  const cause = causeOfUnasked(before, verdict, evidence);
  const isNews = wasLookedAt(verdict, before, evidence.rejudge(verdict.rule, verdict.subject));
  return isNews ? appeared(cause) : { kind: "newly-detected", cause };
}

function differenceOf(old: VerdictRecord, verdict: VerdictRecord, evidence: OldEvidence): Difference | undefined {
  const wasOpen = old.verdict === "fail";
  if (isBlind(verdict.verdict)) return wasOpen ? { kind: "lost-sight", cause: causeOfLostSight(old, verdict) } : undefined;
  if (verdict.verdict !== "fail") return wasOpen ? { kind: "resolved", cause: causeOf(old, verdict, evidence) } : undefined;
  if (isBlind(old.verdict)) return { kind: "regained-sight", cause: causeOfRegainedSight(old, verdict) };
  if (!wasOpen) return appeared(causeOf(old, verdict, evidence));
  const kind = differenceOfFailures(old, verdict);
  return kind === undefined ? undefined : { kind, cause: causeOf(old, verdict, evidence) };
}

function appeared(cause: Cause): Difference {
  return { kind: cause === "target" || cause === "time" ? "new" : "newly-detected", cause };
}

function differenceOfFailures(old: VerdictRecord, verdict: VerdictRecord): ChangeKind | undefined {
  const rise = severityRank(verdict.severity ?? "info") - severityRank(old.severity ?? "info");
  if (rise !== 0) return rise > 0 ? "worse" : "improved";
  return old.outcome === verdict.outcome ? undefined : "changed";
}

const cannotTell = (): OldEvidence => ({ rejudge: () => undefined });
