import type { Database } from "better-sqlite3";
import type { NewRun, RunEnd, RunHead, RunRecord } from "../../model/history-store.ts";
import { appendEvent } from "./events.ts";
import { recordAlerts } from "./outbox.ts";
import { prepared } from "./statements.ts";

export function recordRun(db: Database, run: NewRun): void {
  prepared(db, "INSERT OR IGNORE INTO ruleset(hash, manifest) VALUES (?, ?)").run(run.ruleset.hash, run.ruleset.manifest);
  prepared(
    db,
    `INSERT INTO run(ulid, started_at, status, vantage, tool_version, capability_hash, ruleset_id, scope_hash, planned, trigger, clock_suspect)
     VALUES (?, ?, 'running', ?, ?, ?, (SELECT id FROM ruleset WHERE hash = ?), ?, ?, ?, ?)`,
  ).run(
    run.ulid,
    run.startedAt,
    run.vantage,
    run.toolVersion,
    run.capabilityHash,
    run.ruleset.hash,
    run.scopeHash ?? null,
    run.planned,
    run.trigger,
    run.clockSuspect === true ? 1 : 0,
  );
}

/** Takes a run up again that crashed or was stopped. What it committed stays as it is. */
export function reopenRun(db: Database, ulid: string, at: number): void {
  const known = runRow(db, ulid);
  prepared(
    db,
    `UPDATE run SET status = 'running', finished_at = NULL, observed = NULL, connections = NULL, requests = NULL, notices = NULL, unfit = NULL, blind = 0, gate = NULL
     WHERE id = ? AND status IN ('crashed', 'aborted', 'partial')`,
  ).run(known.id);
  appendEvent(db, { at, run: ulid, kind: "run-resumed" });
}

/** Ends a run that is running or was taken for crashed. Ending it twice keeps the first end, and what was counted then. */
export function recordRunEnd(db: Database, ulid: string, end: RunEnd): void {
  const known = runRow(db, ulid);
  const { changes } = prepared(
    db,
    `UPDATE run SET status = ?, finished_at = ?, monotonic_ms = ?, coverage = ?, gate = ?, clock_suspect = max(clock_suspect, ?)
     WHERE id = ? AND status IN ('running', 'crashed')`,
  ).run(end.status, end.finishedAt, Math.round(end.monotonicMs), end.coverage, end.gate, end.clockSuspect === true ? 1 : 0, known.id);
  if (changes === 0) return;
  countAudits(db, known.id);
  recordWords(db, known.id, end);
  for (const event of end.events ?? []) appendEvent(db, { at: end.finishedAt, run: ulid, ...event });
  recordAlerts(db, end.alerts ?? []);
}

function recordWords(db: Database, run: number, { sent, told }: RunEnd): void {
  prepared(
    db,
    "UPDATE run SET connections = ?, requests = ?, notices = ?, unfit = ?, blind = ?, bound_connections = ?, bound_requests = ? WHERE id = ?",
  ).run(
    sent.connections,
    sent.requests,
    JSON.stringify(told.notices),
    told.unfit ?? null,
    told.blind ? 1 : 0,
    told.bound.connections,
    told.bound.requests,
    run,
  );
}

/** Written down, because its audits may be thinned one day. */
function countAudits(db: Database, run: number): void {
  prepared(
    db,
    `UPDATE run SET (observed, connections, requests) =
       (SELECT coalesce(sum(visibility <= 1), 0), coalesce(sum(connections), 0), coalesce(sum(requests), 0) FROM audit WHERE run_id = run.id)
     WHERE id = ?`,
  ).run(run);
}

/** With the run lock held nothing can be running any more. Returns the ids of the runs it marked, oldest first. */
export function markCrashed(db: Database, now: number): readonly string[] {
  const left = prepared<[], { ulid: string }>(db, "SELECT ulid FROM run WHERE status = 'running' ORDER BY id").all();
  for (const { ulid } of left) {
    prepared(db, "UPDATE run SET status = 'crashed' WHERE ulid = ?").run(ulid);
    countAudits(db, runRow(db, ulid).id);
    appendEvent(db, { at: now, run: ulid, kind: "run-crashed" });
  }
  return left.map(({ ulid }) => ulid);
}

/** Newest first. */
export function listRuns(db: Database, limit: number): readonly RunRecord[] {
  return prepared<[number], RunRow>(db, `${SELECT} ORDER BY run.id DESC LIMIT ?`).all(limit).map(runOf);
}

/** The newest run for which `condition` holds: SQL of our own about `run`. */
export function newestRun(db: Database, condition: string): RunRecord | undefined {
  const row = prepared<[], RunRow>(db, `${SELECT} WHERE ${condition} ORDER BY run.id DESC LIMIT 1`).get();
  return row === undefined ? undefined : runOf(row);
}

