import type { Database } from "better-sqlite3";
import { prepared } from "./statements.ts";

/** The claims of an audit, by ascending claim id. Audits that claim the same share a sheet for as long as they follow one another. */
export interface Sheet {
  readonly id: number;
  /** JSON array of claim ids. */
  readonly claims: string;
  readonly firstRun: number;
  /** Of the capability that its audits had, as digest. */
  readonly toolId: number;
}

/** The sheet of the track's newest audit. */
export function openSheet(db: Database, track: number): Sheet | undefined {
  return prepared<[number], Sheet>(
    db,
    `SELECT sheet.id AS id, claims, first_run AS firstRun, tool_id AS toolId FROM judgement JOIN sheet ON sheet.id = sheet_id
     WHERE track_id = ? AND last_run IS NULL ORDER BY first_run DESC LIMIT 1`,
  ).get(track);
}

/** The sheet of an audit that was made in `run`. */
export function sheetOf(db: Database, track: number, run: number): Sheet | undefined {
  const newest = prepared<[number, number], Sheet & { lastRun: number | null }>(
    db,
    `SELECT sheet.id AS id, claims, first_run AS firstRun, last_run AS lastRun, tool_id AS toolId FROM judgement JOIN sheet ON sheet.id = sheet_id
     WHERE track_id = ? AND first_run <= ? ORDER BY first_run DESC LIMIT 1`,
  ).get(track, run);
  return newest === undefined || (newest.lastRun !== null && newest.lastRun < run) ? undefined : newest;
}

/** Lets `run` claim `claims` with the tool `toolId`; `open` is the sheet of the audit before, which was made in `previousRun`. */
export function recordSheet(
  db: Database,
  track: number,
  run: number,
  { claims, toolId }: Pick<Sheet, "claims" | "toolId">,
  before: { readonly open: Sheet; readonly previousRun: number } | undefined,
): void {
  if (before?.open.claims === claims && before.open.toolId === toolId) return;
  if (before !== undefined) {
    prepared(db, "UPDATE judgement SET last_run = ? WHERE track_id = ? AND first_run = ?").run(
      before.previousRun,
      track,
      before.open.firstRun,
    );
  }
  const sheet =
    sheetUsedBefore(db, track, claims) ?? Number(prepared(db, "INSERT INTO sheet(claims) VALUES (?)").run(claims).lastInsertRowid);
  prepared(db, "INSERT INTO judgement(track_id, first_run, last_run, sheet_id, tool_id) VALUES (?, ?, NULL, ?, ?)").run(
    track,
    run,
    sheet,
    toolId,
  );
}

/** Nights that see nothing look alike, and so do the days after them. */
function sheetUsedBefore(db: Database, track: number, claims: string): number | undefined {
  return prepared<[number, string], { id: number }>(
    db,
    `SELECT sheet.id AS id FROM judgement JOIN sheet ON sheet.id = sheet_id WHERE track_id = ? AND claims = ?
     ORDER BY first_run DESC LIMIT 1`,
  ).get(track, claims)?.id;
}
