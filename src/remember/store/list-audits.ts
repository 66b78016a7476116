import type { Database } from "better-sqlite3";
import type { AuditRecord } from "../../model/history-store.ts";
import { VISIBILITIES } from "../../model/report.ts";
import { type Dictionary, readDictionary } from "./claims.ts";
import { runRow } from "./runs.ts";
import { sheetOf } from "./sheets.ts";
import { hexOf, prepared } from "./statements.ts";
import { verdictsInForce } from "./verdicts.ts";

/** Audits of a run with their verdicts, by integration id. */
export function listAudits(db: Database, ulid: string): readonly AuditRecord[] {
  const dictionary = readDictionary(db);
  return prepared<[string], AuditRow>(db, `${SELECT} WHERE run.ulid = ? ${BY_INTEGRATION}`)
    .all(ulid)
    .map((row) => auditOf(db, row, dictionary));
}

/** Audits of two runs of the same integrations and vantages, where they do not claim the same, or not on the same ground. */
export function listAuditsThatDiffer(db: Database, before: string, after: string) {
  const dictionary = readDictionary(db);
  const [earlier, later] = [runRow(db, before).id, runRow(db, after).id];
  const rows = prepared<[number, number], AuditRow>(
    db,
    `${SELECT} JOIN audit AS other ON other.track_id = audit.track_id AND other.run_id = ? WHERE audit.run_id = ? ${BY_INTEGRATION}`,
  );
  const differ = new Set(
    rows.all(later, earlier).flatMap(({ track_id }) => (isSaidInBoth(db, track_id, earlier, later) ? [] : [track_id])),
  );
  const records = (audits: readonly AuditRow[]) =>
    audits.filter((row) => differ.has(row.track_id)).map((row) => auditOf(db, row, dictionary));
  return { before: records(rows.all(later, earlier)), after: records(rows.all(earlier, later)) };
}

/** Where the sheet is the same, the ground is too unless a wording of its claims or a content of their sources began in between. */
function isSaidInBoth(db: Database, track: number, earlier: number, later: number): boolean {
  const claims = sheetOf(db, track, later)?.claims;
  if (sheetOf(db, track, earlier)?.claims !== claims) return false;
  if (claims === undefined) return true;
  const [from, until] = [Math.min(earlier, later), Math.max(earlier, later)];
  const began = prepared<unknown[], { began: number }>(db, BEGAN).get(claims, track, from, until, claims, track, until, track, from, until);
  return began?.began === 0;
}

const BEGAN = `SELECT EXISTS (
    SELECT 1 FROM json_each(?) AS said CROSS JOIN wording ON track_id = ? AND claim_id = said.value AND first_run > ? AND first_run <= ?)
  OR EXISTS (
    SELECT 1 FROM json_each(?) AS said CROSS JOIN wording ON wording.track_id = ? AND claim_id = said.value
      AND wording.first_run = (SELECT max(first_run) FROM wording AS newer
        WHERE newer.track_id = wording.track_id AND newer.claim_id = said.value AND newer.first_run <= ?)
    CROSS JOIN json_each(wording.sources) AS cited
    CROSS JOIN reading ON reading.track_id = ? AND source_id = cited.value AND reading.first_run > ? AND reading.first_run <= ?) AS began`;

function auditOf(db: Database, row: AuditRow, dictionary: Dictionary): AuditRecord {
  return {
    run: row.run,
    at: row.at,
    uid: row.uid,
    integrationId: row.slug,
    name: row.name,
    visibility: VISIBILITIES[row.visibility] ?? "error",
    score: row.score,
    coverage: row.coverage,
    sent: { connections: row.connections, requests: row.requests },
    configurationHash: hexOf(row.configuration),
    verdicts: verdictsInForce(db, row.track_id, row.run_id, dictionary),
  };
}

interface AuditRow {
  readonly run: string;
  readonly track_id: number;
  readonly run_id: number;
  readonly at: number;
  readonly uid: string;
  readonly slug: string;
  readonly name: string;
  readonly visibility: number;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly connections: number;
  readonly requests: number;
  readonly configuration: Buffer;
}

const SELECT = `SELECT audit.*, run.ulid AS run, integration.uid AS uid, integration.slug AS slug, integration.name AS name,
    configuration.hash AS configuration
  FROM audit JOIN run ON run.id = audit.run_id JOIN track ON track.id = audit.track_id
  JOIN integration ON integration.id = track.integration_id JOIN configuration ON configuration.id = audit.configuration_id`;
const BY_INTEGRATION = "ORDER BY integration.slug, integration.uid";
