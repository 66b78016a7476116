import type { Database } from "better-sqlite3";
import { type FindingRecord, questionOf, type VerdictRecord } from "../../model/finding.ts";
import type { ReportableAudit, RunEvent } from "../../model/history-store.ts";
import { headsOfRun, type PlacedHead } from "./audit-heads.ts";
import { type Dictionary, readDictionary } from "./claims.ts";
import { readConfiguration } from "./contents.ts";
import { findingsLeftBy, findingsOfTrack } from "./findings.ts";
import { prepared } from "./statements.ts";
import { lastFailure, verdictsToTell } from "./verdicts.ts";

/** Everything that a report tells of a run, in one read of the file. */
export function listReportableAudits(db: Database, ulid: string): readonly ReportableAudit[] {
  const dictionary = readDictionary(db);
  return headsOfRun(db, ulid).map((placed) => reportableAudit(db, placed, dictionary));
}

function reportableAudit(db: Database, placed: PlacedHead, dictionary: Dictionary): ReportableAudit {
  const { track, runId, head } = placed;
  const row = auditRow(db, placed);
  const newest = row.newest === runId;
  const verdicts = verdictsToTell(db, track, runId, dictionary);
  const findings = newest
    ? findingsLeftBy(db, track, runId)
    : findingsOfTrack(db, track).filter((finding) => finding.firstSeenAt <= head.at);
  return {
    ...head,
    first: row.seenBefore === 0,
    newest,
    coverage: row.coverage,
    sent: { connections: row.connections, requests: row.requests },
    configuration: readConfiguration(db, head.configurationHash) ?? "",
    verdicts,
    failedBefore: failuresBefore(db, placed, { findings, told: verdicts }, dictionary),
    findings,
    events: [
      ...(newest ? eventsOfAudit(db, placed) : findings.flatMap((finding) => eventsUntil(db, placed, finding))),
      ...eventsOfIntegration(db, placed),
    ],
  };
}

interface AuditRow {
  readonly coverage: number | null;
  readonly connections: number;
  readonly requests: number;
  readonly newest: number;
  readonly seenBefore: number;
}

/** Visibility 0 and 1 are observed and partial. */
function auditRow(db: Database, { track, runId }: PlacedHead): AuditRow {
  const row = prepared<[number, number], AuditRow>(
    db,
    `SELECT coverage, connections, requests,
       (SELECT max(run_id) FROM audit AS later WHERE later.track_id = audit.track_id) AS newest,
       EXISTS (SELECT 1 FROM audit AS earlier
         WHERE earlier.track_id = audit.track_id AND earlier.run_id < audit.run_id AND earlier.visibility <= 1) AS seenBefore
     FROM audit WHERE track_id = ? AND run_id = ?`,
  ).get(track, runId);
  if (row === undefined) throw new TypeError("an audit that was just listed is not there");
  return row;
}

function failuresBefore(
  db: Database,
  { track, runId }: PlacedHead,
  { findings, told }: { readonly findings: readonly FindingRecord[]; readonly told: readonly VerdictRecord[] },
  dictionary: Dictionary,
): ReportableAudit["failedBefore"] {
  const failed = new Set(told.filter(({ verdict }) => verdict === "fail").map(questionOf));
  return findings
    .filter((finding) => !failed.has(questionOf(finding)))
    .flatMap((finding) => lastFailure(db, track, runId, finding, dictionary) ?? []);
}

/** From the findings of the track, which are few, and not from the run, which has events of every integration. */
function eventsOfAudit(db: Database, { track, runId }: PlacedHead): readonly RunEvent[] {
  return prepared<[number, number], EventRow>(
    db,
    `${SELECT} FROM finding CROSS JOIN event ON event.fingerprint = finding.fingerprint AND event.run_id = ?
       LEFT JOIN run ON run.id = event.run_id
     WHERE finding.track_id = ? ORDER BY event.id`,
  )
    .all(runId, track)
    .map(eventOf);
}

/** What the runs of this track did to a finding, and what people had decided of it by the time of this audit. */
function eventsUntil(db: Database, { track, runId, head }: PlacedHead, { fingerprint }: FindingRecord): readonly RunEvent[] {
  return prepared<[string, number, number, number], EventRow>(
    db,
    `${SELECT} FROM event LEFT JOIN run ON run.id = event.run_id
     WHERE event.fingerprint = ? AND (
       (event.run_id IS NULL AND event.at <= ?)
       OR (event.run_id <= ? AND EXISTS (SELECT 1 FROM audit WHERE audit.track_id = ? AND audit.run_id = event.run_id)))
     ORDER BY event.id`,
  )
    .all(fingerprint, head.at, runId, track)
    .map(eventOf);
}

/** What concerns the integration as a whole. */
function eventsOfIntegration(db: Database, { track, runId }: PlacedHead): readonly RunEvent[] {
  return prepared<[number, number], EventRow>(
    db,
    `${SELECT} FROM event LEFT JOIN run ON run.id = event.run_id
     WHERE event.run_id = ? AND event.fingerprint IS NULL AND event.integration_id = (SELECT integration_id FROM track WHERE id = ?)
     ORDER BY event.id`,
  )
    .all(runId, track)
    .map(eventOf);
}

interface EventRow {
  readonly fingerprint: string | null;
  readonly at: number;
  readonly run: string | null;
  readonly kind: string;
  readonly cause: string | null;
  readonly detail: string | null;
}

function eventOf({ run, fingerprint, cause, detail, ...row }: EventRow): RunEvent {
  return {
    ...row,
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(run === null ? {} : { run }),
    ...(cause === null ? {} : { cause }),
    ...(detail === null ? {} : { detail }),
  };
}

const SELECT = `SELECT event.fingerprint AS fingerprint, event.at AS at, run.ulid AS run, event.kind AS kind, event.cause AS cause,
    event.detail AS detail`;
