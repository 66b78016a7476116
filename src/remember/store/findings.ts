import type { Database } from "better-sqlite3";
import type { FindingRecord, Triage } from "../../model/finding.ts";
import type { FindingFilter } from "../../model/history-store.ts";
import { appendEvent } from "./events.ts";
import { prepared } from "./statements.ts";

/** Writes the machine's side of a finding; what people decided stands in `triage` and is not touched. True when it was not known. */
export function recordFinding(db: Database, track: number, finding: FindingRecord): boolean {
  const known = prepared(db, "SELECT 1 FROM finding WHERE track_id = ? AND fingerprint = ?").get(track, finding.fingerprint);
  prepared(
    db,
    `INSERT INTO finding(track_id, fingerprint, rule, rule_revision, subject, presence, severity, outcome, title, message, confidence,
       cause, streak, flaps, reopened, first_seen_at, opened_at, last_seen_at, resolved_at, unobserved_since, due_at, last_run_applied)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM run WHERE ulid = ?))
     ON CONFLICT(track_id, fingerprint) DO UPDATE SET rule_revision = excluded.rule_revision, presence = excluded.presence,
       severity = excluded.severity, outcome = excluded.outcome, title = excluded.title, message = excluded.message,
       confidence = excluded.confidence, cause = excluded.cause, streak = excluded.streak, flaps = excluded.flaps,
       reopened = excluded.reopened, first_seen_at = excluded.first_seen_at, opened_at = excluded.opened_at,
       last_seen_at = excluded.last_seen_at, resolved_at = excluded.resolved_at, unobserved_since = excluded.unobserved_since,
       due_at = excluded.due_at, last_run_applied = excluded.last_run_applied`,
  ).run(
    track,
    finding.fingerprint,
    finding.rule,
    finding.ruleRevision,
    finding.subject,
    finding.presence,
    finding.severity,
    finding.outcome,
    finding.title,
    finding.message,
    finding.confidence,
    finding.cause,
    finding.streak,
    finding.flaps,
    finding.reopened,
    finding.firstSeenAt,
    finding.openedAt ?? null,
    finding.lastSeenAt,
    finding.resolvedAt ?? null,
    finding.unobservedSince ?? null,
    finding.dueAt ?? null,
    finding.lastRunApplied,
  );
  return known === undefined;
}

export function findingsOfTrack(db: Database, track: number): readonly FindingRecord[] {
  return prepared<[number], FindingRow>(db, `${SELECT} WHERE finding.track_id = ? ORDER BY finding.rule, finding.subject`)
    .all(track)
    .map(findingOf);
}

/** Those that are open now, and those that `run` touched last. */
export function findingsLeftBy(db: Database, track: number, run: number): readonly FindingRecord[] {
  return prepared<[number, number], FindingRow>(
    db,
    `${SELECT} WHERE finding.track_id = ? AND (finding.presence IN ('suspect', 'open', 'clearing') OR finding.last_run_applied = ?)
     ORDER BY finding.rule, finding.subject`,
  )
    .all(track, run)
    .map(findingOf);
}

/** Across vantages: of a finding that several saw, the side that was applied last. `integration` is an id or a uid. */
export function listFindings(db: Database, filter: FindingFilter): readonly FindingRecord[] {
  const rows = prepared<unknown[], FindingRow>(
    db,
    `${SELECT} WHERE ${NEWEST_SIDE} AND (? IS NULL OR integration.slug = ? OR integration.uid = ?) AND (? IS NULL OR finding.rule = ?)
     ORDER BY integration.slug, finding.rule, finding.subject`,
  ).all(filter.integration ?? null, filter.integration ?? null, filter.integration ?? null, filter.rule ?? null, filter.rule ?? null);
  return rows.map(findingOf).filter(({ presence }) => filter.presence?.includes(presence) ?? true);
}

