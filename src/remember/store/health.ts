import type { Database } from "better-sqlite3";
import type { StoreHealth } from "../../model/history-store.ts";
import { sizeOf } from "./backup.ts";
import { firstBrokenEvent } from "./events.ts";
import { schemaVersion } from "./migrate.ts";
import { prepared } from "./statements.ts";

export function healthOf(db: Database, file: string): StoreHealth {
  return {
    path: file,
    schemaVersion: schemaVersion(db),
    sqliteVersion: prepared<[], { version: string }>(db, "SELECT sqlite_version() AS version").get()?.version ?? "unknown",
    bytes: sizeOf(db),
    freeBytes: Number(db.pragma("freelist_count", { simple: true })) * Number(db.pragma("page_size", { simple: true })),
    integrity: integrityOf(db),
    evidence: prepared<[], StoreHealth["evidence"][number]>(db, HIT_RATE).all(),
    restless: prepared<[], StoreHealth["restless"][number]>(db, RESTLESS).all(),
    counts: Object.fromEntries(
      Object.entries(COUNTED).map(([name, table]) => [
        name,
        prepared<[], { n: number }>(db, `SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0,
      ]),
    ),
  };
}

const HIT_RATE = `
  SELECT kind, sum(times) AS observed, count(DISTINCT evidence_id) AS stored FROM answer JOIN question ON question.id = question_id
  WHERE evidence_id IS NOT NULL GROUP BY kind ORDER BY kind`;

/** A question that is asked for the first time changes nothing; each later span of evidence does. */
const RESTLESS = `
  SELECT probe, kind, sum(changes) * 1.0 / sum(asked) AS share FROM (
    SELECT question_id, count(*) - 1 AS changes, sum(times) - 1 AS asked FROM answer WHERE evidence_id IS NOT NULL
    GROUP BY track_id, question_id HAVING sum(times) >= 10)
  JOIN question ON question.id = question_id GROUP BY probe, kind HAVING share > 0.8 ORDER BY share DESC`;

function integrityOf(db: Database): string {
  const pages = String(db.pragma("quick_check(1)", { simple: true }));
  if (pages !== "ok") return pages;
  const broken = firstBrokenEvent(db);
  return broken === undefined ? "ok" : `the chain of events is broken at event ${broken}`;
}

/** Names that outlive layouts, by table. */
const COUNTED = {
  integration: "integration",
  run: "run",
  audit: "audit",
  evidence: "evidence",
  observation: "answer",
  verdict: "wording",
  finding: "finding",
  event: "event",
} as const;