/** Without counting their audits, oldest first; `until` is not included. */
export function listRunHeads(db: Database, from: number, until: number): readonly RunHead[] {
  return prepared<[number, number], RunHeadRow>(
    db,
    `SELECT run.*, ruleset.hash AS ruleset_hash, ruleset.manifest AS manifest FROM run JOIN ruleset ON ruleset.id = run.ruleset_id
     WHERE run.started_at >= ? AND run.started_at < ? ORDER BY run.started_at, run.id`,
  )
    .all(from, until)
    .map(headOf);
}

/**
 * "latest", "previous" (the newest before it that observed something: from a night in which we were blind nothing can be told), a ULID,
 * a prefix of one of at least 6 characters that only one run has, or a baseline's name: none begins with a digit.
 */
export function findRun(db: Database, id: string): RunRecord | undefined {
  if (id === "latest") return listRuns(db, 1)[0];
  if (id === "previous") return newestRun(db, `run.id < (SELECT max(id) FROM run) AND ${OBSERVED} > 0`);
  const named = prepared<[string], RunRow>(db, `${SELECT} WHERE run.id = (SELECT run_id FROM baseline WHERE name = ?)`).get(id);
  if (named !== undefined) return runOf(named);
  const wanted = id.toUpperCase();
  if (wanted.length < MIN_PREFIX) return undefined;
  const [only, another] = prepared<[number, string], RunRow>(db, `${SELECT} WHERE upper(substr(run.ulid, 1, ?)) = ? LIMIT 2`).all(
    wanted.length,
    wanted,
  );
  return only === undefined || another !== undefined ? undefined : runOf(only);
}

/** Row of a run that has to be there. */
export function runRow(db: Database, ulid: string): { readonly id: number; readonly vantage: string } {
  const row = prepared<[string], { id: number; vantage: string }>(db, "SELECT id, vantage FROM run WHERE ulid = ?").get(ulid);
  if (row === undefined) throw new RangeError(`no run has the id ${ulid.slice(0, 40)}`);
  return row;
}

interface RunHeadRow {
  readonly ulid: string;
  readonly started_at: number;
  readonly status: RunRecord["status"];
  readonly vantage: string;
  readonly tool_version: string;
  readonly ruleset_hash: string;
  readonly manifest: string;
}

interface RunRow extends RunHeadRow {
  readonly finished_at: number | null;
  readonly capability_hash: string;
  readonly scope_hash: string | null;
  readonly planned: number;
  readonly coverage: number | null;
  readonly gate: string | null;
  readonly trigger: RunRecord["trigger"];
  readonly clock_suspect: number;
  readonly observed: number;
  readonly connections: number;
  readonly requests: number;
  readonly notices: string | null;
  readonly unfit: string | null;
  readonly blind: number;
  readonly bound_connections: number | null;
  readonly bound_requests: number | null;
  readonly detail: "full" | "kept" | "thinned";
}

function headOf(row: RunHeadRow): RunHead {
  return {
    ulid: row.ulid,
    startedAt: row.started_at,
    status: row.status,
    vantage: row.vantage,
    toolVersion: row.tool_version,
    ruleset: { hash: row.ruleset_hash, manifest: row.manifest },
  };
}

function runOf(row: RunRow): RunRecord {
  return {
    ...headOf(row),
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    capabilityHash: row.capability_hash,
    ...(row.scope_hash === null ? {} : { scopeHash: row.scope_hash }),
    planned: row.planned,
    trigger: row.trigger,
    ...(row.clock_suspect === 1 ? { clockSuspect: true } : {}),
    coverage: row.coverage,
    ...(row.gate === null ? {} : { gate: row.gate }),
    observed: row.observed,
    sent: { connections: row.connections, requests: row.requests },
    ...toldOf(row),
    ...(row.detail === "thinned" ? { thinned: true as const } : {}),
  };
}

function toldOf({ notices, unfit, blind, bound_connections: connections, bound_requests: requests }: RunRow): Pick<RunRecord, "told"> {
  if (notices === null || connections === null || requests === null) return {};
  const reason = unfit === null ? {} : { unfit };
  return { told: { notices: JSON.parse(notices) as string[], ...reason, blind: blind === 1, bound: { connections, requests } } };
}

/** Visibility 0 and 1 are observed and partial. A run that has not ended is counted as it stands. */
const OBSERVED = "coalesce(run.observed, (SELECT count(*) FROM audit WHERE audit.run_id = run.id AND visibility <= 1))";
const SELECT = `SELECT run.*, ruleset.hash AS ruleset_hash, ruleset.manifest AS manifest, ${OBSERVED} AS observed,
    coalesce(run.connections, (SELECT sum(connections) FROM audit WHERE audit.run_id = run.id), 0) AS connections,
    coalesce(run.requests, (SELECT sum(requests) FROM audit WHERE audit.run_id = run.id), 0) AS requests
  FROM run JOIN ruleset ON ruleset.id = run.ruleset_id`;

const MIN_PREFIX = 6;
