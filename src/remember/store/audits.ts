import type { Database } from "better-sqlite3";
import type { HistoryEvent } from "../../model/finding.ts";
import type { AuditCommit } from "../../model/history-store.ts";
import { VISIBILITIES } from "../../model/report.ts";
import { recordConfiguration } from "./contents.ts";
import { recordCourtesy } from "./courtesy.ts";
import { appendEvent } from "./events.ts";
import { endDecision, forgetFinding, recordFinding } from "./findings.ts";
import { recordTrack } from "./integrations.ts";
import { recordMilestones } from "./milestones.ts";
import { recordObservation } from "./observations.ts";
import { recordAlerts } from "./outbox.ts";
import { recordVerdicts } from "./record-verdicts.ts";
import { runRow } from "./runs.ts";
import { prepared } from "./statements.ts";
import { keepToldEvidence } from "./told-evidence.ts";
import { recordWaiverUses } from "./waivers.ts";

/** Everything that one integration's audit adds, inside one transaction of the caller. The second time it changes nothing. */
export function recordAudit(db: Database, commit: AuditCommit): void {
  const run = runRow(db, commit.run);
  const track = recordTrack(db, commit.integration, commit.vantage ?? run.vantage, commit.at);
  if (isRecorded(db, track.id, run.id)) return;
  const previous = newestAudit(db, track.id);
  if (previous !== undefined && previous > run.id) throw new RangeError("a later run has audited the integration already");
  recordAuditRow(db, track.id, run.id, commit);
  recordCourtesy(db, track.integrationId, commit);
  for (const observation of commit.observations) recordObservation(db, track.id, run.id, observation);
  recordVerdicts(db, track.id, run.id, previous, commit.verdicts);
  for (const finding of commit.findings) recordFinding(db, track.id, finding);
  keepToldEvidence(db, track.id, previous, commit);
  for (const fingerprint of commit.dropped) forgetFinding(db, track.id, fingerprint);
  const standing = commit.endedDecisions.filter((ended) => !endDecision(db, ended)).map(({ fingerprint }) => fingerprint);
  recordEvents(db, commit, standing);
  recordWaiverUses(db, track.integrationId, commit.waivers);
  recordAlerts(db, commit.alerts ?? []);
  recordMilestones(db, track.id, commit.at, commit.milestones ?? []);
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

/**
 * Why findings are as they are now: every change and every event of the audit is one entry of the log; but nothing ended where the
 * decision stands. `standing`: fingerprints.
 */
function recordEvents(db: Database, commit: AuditCommit, standing: readonly string[]): void {
  const origin = { at: commit.at, run: commit.run, integration: commit.integration.uid };
  for (const { fingerprint, kind, cause, before, after } of commit.changes) {
    appendEvent(db, { ...origin, fingerprint, kind, cause, detail: { before, after } });
  }
  const isTrue = ({ kind, fingerprint = "" }: HistoryEvent) => kind !== "waiver-fulfilled" || !standing.includes(fingerprint);
  for (const event of commit.events.filter(isTrue)) appendEvent(db, { ...origin, ...event });
}
