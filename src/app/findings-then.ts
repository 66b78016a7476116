import { CAUSES, CHANGE_KINDS, type Change, type ChangeSide, type FindingRecord, TRIAGES, type VerdictRecord } from "../model/finding.ts";
import type { ReportableAudit, RunEvent } from "../model/history-store.ts";

/** The findings as they were after an audit: as they stand where no later one came, else from the events until then. */
export function findingsThen(audit: ReportableAudit): readonly FindingRecord[] {
  if (audit.newest) return audit.findings;
  return audit.findings.flatMap((finding) => {
    const events = audit.events.filter(({ fingerprint }) => fingerprint === finding.fingerprint);
    return findingThen(finding, audit, events);
  });
}

/** What an audit changed, from its events. An event that is no change (a first audit opens without one) is left out. */
export function changesOf(audit: ReportableAudit): readonly Change[] {
  const findings = new Map(audit.findings.map((finding) => [finding.fingerprint, finding]));
  return audit.events.flatMap((event) => {
    const finding = event.fingerprint === undefined ? undefined : findings.get(event.fingerprint);
    const kind = CHANGE_KINDS.find((word) => word === event.kind);
    const cause = CAUSES.find((word) => word === event.cause);
    if (event.run !== audit.run || finding === undefined || kind === undefined || cause === undefined) return [];
    const { fingerprint, rule, subject } = finding;
    return [{ fingerprint, integration: audit.integrationId, rule, subject, kind, cause, ...sidesOf(event) }];
  });
}

/** Nothing for one of which nothing had happened by then. */
function findingThen(now: FindingRecord, audit: ReportableAudit, events: readonly RunEvent[]): readonly FindingRecord[] {
  const steps = events.map((event) => ({ event, ...sidesOf(event) })).filter(({ after }) => after.presence !== undefined);
  const last = steps.at(-1);
  const presence = last?.after.presence;
  if (last === undefined || presence === undefined) return [];
  const isThis = ({ rule, subject }: VerdictRecord) => rule === now.rule && subject === now.subject;
  const verdict = audit.verdicts.find(isThis);
  const isBlind = verdict?.verdict === "unobserved" || verdict?.verdict === "error";
  const failed = verdict?.verdict === "fail" ? { verdict, at: audit.at } : audit.failedBefore.find((one) => isThis(one.verdict));
  const opened = steps.findLast(({ before, after }) => after.presence === "open" && !isOpen(before))?.event.at;
  const severity = failed?.verdict.severity ?? now.severity;
  const { openedAt: _opened, resolvedAt: _resolved, unobservedSince: _unseen, dueAt, contactBy, ...rest } = now;
  const isSameDue = dueAt !== undefined && opened === now.openedAt && severity === now.severity;
  return [
    {
      ...rest,
      ...(failed === undefined ? {} : wordsOf(failed.verdict, now)),
      severity,
      presence,
      triage: triageOf(events),
      cause: CAUSES.find((word) => word === last.event.cause) ?? now.cause,
      lastSeenAt: failed?.at ?? now.firstSeenAt,
      // Of what passed there is no verdict to tell; what is clearing passed, or was not asked.
      lastRunApplied: verdict === undefined && presence !== "clearing" ? "" : audit.run,
      ...(opened === undefined ? {} : { openedAt: opened }),
      ...(presence === "resolved" ? { resolvedAt: last.event.at } : {}),
      ...(isBlind ? { unobservedSince: last.event.kind === "lost-sight" ? last.event.at : audit.at } : {}),
      // When it had to be dealt with is kept for the present only: it holds for then where neither it nor its severity moved since.
      ...(isSameDue ? { dueAt } : {}),
      ...(isSameDue && contactBy !== undefined ? { contactBy } : {}),
    },
  ];
}

function wordsOf(verdict: VerdictRecord, now: FindingRecord) {
  const { ruleRevision, outcome, title = now.title, message = now.message, confidence } = verdict;
  return { ruleRevision, outcome, title, message, confidence };
}

/** The last decision, unless a run ended it. */
function triageOf(events: readonly RunEvent[]): FindingRecord["triage"] {
  const decided = events.map(({ kind, detail }) => ({ kind, word: parsed(detail)["triage"] })).findLast(({ word }) => word !== undefined);
  return decided?.kind === "triage" ? (TRIAGES.find((triage) => triage === decided.word) ?? "none") : "none";
}

function isOpen({ presence }: ChangeSide): boolean {
  return presence === "open" || presence === "clearing";
}

function sidesOf({ detail }: RunEvent): { readonly before: ChangeSide; readonly after: ChangeSide } {
  const { before, after } = parsed(detail);
  return { before: sideOf(before), after: sideOf(after) };
}

/** As the store wrote it, from a side of ours. */
function sideOf(value: unknown): ChangeSide {
  return typeof value === "object" && value !== null ? (value as ChangeSide) : {};
}

function parsed(detail: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(detail ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
