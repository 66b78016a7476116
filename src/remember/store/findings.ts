import type { Database } from "better-sqlite3";
import { canonicalJson } from "../../model/digest.ts";
import type { Decision, FindingRecord, Triage, WaiverCover } from "../../model/finding.ts";
import type { EndedDecision, FindingFilter } from "../../model/history-store.ts";
import { appendEvent } from "./events.ts";
import { grouped } from "./group-rows.ts";
import { prepared } from "./statements.ts";

/** Writes the machine's side of a finding; what people decided stands in `decision` and is not touched. */
export function recordFinding(db: Database, track: number, finding: FindingRecord): void {
  prepared(
    db,
    `INSERT INTO finding(track_id, fingerprint, rule, rule_revision, subject, presence, severity, outcome, title, message, confidence,
       cause, streak, streak_at, opens_as, flap_times, reopened, first_seen_at, opened_at, last_seen_at, resolved_at, unobserved_since,
       blind_runs, stale_since, retired, contact_by, due_at, cover, last_run_applied)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM run WHERE ulid = ?))
     ON CONFLICT(track_id, fingerprint) DO UPDATE SET rule_revision = excluded.rule_revision, presence = excluded.presence,
       severity = excluded.severity, outcome = excluded.outcome, title = excluded.title, message = excluded.message,
       confidence = excluded.confidence, cause = excluded.cause, streak = excluded.streak, streak_at = excluded.streak_at,
       opens_as = excluded.opens_as, flap_times = excluded.flap_times, reopened = excluded.reopened, first_seen_at = excluded.first_seen_at, opened_at = excluded.opened_at,
       last_seen_at = excluded.last_seen_at, resolved_at = excluded.resolved_at, unobserved_since = excluded.unobserved_since,
       blind_runs = excluded.blind_runs, stale_since = excluded.stale_since, retired = excluded.retired, contact_by = excluded.contact_by,
       due_at = excluded.due_at, cover = excluded.cover, last_run_applied = excluded.last_run_applied`,
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
    finding.streakAt ?? null,
    finding.opensAs ?? null,
    JSON.stringify(finding.flaps),
    finding.reopened,
    finding.firstSeenAt,
    finding.openedAt ?? null,
    finding.lastSeenAt,
    finding.resolvedAt ?? null,
    finding.unobservedSince ?? null,
    finding.blindRuns,
    finding.staleSince ?? null,
    finding.retired ?? null,
    finding.contactBy ?? null,
    finding.dueAt ?? null,
    finding.cover === undefined ? null : canonicalJson(finding.cover),
    finding.lastRunApplied,
  );
}

/** A suspect that was not confirmed leaves its events and nothing else. */
export function forgetFinding(db: Database, track: number, fingerprint: string): void {
  prepared(db, "DELETE FROM finding WHERE track_id = ? AND fingerprint = ?").run(track, fingerprint);
}

export function findingsOfTrack(db: Database, track: number): readonly FindingRecord[] {
  return prepared<[number], FindingRow>(db, `${SELECT} WHERE finding.track_id = ? ORDER BY finding.rule, finding.subject`)
    .all(track)
    .map(findingOf);
}

/** Of the tracks that `run` audited last: those that are open now, and those that it touched last. By track. */
export function findingsLeftBy(db: Database, run: number): ReadonlyMap<number, readonly FindingRecord[]> {
  const rows = prepared<[number, number], FindingRow>(
    db,
    `${SELECT} WHERE finding.track_id IN (SELECT track_id FROM audit WHERE run_id = ? AND NOT ${IS_SUCCEEDED})
       AND (finding.presence IN ('suspect', 'open', 'clearing') OR finding.last_run_applied = ?)
     ORDER BY finding.track_id, finding.rule, finding.subject`,
  ).all(run, run);
  return grouped(
    rows,
    (row) => row.track_id,
    (row) => findingOf(row),
  );
}

