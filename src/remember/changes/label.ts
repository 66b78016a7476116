import type { Change, FindingLabel, FindingRecord } from "../../model/finding.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import { isUnstable } from "./steadiness.ts";
import { isPutAside } from "./waivers.ts";

/** Where a finding is looked at from. */
export interface LabelContext {
  readonly at: Instant;
  /** Run that is reported; undefined when history is read without one. */
  readonly run?: string;
  /** What this run changed about the finding. */
  readonly change?: Pick<Change, "kind">;
  /** When the waiver or decision that puts it aside ends. */
  readonly asideUntil?: Instant;
}

/** One word for people, from presence, triage, sight and what the run changed. */
export function labelOf(finding: FindingRecord, { at, run, change, asideUntil }: LabelContext): FindingLabel {
  if (finding.presence === "resolved") return "fixed";
  if (finding.presence === "retired") return "retired";
  if (isPutAside(finding)) return (asideUntil ?? Number.POSITIVE_INFINITY) - at <= EXPIRING ? "accepted-expiring" : "accepted";
  if (isOutOfSight(finding, run)) return "unverified";
  if (finding.presence === "suspect") return "unconfirmed";
  if (isUnstable(finding, at)) return "unstable";
  if (finding.presence === "clearing") return "clearing";
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

const EXPIRING = 14 * DAY;