/** By fingerprint, or by a prefix of at least 6 digits that only one finding has. */
export function findFinding(db: Database, fingerprint: string): FindingRecord | undefined {
  const digits = fingerprint.toLowerCase();
  if (digits.length < MIN_PREFIX) return undefined;
  const rows = prepared<[string, number, string], FindingRow>(
    db,
    `${SELECT} WHERE ${NEWEST_SIDE} AND finding.fingerprint >= ? AND substr(finding.fingerprint, 1, ?) = ? LIMIT 2`,
  ).all(digits, digits.length, digits);
  const [only, another] = rows;
  return only === undefined || another !== undefined ? undefined : findingOf(only);
}

/** What a person decided about a finding, with its event. */
export function recordTriage(
  db: Database,
  fingerprint: string,
  triage: Triage,
  note: { readonly by: string; readonly reason: string; readonly at: number },
): void {
  const integration = prepared<[string], { uid: string }>(
    db,
    `SELECT integration.uid AS uid FROM finding JOIN track ON track.id = finding.track_id
     JOIN integration ON integration.id = track.integration_id WHERE finding.fingerprint = ?`,
  ).get(fingerprint);
  if (integration === undefined) throw new RangeError(`no finding has the fingerprint ${fingerprint.slice(0, 40)}`);
  prepared(
    db,
    `INSERT INTO triage(fingerprint, triage, by, reason, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT(fingerprint) DO UPDATE SET triage = excluded.triage, by = excluded.by, reason = excluded.reason, at = excluded.at`,
  ).run(fingerprint, triage, note.by, note.reason, note.at);
  const detail = { triage, by: note.by, reason: note.reason };
  appendEvent(db, { at: note.at, integration: integration.uid, fingerprint, kind: "triage", detail });
}

interface FindingRow {
  readonly fingerprint: string;
  readonly uid: string;
  readonly slug: string;
  readonly rule: string;
  readonly rule_revision: number;
  readonly subject: string;
  readonly presence: FindingRecord["presence"];
  readonly triage: Triage | null;
  readonly severity: FindingRecord["severity"];
  readonly outcome: string;
  readonly title: string;
  readonly message: string;
  readonly confidence: number;
  readonly cause: FindingRecord["cause"];
  readonly streak: number;
  readonly flaps: number;
  readonly reopened: number;
  readonly first_seen_at: number;
  readonly opened_at: number | null;
  readonly last_seen_at: number;
  readonly resolved_at: number | null;
  readonly unobserved_since: number | null;
  readonly due_at: number | null;
  readonly run: string;
}

function findingOf(row: FindingRow): FindingRecord {
  return {
    fingerprint: row.fingerprint,
    integrationUid: row.uid,
    integrationId: row.slug,
    rule: row.rule,
    ruleRevision: row.rule_revision,
    subject: row.subject,
    presence: row.presence,
    triage: row.triage ?? "none",
    severity: row.severity,
    outcome: row.outcome,
    title: row.title,
    message: row.message,
    confidence: row.confidence,
    cause: row.cause,
    streak: row.streak,
    flaps: row.flaps,
    reopened: row.reopened,
    firstSeenAt: row.first_seen_at,
    ...(row.opened_at === null ? {} : { openedAt: row.opened_at }),
    lastSeenAt: row.last_seen_at,
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
    ...(row.unobserved_since === null ? {} : { unobservedSince: row.unobserved_since }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    lastRunApplied: row.run,
  };
}

const SELECT = `SELECT finding.*, integration.uid AS uid, integration.slug AS slug, run.ulid AS run, triage.triage AS triage
  FROM finding JOIN track ON track.id = finding.track_id JOIN integration ON integration.id = track.integration_id
  JOIN run ON run.id = finding.last_run_applied LEFT JOIN triage ON triage.fingerprint = finding.fingerprint`;

const NEWEST_SIDE = `finding.id = (SELECT side.id FROM finding AS side WHERE side.fingerprint = finding.fingerprint
  ORDER BY side.last_run_applied DESC, side.id DESC LIMIT 1)`;

const MIN_PREFIX = 6;
