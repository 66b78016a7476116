import type { Database } from "better-sqlite3";
import type { MilestoneRecord, StoredMilestone } from "../../model/history-store.ts";
import { prepared } from "./statements.ts";

/**
 * Adds what an audit saw: a mark that is known is seen once more, a new one begins, with the time at which its place was looked at last
 * before. A place keeps its newest MOST_MARKS marks, so that a provider that invents one every night does not fill the disk.
 */
export function recordMilestones(db: Database, track: number, at: number, milestones: readonly StoredMilestone[]): void {
  const looks = new Map<string, number | null>();
  for (const { kind, place } of milestones) looks.set(placeKey(kind, place), lastLook(db, track, kind, place));
  for (const milestone of milestones) {
    const { kind, place, mark } = milestone;
    const seenAgain = prepared(
      db,
      "UPDATE milestone SET last_at = max(last_at, ?) WHERE track_id = ? AND kind = ? AND place = ? AND mark = ?",
    ).run(at, track, kind, place, mark);
    if (seenAgain.changes > 0) continue;
    prepared(
      db,
      "INSERT INTO milestone(track_id, kind, place, mark, first_at, last_at, seen_before, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(track, kind, place, mark, at, at, looks.get(placeKey(kind, place)) ?? null, milestone.detail ?? null);
    forgetOldest(db, track, kind, place);
  }
}

/** Of one track, in no particular order. */
export function milestonesOf(db: Database, track: number): readonly MilestoneRecord[] {
  return prepared<[number], MilestoneRow>(db, `SELECT ${COLUMNS} FROM milestone WHERE track_id = ?`).all(track).map(recordOf);
}

/** Of one track and kind, those of each place that were seen last, of those seen equally late the ones that began last; in no particular order. */
export function newestMilestones(db: Database, track: number, kind: string, newest: number): readonly MilestoneRecord[] {
  return prepared<[number, string, number], MilestoneRow>(
    db,
    `SELECT ${COLUMNS} FROM (
       SELECT *, row_number() OVER (PARTITION BY place ORDER BY last_at DESC, first_at DESC, mark) AS position
       FROM milestone WHERE track_id = ? AND kind = ?)
     WHERE position <= ?`,
  )
    .all(track, kind, newest)
    .map(recordOf);
}

/** Field by field: a fleet has tens of thousands of them, and taking rows apart costs more than reading them. */
function recordOf({ kind, place, mark, firstAt, lastAt, seenBefore, detail }: MilestoneRow): MilestoneRecord {
  if (seenBefore === null) return detail === null ? { kind, place, mark, firstAt, lastAt } : { kind, place, mark, firstAt, lastAt, detail };
  return detail === null ? { kind, place, mark, firstAt, lastAt, seenBefore } : { kind, place, mark, firstAt, lastAt, seenBefore, detail };
}

interface MilestoneRow {
  readonly kind: string;
  readonly place: string;
  readonly mark: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly seenBefore: number | null;
  readonly detail: string | null;
}

function lastLook(db: Database, track: number, kind: string, place: string): number | null {
  return (
    prepared<[number, string, string], { at: number | null }>(
      db,
      "SELECT max(last_at) AS at FROM milestone WHERE track_id = ? AND kind = ? AND place = ?",
    ).get(track, kind, place)?.at ?? null
  );
}

function forgetOldest(db: Database, track: number, kind: string, place: string): void {
  const known = prepared<[number, string, string], { n: number }>(
    db,
    "SELECT count(*) AS n FROM milestone WHERE track_id = ? AND kind = ? AND place = ?",
  ).get(track, kind, place);
  if ((known?.n ?? 0) <= MOST_MARKS) return;
  prepared(
    db,
    `DELETE FROM milestone WHERE track_id = ? AND kind = ? AND place = ? AND mark =
       (SELECT mark FROM milestone WHERE track_id = ? AND kind = ? AND place = ? ORDER BY last_at, first_at, mark LIMIT 1)`,
  ).run(track, kind, place, track, kind, place);
}

function placeKey(kind: string, place: string): string {
  return `${kind}\n${place}`;
}

const COLUMNS = "kind, place, mark, first_at AS firstAt, last_at AS lastAt, seen_before AS seenBefore, detail";
const MOST_MARKS = 500;
