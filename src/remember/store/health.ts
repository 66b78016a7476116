import type { Database } from "better-sqlite3";
import type { StoreHealth } from "../../model/history-store.ts";
import { firstBrokenEvent } from "./events.ts";
import { schemaVersion } from "./migrate.ts";
import { prepared } from "./statements.ts";

export function healthOf(db: Database, file: string): StoreHealth {
  return {
    path: file,
    schemaVersion: schemaVersion(db),
    sqliteVersion: prepared<[], { version: string }>(db, "SELECT sqlite_version() AS version").get()?.version ?? "unknown",
    bytes: Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true })),
    integrity: integrityOf(db),
    counts: Object.fromEntries(
      Object.entries(COUNTED).map(([name, table]) => [
        name,
        prepared<[], { n: number }>(db, `SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0,
      ]),
    ),
  };
}

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
