import type { Database } from "better-sqlite3";
import { prepared } from "./statements.ts";

interface Erased {
  readonly uid: string;
  readonly slug: string;
  readonly fingerprints: readonly string[];
}

/**
 * Forgets what was to be told of an integration: its alerts with their keys, the incidents of its findings, and the content of every
 * other message that names it, which is given up as a whole. Returns how many messages were not sent for that.
 */
export function eraseMessages(db: Database, { uid, slug, fingerprints }: Erased, now: number): number {
  const alerts = prepared(
    db,
    "DELETE FROM alert WHERE integration = ? OR substr(dedup_key, 1, instr(dedup_key, ':') - 1) IN (SELECT value FROM json_each(?))",
  );
  alerts.run(slug, JSON.stringify([uid, ...fingerprints]));
  const waiting = prepared<[], { n: number }>(db, "SELECT count(*) AS n FROM outbox WHERE payload IS NOT NULL");
  const before = waiting.get()?.n ?? 0;
  prepared(db, "DELETE FROM outbox WHERE thread IN (SELECT value FROM json_each(?))").run(JSON.stringify(fingerprints));
  // A payload is JSON of ids, titles and fingerprints (tell/notify/digest.ts): as a whole string, or at the beginning of a place.
  const names = [JSON.stringify(slug), JSON.stringify(uid).slice(0, -1), ...fingerprints.map((print) => JSON.stringify(print))];
  prepared(
    db,
    `UPDATE outbox SET payload = NULL, dead_at = ?, last_problem = 'erased'
     WHERE payload IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(?) WHERE instr(payload, value) > 0)`,
  ).run(now, JSON.stringify(names));
  return before - (waiting.get()?.n ?? 0);
}
