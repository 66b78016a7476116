import type { Database } from "better-sqlite3";
import { DAY } from "../../model/instant.ts";
import { prepared } from "./statements.ts";

export interface Thinned {
  readonly runs: number;
  readonly audits: number;
}

/**
 * Thins the audits of a month (its first instant, UTC) to one run a week, and keeps the month's figures of every track.
 * A run is kept whole or thinned whole, so that what two kept runs are compared by never changes; what a named baseline stands on,
 * and the audits that the next run is compared with, always stay.
 */
export function thinMonth(db: Database, month: number): Thinned {
  const runs = runsOf(db, month);
  rollUp(db, month, runs);
  const kept = new Set(runsToKeep(db, runs));
  const audits = runs.filter(({ id }) => !kept.has(id)).map(({ id }) => dropAudits(db, id));
  for (const id of kept) prepared(db, "UPDATE run SET detail = 'kept' WHERE id = ?").run(id);
  return { runs: audits.length, audits: audits.reduce((sum, n) => sum + n, 0) };
}

interface Run {
  readonly id: number;
  readonly started_at: number;
  readonly named: number;
}

function runsOf(db: Database, month: number): readonly Run[] {
  const date = new Date(month);
  return prepared<[number, number], Run>(
    db,
    `SELECT id, started_at, EXISTS (SELECT 1 FROM baseline WHERE run_id = run.id) AS named
     FROM run WHERE started_at >= ? AND started_at < ? AND detail = 'full' AND status <> 'running' ORDER BY id`,
  ).all(month, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1));
}

/** Per week as few runs as it takes to have every track once that was audited then: the fullest first, of those the newest. */
function runsToKeep(db: Database, runs: readonly Run[]): readonly number[] {
  const weekOf = ({ started_at }: Run) => Math.floor(started_at / (7 * DAY));
  return [...new Set(runs.map(weekOf))].flatMap((number) => {
    const week = runs.filter((run) => weekOf(run) === number);
    const covered = new Set<number>();
    const audited = week.map((run) => ({ ...run, tracks: tracksOf(db, run.id) }));
    audited.sort((a, b) => b.named - a.named || b.tracks.length - a.tracks.length || b.id - a.id);
    return audited.flatMap(({ id, named, tracks }) => {
      if (named === 0 && tracks.every((track) => covered.has(track))) return [];
      for (const track of tracks) covered.add(track);
      return [id];
    });
  });
}

function tracksOf(db: Database, run: number): readonly number[] {
  return prepared<[number], { track: number }>(db, "SELECT track_id AS track FROM audit WHERE run_id = ?")
    .all(run)
    .map(({ track }) => track);
}

/** The newest audit of a track, and the newest that saw something, are what the next run is compared with (knowledge.ts). */
export function dropAudits(db: Database, run: number): number {
  const { changes } = prepared(
    db,
    `DELETE FROM audit WHERE run_id = ? AND run_id < (SELECT max(run_id) FROM audit AS newer WHERE newer.track_id = audit.track_id)
       AND (visibility > 1 OR EXISTS (
         SELECT 1 FROM audit AS newer WHERE newer.track_id = audit.track_id AND newer.run_id > audit.run_id AND newer.visibility <= 1))`,
  ).run(run);
  prepared(db, "UPDATE run SET detail = 'thinned' WHERE id = ?").run(run);
  return changes;
}

/** A later prune may find runs of the month that were still running; their audits alone would replace the month's figures. */
function rollUp(db: Database, month: number, runs: readonly Run[]): void {
  const date = new Date(month);
  prepared(
    db,
    `INSERT OR IGNORE INTO rollup_month(track_id, month, score_min, score_avg, latency_p50, latency_p95, observed, planned)
     SELECT track_id, ?, min(score), avg(score),
       max(CASE WHEN place <= (n + 1) / 2 THEN latency_ms END), max(CASE WHEN place <= (95 * n + 99) / 100 THEN latency_ms END),
       sum(visibility <= 1), count(*)
     FROM (SELECT *, row_number() OVER (PARTITION BY track_id ORDER BY latency_ms) AS place, count(*) OVER (PARTITION BY track_id) AS n
       FROM audit WHERE run_id IN (SELECT value FROM json_each(?)))
     GROUP BY track_id`,
  ).run(date.getUTCFullYear() * 100 + date.getUTCMonth() + 1, JSON.stringify(runs.map(({ id }) => id)));
}
