import type { FindingRecord } from "../../model/finding.ts";
import type { Instant } from "../../model/instant.ts";
import { type Severity, severityRank } from "../../model/severity.ts";

/** Two dates, because who suffers and who can mend are different people (history.md 1.7). */
export interface DueDates {
  /** Ask the provider by. */
  readonly contactBy?: Instant;
  /** Mitigate or accept by. */
  readonly dueAt?: Instant;
}

/** Fixed when it opened; moves only with the severity, and never later unless that falls. */
export function dueAfterSeverity(former: FindingRecord, severity: Severity, due: DueDates): DueDates {
  const rise = severityRank(severity) - severityRank(former.severity);
  if (rise === 0) return datesOf(former);
  if (rise < 0) return due;
  return dates(earlier(due.contactBy, former.contactBy), earlier(due.dueAt, former.dueAt));
}

/** What was left when it was resolved is what is left now. `due`: what the dates would be if it opened now. */
export function dueAfterReopening(former: FindingRecord, resolvedAt: Instant | undefined, due: DueDates, at: Instant): DueDates {
  return resolvedAt === undefined ? due : resumed(former, resolvedAt, due, at);
}

/** The clock stands still while a finding is accepted. `due`: what the dates would be if it opened now. */
export function dueAfterAcceptance(former: FindingRecord, acceptedAt: Instant, due: DueDates, at: Instant): DueDates {
  return resumed(former, acceptedAt, due, at);
}

function resumed(former: DueDates, stoppedAt: Instant, due: DueDates, at: Instant): DueDates {
  const resume = (then: Instant | undefined, whole: Instant | undefined) =>
    then === undefined || whole === undefined ? whole : at + withinTheWhole(then - stoppedAt, whole - at);
  return dates(resume(former.contactBy, due.contactBy), resume(former.dueAt, due.dueAt));
}

/** A third of the whole time at least, and never more than all of it. */
function withinTheWhole(left: number, whole: number): number {
  return Math.min(Math.max(left, whole / 3), whole);
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || b === undefined ? a : Math.min(a, b);
}

function datesOf({ contactBy, dueAt }: DueDates): DueDates {
  return dates(contactBy, dueAt);
}

function dates(contactBy: Instant | undefined, dueAt: Instant | undefined): DueDates {
  return {
    ...(contactBy === undefined ? {} : { contactBy: Math.round(contactBy) }),
    ...(dueAt === undefined ? {} : { dueAt: Math.round(dueAt) }),
  };
}
