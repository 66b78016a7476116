import type { Database } from "better-sqlite3";
import type { WaiverUse } from "../../model/history-store.ts";
import { prepared } from "./statements.ts";

/** The waivers that the file declares for an integration today, in place of those of yesterday. */
export function recordWaiverUses(db: Database, integration: number, uses: readonly WaiverUse[]): void {
  prepared(db, "DELETE FROM waiver_use WHERE integration_id = ?").run(integration);
  const insert = prepared(
    db,
    `INSERT OR REPLACE INTO waiver_use(integration_id, waiver, rule, until_at, first_seen_at, last_matched_at, unused_since)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { waiver, rule, until, firstSeenAt, lastMatchedAt, unusedSince } of uses) {
    insert.run(integration, waiver, rule, until, firstSeenAt, lastMatchedAt ?? null, unusedSince ?? null);
  }
}

export function waiverUses(db: Database, integration: number): readonly WaiverUse[] {
  return prepared<[number], WaiverUseRow>(
    db,
    `SELECT waiver, rule, until_at AS until, first_seen_at AS firstSeenAt, last_matched_at AS lastMatchedAt, unused_since AS unusedSince
     FROM waiver_use WHERE integration_id = ? ORDER BY waiver`,
  )
    .all(integration)
    .map(({ lastMatchedAt, unusedSince, ...use }) => ({
      ...use,
      ...(lastMatchedAt === null ? {} : { lastMatchedAt }),
      ...(unusedSince === null ? {} : { unusedSince }),
    }));
}

interface WaiverUseRow {
  readonly waiver: string;
  readonly rule: string;
  readonly until: number;
  readonly firstSeenAt: number;
  readonly lastMatchedAt: number | null;
  readonly unusedSince: number | null;
}
