import type { Database } from "better-sqlite3";
import type { AuditCommit } from "../../model/history-store.ts";
import { prepared } from "./statements.ts";

/** One integration seen from one vantage. */
export interface Track {
  readonly id: number;
  readonly integrationId: number;
}

/** Writes the integration as it is declared today and returns its track for `vantage`. A rename keeps uid and history. */
export function recordTrack(db: Database, integration: AuditCommit["integration"], vantage: string, at: number): Track {
  const { id: integrationId } = one(
    prepared<unknown[], { id: number }>(
      db,
      `INSERT INTO integration(uid, slug, name, owner, criticality, inventory, first_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(uid) DO UPDATE SET slug = excluded.slug, name = excluded.name, owner = excluded.owner,
         criticality = excluded.criticality, inventory = excluded.inventory, removed_at = NULL
       RETURNING id`,
    ).get(
      integration.uid,
      integration.id,
      integration.name,
      integration.owner ?? null,
      integration.criticality,
      integration.inventory ?? null,
      at,
    ),
  );
  prepared(db, "INSERT OR IGNORE INTO track(integration_id, vantage) VALUES (?, ?)").run(integrationId, vantage);
  const known = one(findTrack(db, integration.uid, vantage));
  return known;
}

export function findTrack(db: Database, uid: string, vantage: string): Track | undefined {
  return prepared<[string, string], Track>(
    db,
    `SELECT track.id, track.integration_id AS integrationId FROM track JOIN integration ON integration.id = track.integration_id
     WHERE integration.uid = ? AND track.vantage = ?`,
  ).get(uid, vantage);
}

/** Row id of an integration, whatever the vantage. */
export function findIntegration(db: Database, uid: string): number | undefined {
  return prepared<[string], { id: number }>(db, "SELECT id FROM integration WHERE uid = ?").get(uid)?.id;
}

function one<T>(row: T | undefined): T {
  if (row === undefined) throw new TypeError("a row that was just written is not there");
  return row;
}
