import type { Database } from "better-sqlite3";
import type { AuditCommit, AuditRecord } from "../../model/history-store.ts";
import { VISIBILITIES } from "../../model/report.ts";
import { recordConfiguration } from "./contents.ts";
import { recordCourtesy } from "./courtesy.ts";
import { appendEvent } from "./events.ts";
import { endDecision, forgetFinding, recordFinding } from "./findings.ts";
import { recordTrack } from "./integrations.ts";
import { recordMilestones } from "./milestones.ts";
import { recordObservation } from "./observations.ts";
import { recordAlerts } from "./outbox.ts";
import { runRow } from "./runs.ts";
import { hexOf, prepared } from "./statements.ts";
import { recordVerdict, verdictsInForce } from "./verdicts.ts";
import { recordWaiverUses } from "./waivers.ts";

/** Everything that one integration's audit adds, inside one transaction of the caller. The second time it changes nothing. */
export function recordAudit(db: Database, commit: AuditCommit): void {
  const run = runRow(db, commit.run);
  const track = recordTrack(db, commit.integration, commit.vantage ?? run.vantage, commit.at);
  if (isRecorded(db, track.id, run.id)) return;
  const previous = newestAudit(db, track.id);
  recordAuditRow(db, track.id, run.id, commit);
  recordCourtesy(db, track.integrationId, commit);
  for (const observation of commit.observations) recordObservation(db, track.id, run.id, observation);
  for (const verdict of commit.verdicts) recordVerdict(db, track.id, run.id, previous, verdict);
  recordFindings(db, track.id, commit);
  recordWaiverUses(db, track.integrationId, commit.waivers);
  recordAlerts(db, commit.alerts ?? []);
  recordMilestones(db, track.id, commit.at, commit.milestones ?? []);
}

/** Audits of a run with their verdicts, by integration id. */
export function listAudits(db: Database, ulid: string): readonly AuditRecord[] {
  return prepared<[string], AuditRow>(db, `${SELECT} WHERE run.ulid = ? ORDER BY integration.slug, integration.uid`)
    .all(ulid)
    .map((row) => auditOf(db, row));
}

/**
 * Audits of two runs of the same integrations and vantages, where some span of a verdict covers one of the runs and not the other;
 * elsewhere both said the same, word for word.
 */
export function listAuditsThatDiffer(db: Database, before: string, after: string) {
  const [earlier, later] = [runRow(db, before).id, runRow(db, after).id];
  const rows = prepared<[number, number, number, number, number, number], AuditRow>(
    db,
    `${SELECT} JOIN audit AS other ON other.track_id = audit.track_id AND other.run_id = ?
     WHERE audit.run_id = ? AND EXISTS (
       SELECT 1 FROM verdict WHERE verdict.track_id = audit.track_id
         AND (first_run <= ? AND last_run >= ?) <> (first_run <= ? AND last_run >= ?))
     ORDER BY integration.slug, integration.uid`,
  );
  return {
    before: rows.all(later, earlier, earlier, earlier, later, later).map((row) => auditOf(db, row)),
    after: rows.all(earlier, later, earlier, earlier, later, later).map((row) => auditOf(db, row)),
  };
}

function auditOf(db: Database, row: AuditRow): AuditRecord {
  return {
    run: row.run,
    at: row.at,
    uid: row.uid,
    integrationId: row.slug,
    name: row.name,
    visibility: VISIBILITIES[row.visibility] ?? "error",
    score: row.score,
    coverage: row.coverage,
    sent: { connections: row.connections, requests: row.requests },
    configurationHash: hexOf(row.configuration),
    verdicts: verdictsInForce(db, row.track_id, row.run_id),
  };
}

interface AuditRow {
  readonly run: string;
  readonly track_id: number;
  readonly run_id: number;
  readonly at: number;
  readonly uid: string;
  readonly slug: string;
  readonly name: string;
  readonly visibility: number;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly connections: number;
  readonly requests: number;
  readonly configuration: Buffer;
}

function isRecorded(db: Database, track: number, run: number): boolean {
  return prepared(db, "SELECT 1 FROM audit WHERE track_id = ? AND run_id = ?").get(track, run) !== undefined;
}

function newestAudit(db: Database, track: number): number | undefined {
  const row = prepared<[number], { run: number | null }>(db, "SELECT max(run_id) AS run FROM audit WHERE track_id = ?").get(track);
  return row?.run ?? undefined;
}

function recordAuditRow(db: Database, track: number, run: number, commit: AuditCommit): void {
  prepared(
    db,
    `INSERT INTO audit(track_id, run_id, at, visibility, score, coverage, latency_ms, connections, requests, configuration_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    track,
    run,
    commit.at,
    VISIBILITIES.indexOf(commit.visibility),
    commit.score === null ? null : Math.round(commit.score),
    commit.coverage,
    Math.round(commit.latencyMs),
    commit.sent.connections,
    commit.sent.requests,
    recordConfiguration(db, commit.configuration),
  );
}

/** Findings as they are now, and why: every change and every event of the audit is one entry of the log. */
function recordFindings(db: Database, track: number, commit: AuditCommit): void {
  for (const finding of commit.findings) recordFinding(db, track, finding);
  for (const fingerprint of commit.dropped) forgetFinding(db, track, fingerprint);
  for (const fingerprint of commit.endedDecisions) endDecision(db, fingerprint);
  const origin = { at: commit.at, run: commit.run, integration: commit.integration.uid };
  for (const { fingerprint, kind, cause, before, after } of commit.changes) {
    appendEvent(db, { ...origin, fingerprint, kind, cause, detail: { before, after } });
  }
  for (const event of commit.events) appendEvent(db, { ...origin, ...event });
}

const SELECT = `SELECT audit.*, run.ulid AS run, integration.uid AS uid, integration.slug AS slug, integration.name AS name,
    configuration.hash AS configuration
  FROM audit JOIN run ON run.id = audit.run_id JOIN track ON track.id = audit.track_id
  JOIN integration ON integration.id = track.integration_id JOIN configuration ON configuration.id = audit.configuration_id`;
