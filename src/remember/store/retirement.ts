import type { Database } from "better-sqlite3";
import type { HistoryEvent } from "../../model/finding.ts";
import type { MissingTrack, RetirementCommit } from "../../model/history-store.ts";
import { appendEvent } from "./events.ts";
import { recordFinding } from "./findings.ts";
import { findTrack } from "./integrations.ts";
import { recordAlerts } from "./outbox.ts";
import { prepared } from "./statements.ts";

/** Tracks of integrations that this inventory declared once, and does not declare any more: until nothing of them is live, once at least. */
export function missingTracks(db: Database, inventory: string, present: readonly string[]): readonly MissingTrack[] {
  const still = new Set(present);
  return prepared<[string], MissingTrack>(
    db,
    `SELECT integration.uid AS uid, integration.slug AS id, track.vantage AS vantage, integration.owner AS owner
     FROM integration JOIN track ON track.integration_id = integration.id
     WHERE integration.inventory = ? AND (integration.removed_at IS NULL OR EXISTS (
       SELECT 1 FROM finding WHERE finding.track_id = track.id AND presence IN ('suspect', 'open', 'clearing')))
     ORDER BY integration.slug, track.vantage`,
  )
    .all(inventory)
    .filter(({ uid }) => !still.has(uid));
}

export function recordRetirement(db: Database, { run, at, uid, vantage, findings, events, alerts }: RetirementCommit): void {
  const track = findTrack(db, uid, vantage);
  if (track === undefined) throw new RangeError("no track of that integration and vantage");
  for (const finding of findings) recordFinding(db, track.id, finding);
  for (const event of events) {
    if (!isTold(db, run, event)) appendEvent(db, { at, run, integration: uid, ...event });
  }
  recordAlerts(db, alerts);
  prepared(db, "UPDATE integration SET removed_at = ? WHERE id = ?").run(at, track.integrationId);
}

/** A finding that several vantages saw is one to the log, which tells of it once in a run. */
function isTold(db: Database, run: string, { fingerprint, kind }: HistoryEvent): boolean {
  const told = prepared<[string | null, string, string], { found: 1 }>(
    db,
    "SELECT 1 AS found FROM event WHERE fingerprint = ? AND run_id = (SELECT id FROM run WHERE ulid = ?) AND kind = ?",
  );
  return told.get(fingerprint ?? null, run, kind) !== undefined;
}
