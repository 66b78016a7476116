import type { Database } from "better-sqlite3";
import type { AuditHead } from "../../model/history-store.ts";
import { VISIBILITIES } from "../../model/report.ts";
import { hexOf, prepared } from "./statements.ts";

/** A head with the row ids behind it. */
export interface PlacedHead {
  readonly track: number;
  readonly runId: number;
  readonly head: AuditHead;
}

/** Audits of a run, of all integrations or of one that an id or a uid names, by integration id. */
export function listAuditHeads(db: Database, ulid: string, integration: string | undefined): readonly AuditHead[] {
  return (integration === undefined ? headsOfRun(db, ulid) : headsOfIntegration(db, ulid, integration)).map(({ head }) => head);
}

export function headsOfRun(db: Database, ulid: string): readonly PlacedHead[] {
  return prepared<[string], HeadRow>(db, `${SELECT} WHERE run.ulid = ? ORDER BY integration.slug, integration.uid`)
    .all(ulid)
    .map(placedHead);
}

/** Of each track the newest audit that saw something: visibility 0 and 1 are observed and partial. From the tracks, of which there are few. */
export function listNewestHeads(db: Database): readonly AuditHead[] {
  return prepared<[], HeadRow>(
    db,
    `${COLUMNS} FROM track CROSS JOIN audit ON audit.track_id = track.id
       AND audit.run_id = (SELECT max(seen.run_id) FROM audit AS seen WHERE seen.track_id = track.id AND seen.visibility <= 1)
     ${JOINED}
     ORDER BY integration.slug, integration.uid, track.vantage`,
  )
    .all()
    .map((row) => placedHead(row).head);
}

export function findHead(db: Database, ulid: string, uid: string, vantage: string): PlacedHead | undefined {
  const row = prepared<[string, string, string], HeadRow>(
    db,
    `${SELECT} WHERE integration.uid = ? AND track.vantage = ? AND audit.run_id = (SELECT id FROM run WHERE ulid = ?)`,
  ).get(uid, vantage, ulid);
  return row === undefined ? undefined : placedHead(row);
}

/** From the integration, whose audits of one run are few, and not from the run. */
function headsOfIntegration(db: Database, ulid: string, integration: string): readonly PlacedHead[] {
  return prepared<[string, string, string], HeadRow>(
    db,
    `${SELECT} WHERE integration.id IN (SELECT id FROM integration WHERE slug = ? UNION SELECT id FROM integration WHERE uid = ?)
       AND audit.run_id = (SELECT id FROM run WHERE ulid = ?) ORDER BY integration.slug, integration.uid`,
  )
    .all(integration, integration, ulid)
    .map(placedHead);
}

interface HeadRow {
  readonly track: number;
  readonly runId: number;
  readonly run: string;
  readonly uid: string;
  readonly slug: string;
  readonly vantage: string;
  readonly at: number;
  readonly visibility: number;
  readonly configuration: Buffer;
}

function placedHead(row: HeadRow): PlacedHead {
  return {
    track: row.track,
    runId: row.runId,
    head: {
      run: row.run,
      uid: row.uid,
      integrationId: row.slug,
      vantage: row.vantage,
      at: row.at,
      visibility: VISIBILITIES[row.visibility] ?? "error",
      configurationHash: hexOf(row.configuration),
    },
  };
}

const COLUMNS = `SELECT audit.track_id AS track, audit.run_id AS runId, run.ulid AS run, integration.uid AS uid, integration.slug AS slug,
    track.vantage AS vantage, audit.at AS at, audit.visibility AS visibility, configuration.hash AS configuration`;
const JOINED = `JOIN integration ON integration.id = track.integration_id JOIN run ON run.id = audit.run_id
  JOIN configuration ON configuration.id = audit.configuration_id`;
const SELECT = `${COLUMNS} FROM track JOIN audit ON audit.track_id = track.id ${JOINED}`;
