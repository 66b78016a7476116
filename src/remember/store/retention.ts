import type { Database } from "better-sqlite3";
import type { PruneLimits, PruneReport } from "../../model/history-store.ts";
import { DAY } from "../../model/instant.ts";
import { takeEvidence } from "./retention-evidence.ts";
import { dropSpans } from "./retention-spans.ts";
import { thinMonth } from "./retention-thinning.ts";
import { prepared } from "./statements.ts";

/**
 * What a run does by itself at its end, inside one transaction: once a month, when another month is older than 90 days, and not by a clock
 * that could not be believed.
 */
export function tidy(db: Database, now: number): void {
  if (isClockSuspect(db)) return;
  const month = oldestMonthDue(db, now);
  if (month === undefined) return;
  thinMonth(db, month);
  dropSpans(db, now - SPANS_KEPT);
  takeEvidence(db, now - EVIDENCE_KEPT);
}

function isClockSuspect(db: Database): boolean {
  return prepared(db, "SELECT 1 FROM run WHERE id = (SELECT max(id) FROM run) AND clock_suspect = 1").get() !== undefined;
}

/** Everything that is due, inside one transaction of the caller, which may take it back. */
export function prune(db: Database, { now, evidenceKeptMs = EVIDENCE_KEPT }: PruneLimits): PruneReport {
  const freeBefore = freePages(db);
  let thinned = { runs: 0, audits: 0 };
  for (let month = oldestMonthDue(db, now); month !== undefined; month = oldestMonthDue(db, now)) {
    const { runs, audits } = thinMonth(db, month);
    thinned = { runs: thinned.runs + runs, audits: thinned.audits + audits };
  }
  const dropped = dropSpans(db, now - SPANS_KEPT);
  const evidence = takeEvidence(db, now - evidenceKeptMs);
  return {
    runs: thinned.runs,
    audits: thinned.audits + dropped.audits,
    spans: dropped.spans,
    evidence: evidence.bodies,
    evidenceBytes: evidence.bytes,
    bytes: Math.max(0, freePages(db) - freeBefore) * Number(db.pragma("page_size", { simple: true })),
  };
}

/** Gives free pages back to the file system, some at a time: another process may want to write in between. True while some are left. */
export function vacuumSome(db: Database): boolean {
  db.pragma(`incremental_vacuum(${PAGES_AT_A_TIME})`);
  return freePages(db) > 0;
}

function freePages(db: Database): number {
  return Number(db.pragma("freelist_count", { simple: true }));
}

/** First instant of the oldest month that ended 90 days before `now` and still has runs in full. */
function oldestMonthDue(db: Database, now: number): number | undefined {
  const oldest = prepared<[], { at: number | null }>(
    db,
    "SELECT min(started_at) AS at FROM run WHERE detail = 'full' AND status <> 'running'",
  ).get()?.at;
  if (oldest === null || oldest === undefined) return undefined;
  const date = new Date(oldest);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return Date.UTC(year, month + 1) <= now - AUDITS_FULL ? Date.UTC(year, month) : undefined;
}

/** docs/data-handling.md tells these; a month counts 31 days. */
const AUDITS_FULL = 90 * DAY;
const EVIDENCE_KEPT = 13 * 31 * DAY;
const SPANS_KEPT = 5 * 366 * DAY;
const PAGES_AT_A_TIME = 200;
