import type { Database } from "better-sqlite3";
import { type FindingRecord, questionOf, type VerdictRecord } from "../../model/finding.ts";
import type { ReportableAudit, RunEvent } from "../../model/history-store.ts";
import { headsOfRun, type PlacedHead } from "./audit-heads.ts";
import { type Dictionary, readDictionary } from "./claims.ts";
import { readConfiguration } from "./contents.ts";
import { findingsFoundBy, findingsLeftBy, IS_SUCCEEDED } from "./findings.ts";
import { grouped } from "./group-rows.ts";
import { prepared } from "./statements.ts";
import { lastFailure, verdictsToTell } from "./verdicts.ts";

/** Everything that a report tells of a run, in one read of the file. */
export function listReportableAudits(db: Database, ulid: string): readonly ReportableAudit[] {
  const placed = headsOfRun(db, ulid);
  const run = placed[0]?.runId;
  if (run === undefined) return [];
  const rest = restOfRun(db, run);
  return placed.map((one) => reportableAudit(db, one, rest));
}

/** What is read once for all audits of a run: a question for each would take longer to ask than to answer. */
interface RestOfRun {
  readonly dictionary: Dictionary;
  /** By track, like what follows. */
  readonly rows: ReadonlyMap<number, AuditRow>;
  readonly findings: ReadonlyMap<number, readonly FindingRecord[]>;
  readonly events: ReadonlyMap<number, readonly RunEvent[]>;
  /** What concerns integrations as a whole. */
  readonly eventsOfIntegration: ReadonlyMap<number, readonly RunEvent[]>;
}

function restOfRun(db: Database, run: number): RestOfRun {
  return {
    dictionary: readDictionary(db),
    rows: auditRows(db, run),
    // Of a track that was audited again since: as it was found to be then, which the past of it tells.
    findings: new Map([...findingsLeftBy(db, run), ...findingsFoundBy(db, run)]),
    events: new Map([...eventsOfRun(db, run), ...eventsUntil(db, run)]),
    eventsOfIntegration: eventsOfIntegrations(db, run),
  };
}

function reportableAudit(db: Database, placed: PlacedHead, { dictionary, ...rest }: RestOfRun): ReportableAudit {
  const { track, runId, head } = placed;
  const row = rest.rows.get(track);
  if (row === undefined) throw new TypeError("an audit that was just listed is not there");
  const newest = row.newest === runId;
  const verdicts = verdictsToTell(db, track, runId, dictionary);
  const findings = rest.findings.get(track) ?? [];
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
    events: [...(rest.events.get(track) ?? []), ...(rest.eventsOfIntegration.get(track) ?? [])],
  };
}

interface AuditRow {
  readonly track: number;
  readonly coverage: number | null;
  readonly connections: number;
  readonly requests: number;
  readonly newest: number;
  readonly seenBefore: number;
}

/** Visibility 0 and 1 are observed and partial. */
function auditRows(db: Database, run: number): ReadonlyMap<number, AuditRow> {
  const rows = prepared<[number], AuditRow>(
    db,
    `SELECT track_id AS track, coverage, connections, requests,
       (SELECT max(run_id) FROM audit AS later WHERE later.track_id = audit.track_id) AS newest,
       EXISTS (SELECT 1 FROM audit AS earlier
         WHERE earlier.track_id = audit.track_id AND earlier.run_id < audit.run_id AND earlier.visibility <= 1) AS seenBefore
     FROM audit WHERE run_id = ?`,
  ).all(run);
  return new Map(rows.map((row) => [row.track, row]));
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

/** From the findings of the run's tracks, which are few, and not from the run: only events without a finding are found by it. */
function eventsOfRun(db: Database, run: number): RestOfRun["events"] {
  const rows = prepared<[number, number], EventRow & { readonly track: number }>(
    db,
    `${SELECT}, finding.track_id AS track FROM audit CROSS JOIN finding ON finding.track_id = audit.track_id
       CROSS JOIN event ON event.fingerprint = finding.fingerprint AND event.run_id = ?
       LEFT JOIN run ON run.id = event.run_id
     WHERE audit.run_id = ? AND NOT ${IS_SUCCEEDED} ORDER BY event.id`,
  ).all(run, run);
  return grouped(rows, ({ track }) => track, eventOf);
}

/** What the runs of a track did to its findings until this one, and what people had decided of them by then; where a later run audited it. */
function eventsUntil(db: Database, run: number): RestOfRun["events"] {
  const rows = prepared<[number], EventRow & { readonly track: number }>(
    db,
    `${SELECT}, finding.track_id AS track FROM audit CROSS JOIN finding ON finding.track_id = audit.track_id
       CROSS JOIN event ON event.fingerprint = finding.fingerprint
       LEFT JOIN run ON run.id = event.run_id
     WHERE audit.run_id = ? AND ${IS_SUCCEEDED} AND (
       (event.run_id IS NULL AND event.at <= audit.at)
       OR (event.run_id <= audit.run_id
         AND EXISTS (SELECT 1 FROM audit AS one WHERE one.track_id = audit.track_id AND one.run_id = event.run_id)))
     ORDER BY event.id`,
  ).all(run);
  return grouped(rows, ({ track }) => track, eventOf);
}

/** Of the integrations that the run audited; of more vantages than one each has them. */
function eventsOfIntegrations(db: Database, run: number): RestOfRun["eventsOfIntegration"] {
  const rows = prepared<[number, number], EventRow & { readonly track: number }>(
    db,
    `${SELECT}, track.id AS track FROM event JOIN track ON track.integration_id = event.integration_id
       JOIN audit ON audit.track_id = track.id AND audit.run_id = ? LEFT JOIN run ON run.id = event.run_id
     WHERE event.run_id = ? AND event.fingerprint IS NULL ORDER BY event.id`,
  ).all(run, run);
  return grouped(rows, ({ track }) => track, eventOf);
}

interface EventRow {
  readonly fingerprint: string | null;
  readonly at: number;
  readonly run: string | null;
  readonly kind: string;
  readonly cause: string | null;
  readonly detail: string | null;
}

function eventOf({ at, kind, run, fingerprint, cause, detail }: EventRow): RunEvent {
  return {
    at,
    kind,
    ...(fingerprint === null ? {} : { fingerprint }),
    ...(run === null ? {} : { run }),
    ...(cause === null ? {} : { cause }),
    ...(detail === null ? {} : { detail }),
  };
}

const SELECT = `SELECT event.fingerprint AS fingerprint, event.at AS at, run.ulid AS run, event.kind AS kind, event.cause AS cause,
    event.detail AS detail`;
