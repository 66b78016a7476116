import type { Database } from "better-sqlite3";
import type { BaselineRecord } from "../../model/history-store.ts";
import { appendEvent } from "./events.ts";
import { runRow } from "./runs.ts";
import { prepared } from "./statements.ts";

/** A name that was given before moves to the new run; the event keeps who did it, and why. */
export function recordBaseline(db: Database, { name, run, by, reason, at }: BaselineRecord): void {
  prepared(
    db,
    `INSERT INTO baseline(name, run_id, by, reason, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT(name) DO UPDATE SET run_id = excluded.run_id, by = excluded.by, reason = excluded.reason, at = excluded.at`,
  ).run(name, runRow(db, run).id, by, reason ?? null, at);
  appendEvent(db, { at, run, kind: "baseline", detail: { name, by, ...(reason === undefined ? {} : { reason }) } });
}

/** By name. */
export function listBaselines(db: Database): readonly BaselineRecord[] {
  return prepared<[], BaselineRow>(
    db,
    "SELECT name, run.ulid AS run, by, reason, at FROM baseline JOIN run ON run.id = baseline.run_id ORDER BY name",
  )
    .all()
    .map(({ reason, ...row }) => ({ ...row, ...(reason === null ? {} : { reason }) }));
}

interface BaselineRow extends Omit<BaselineRecord, "reason"> {
  readonly reason: string | null;
}
