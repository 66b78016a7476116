import type { Database } from "better-sqlite3";
import type { ErasureReport } from "../../model/history-store.ts";
import { eraseEvents } from "./events.ts";
import { eraseMessages } from "./outbox-erasure.ts";
import { prepared } from "./statements.ts";

/**
 * Deletes all that is known of one integration (an id or a uid) and of nobody else, inside one transaction of the caller.
 * Its events stay as links of the chain without their content. Undefined when no integration is called that.
 * The bytes are gone once the file was compacted.
 */
export function eraseIntegration(db: Database, integration: string, now: number): ErasureReport | undefined {
  const named = prepared<[string, string], { id: number; uid: string; slug: string }>(
    db,
    "SELECT id, uid, slug FROM integration WHERE uid = ? OR slug = ? ORDER BY uid LIMIT 1",
  ).get(integration, integration);
  if (named === undefined) return undefined;
  db.pragma("secure_delete = ON");
  const evidenceBefore = count(db, "evidence");
  const fingerprints = fingerprintsOf(db, named.id);
  for (const fingerprint of fingerprints) prepared(db, "DELETE FROM decision WHERE fingerprint = ?").run(fingerprint);
  const counts = {
    messages: eraseMessages(db, { uid: named.uid, slug: named.slug, fingerprints }, now),
    events: eraseEvents(db, named.id, now),
    findings: count(db, `finding WHERE track_id IN (${TRACKS})`, named.id),
    audits: count(db, `audit WHERE track_id IN (${TRACKS})`, named.id),
  };
  eraseNotices(db, named.slug);
  for (const statement of OWN) prepared(db, statement).run(named.id);
  for (const statement of SHARED_BY_NOBODY) prepared(db, statement).run();
  prepared(db, "DELETE FROM integration WHERE id = ?").run(named.id);
  return { uid: named.uid, integrationId: named.slug, ...counts, evidence: evidenceBefore - count(db, "evidence") };
}

/** Of findings that are there, and of those that are not any more and left their events. */
function fingerprintsOf(db: Database, integration: number): readonly string[] {
  return prepared<[number, number], { fingerprint: string }>(
    db,
    `SELECT fingerprint FROM finding WHERE track_id IN (${TRACKS})
     UNION SELECT fingerprint FROM event WHERE integration_id = ? AND fingerprint IS NOT NULL`,
  )
    .all(integration, integration)
    .map(({ fingerprint }) => fingerprint);
}

/** A notice that names it goes whole: what it says of others stands in their audits. */
function eraseNotices(db: Database, slug: string): void {
  const told = prepared<[string], { id: number; notices: string }>(db, "SELECT id, notices FROM run WHERE instr(notices, ?) > 0");
  for (const { id, notices } of told.all(slug)) {
    const others = (JSON.parse(notices) as string[]).filter((notice) => !words(notice).has(slug));
    prepared(db, "UPDATE run SET notices = ? WHERE id = ?").run(JSON.stringify(others), id);
  }
}

/** Ids as the inventory spells them; a full stop or a comma behind one is none of it. */
function words(notice: string): ReadonlySet<string> {
  return new Set((notice.match(/[a-z0-9._-]+/g) ?? []).map((word) => word.replace(/[._-]+$/, "")));
}

function count(db: Database, from: string, ...values: readonly number[]): number {
  return prepared<unknown[], { n: number }>(db, `SELECT count(*) AS n FROM ${from}`).get(...values)?.n ?? 0;
}

const TRACKS = "SELECT id FROM track WHERE integration_id = ?";

/** Children before parents. A host's pace goes with the last integration that has the host. */
const OWN: readonly string[] = [
  ...["finding", "answer", "reading", "wording", "judgement", "rollup_month", "milestone", "audit"].map(
    (table) => `DELETE FROM ${table} WHERE track_id IN (${TRACKS})`,
  ),
  `DELETE FROM pace WHERE host IN (SELECT host FROM integration_host WHERE integration_id = ?)
     AND (SELECT count(*) FROM integration_host WHERE integration_host.host = pace.host) = 1`,
  ...["integration_host", "sent_day", "map_decision", "waiver_use", "track"].map(
    (table) => `DELETE FROM ${table} WHERE integration_id = ?`,
  ),
];

/** What repeats is stored once for all; a claim that others make too gets their words. */
const SHARED_BY_NOBODY: readonly string[] = [
  "DELETE FROM claim WHERE id NOT IN (SELECT claim_id FROM wording)",
  `UPDATE claim SET words = (SELECT min(words) FROM wording WHERE claim_id = claim.id)
   WHERE id NOT IN (SELECT claim_id FROM wording WHERE words IS NULL)`,
  "DELETE FROM sheet WHERE NOT EXISTS (SELECT 1 FROM judgement WHERE sheet_id = sheet.id)",
  "DELETE FROM source WHERE id NOT IN (SELECT source_id FROM reading)",
  "DELETE FROM question WHERE id NOT IN (SELECT question_id FROM answer)",
  "DELETE FROM failure WHERE id NOT IN (SELECT failure_id FROM answer WHERE failure_id IS NOT NULL)",
  `DELETE FROM evidence_body WHERE NOT EXISTS (SELECT 1 FROM answer WHERE answer.evidence_id = evidence_body.evidence_id)
     AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.evidence_id = evidence_body.evidence_id)`,
  `DELETE FROM evidence WHERE NOT EXISTS (SELECT 1 FROM answer WHERE evidence_id = evidence.id)
     AND NOT EXISTS (SELECT 1 FROM reading WHERE evidence_id = evidence.id)`,
  "DELETE FROM configuration WHERE id NOT IN (SELECT configuration_id FROM audit)",
  `DELETE FROM digest WHERE id NOT IN (
     SELECT rules_id FROM wording UNION SELECT config_id FROM wording
     UNION SELECT tool_id FROM wording WHERE tool_id IS NOT NULL UNION SELECT tool_id FROM judgement)`,
];