/** Of the tracks that `run` audited, and that were audited again since: what had been found by then. By track. */
export function findingsFoundBy(db: Database, run: number): ReadonlyMap<number, readonly FindingRecord[]> {
  const rows = prepared<[number], FindingRow>(
    db,
    `${SELECT} JOIN audit ON audit.track_id = finding.track_id AND audit.run_id = ? AND finding.first_seen_at <= audit.at
     WHERE ${IS_SUCCEEDED} ORDER BY finding.track_id, finding.rule, finding.subject`,
  ).all(run);
  return grouped(
    rows,
    (row) => row.track_id,
    (row) => findingOf(row),
  );
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

/** What a person decided about a finding, with its event. `none` takes an earlier decision back. */
export function recordTriage(db: Database, fingerprint: string, triage: Triage, decision: Decision): void {
  const integration = prepared<[string], { uid: string }>(
    db,
    `SELECT integration.uid AS uid FROM finding JOIN track ON track.id = finding.track_id
     JOIN integration ON integration.id = track.integration_id WHERE finding.fingerprint = ?`,
  ).get(fingerprint);
  if (integration === undefined) throw new RangeError(`no finding has the fingerprint ${fingerprint.slice(0, 40)}`);
  prepared(db, "DELETE FROM decision WHERE fingerprint = ?").run(fingerprint);
  if (triage !== "none") {
    const { by, reason, at, until, severity, reference } = decision;
    prepared(
      db,
      "INSERT INTO decision(fingerprint, triage, by, reason, at, until_at, severity, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(fingerprint, triage, by, reason, at, until ?? null, severity, reference ?? null);
  }
  const detail = { triage, ...decision };
  appendEvent(db, { at: decision.at, integration: integration.uid, fingerprint, kind: "triage", detail });
}

/**
 * True when it ended: what is fixed as seen from one vantage stays accepted while it is open as seen from another. After the finding was
 * written; the event that tells of it is the caller's.
 */
export function endDecision(db: Database, { fingerprint, decidedAt, why }: EndedDecision): boolean {
  const isOpenElsewhere =
    why === "fulfilled" &&
    prepared(db, "SELECT 1 FROM finding WHERE fingerprint = ? AND presence IN ('suspect', 'open', 'clearing')").get(fingerprint) !==
      undefined;
  if (isOpenElsewhere) return false;
  return prepared(db, "DELETE FROM decision WHERE fingerprint = ? AND at = ?").run(fingerprint, decidedAt).changes > 0;
}

interface FindingRow {
  readonly track_id: number;
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
  readonly streak_at: number | null;
  readonly opens_as: FindingRecord["opensAs"] | null;
  readonly flap_times: string;
  readonly reopened: number;
  readonly first_seen_at: number;
  readonly opened_at: number | null;
  readonly last_seen_at: number;
  readonly resolved_at: number | null;
  readonly unobserved_since: number | null;
  readonly blind_runs: number;
  readonly stale_since: number | null;
  readonly retired: FindingRecord["retired"] | null;
  readonly contact_by: number | null;
  readonly due_at: number | null;
  readonly cover: string | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly decided_at: number | null;
  readonly until_at: number | null;
  readonly decided_severity: Decision["severity"] | null;
  readonly reference: string | null;
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
    ...decisionOf(row),
    ...(row.cover === null ? {} : { cover: JSON.parse(row.cover) as WaiverCover }),
    severity: row.severity,
    outcome: row.outcome,
    title: row.title,
    message: row.message,
    confidence: row.confidence,
    cause: row.cause,
    streak: row.streak,
    ...(row.streak_at === null ? {} : { streakAt: row.streak_at }),
    ...(row.opens_as === null || row.opens_as === undefined ? {} : { opensAs: row.opens_as }),
    flaps: JSON.parse(row.flap_times) as readonly number[],
    reopened: row.reopened,
    firstSeenAt: row.first_seen_at,
    ...(row.opened_at === null ? {} : { openedAt: row.opened_at }),
    lastSeenAt: row.last_seen_at,
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
    ...(row.unobserved_since === null ? {} : { unobservedSince: row.unobserved_since }),
    blindRuns: row.blind_runs,
    ...(row.stale_since === null ? {} : { staleSince: row.stale_since }),
    ...(row.retired === null || row.retired === undefined ? {} : { retired: row.retired }),
    ...(row.contact_by === null ? {} : { contactBy: row.contact_by }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    lastRunApplied: row.run,
  };
}

function decisionOf({ by, reason, decided_at, until_at, decided_severity, reference }: FindingRow): Pick<FindingRecord, "decision"> {
  if (by === null || reason === null || decided_at === null || decided_severity === null) return {};
  const terms = { ...(until_at === null ? {} : { until: until_at }), severity: decided_severity };
  return { decision: { by, reason, at: decided_at, ...terms, ...(reference === null ? {} : { reference }) } };
}

const SELECT = `SELECT finding.*, integration.uid AS uid, integration.slug AS slug, run.ulid AS run, decision.triage AS triage,
    decision.by AS by, decision.reason AS reason, decision.at AS decided_at, decision.until_at AS until_at,
    decision.severity AS decided_severity, decision.reference AS reference
  FROM finding JOIN track ON track.id = finding.track_id JOIN integration ON integration.id = track.integration_id
  JOIN run ON run.id = finding.last_run_applied LEFT JOIN decision ON decision.fingerprint = finding.fingerprint`;

/** Of an audit: there is a later one of its track. */
export const IS_SUCCEEDED = "EXISTS (SELECT 1 FROM audit AS later WHERE later.track_id = audit.track_id AND later.run_id > audit.run_id)";

const NEWEST_SIDE = `finding.id = (SELECT side.id FROM finding AS side WHERE side.fingerprint = finding.fingerprint
  ORDER BY side.last_run_applied DESC, side.id DESC LIMIT 1)`;

const MIN_PREFIX = 6;
