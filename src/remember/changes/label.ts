import type { Change, FindingLabel, FindingRecord } from "../../model/finding.ts";

/** Where a finding is looked at from. */
export interface LabelContext {
  /** Run that is reported; undefined when history is read without one. */
  readonly run?: string;
  /** What this run changed about the finding. */
  readonly change?: Pick<Change, "kind">;
}

/** One word for people, from presence, triage, sight and what the run changed. */
export function labelOf(finding: FindingRecord, { run, change }: LabelContext): FindingLabel {
  if (finding.presence === "resolved") return "fixed";
  if (finding.presence === "retired") return "retired";
  if (PUT_ASIDE.has(finding.triage)) return "accepted";
  if (isOutOfSight(finding, run)) return "unverified";
  if (finding.presence === "suspect") return "unconfirmed";
  if (change?.kind === "worse" || change?.kind === "reopened") return change.kind;
  return change?.kind === "new" || change?.kind === "newly-detected" || wasSeenOnce(finding) ? "new" : "open";
}

function isOutOfSight({ unobservedSince, lastRunApplied }: FindingRecord, run: string | undefined): boolean {
  return unobservedSince !== undefined || (run !== undefined && lastRunApplied !== run);
}

/** Also in the first audit of an integration, whose findings are not changes. */
function wasSeenOnce({ firstSeenAt, openedAt, lastSeenAt }: FindingRecord): boolean {
  return firstSeenAt === lastSeenAt && openedAt === lastSeenAt;
}

const PUT_ASIDE: ReadonlySet<FindingRecord["triage"]> = new Set(["accepted", "false_positive", "not_applicable"]);
