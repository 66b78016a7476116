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

/**
 * Of two runs the audits of those integrations that both audited and that claimed something else in each, by integration id, with those
 * verdicts of theirs that differ. Where the later one asked something new, the earlier one has all it said.
 */
export function listAuditsThatDiffer(db: Database, before: string, after: string) {
  const dictionary = readDictionary(db);
  const [earlier, later] = [runRow(db, before).id, runRow(db, after).id];
  const rows = prepared<[number, number], AuditRow>(
    db,
    `${SELECT} JOIN audit AS other ON other.track_id = audit.track_id AND other.run_id = ? WHERE audit.run_id = ? ${BY_INTEGRATION}`,
  );
  const former = new Map(rows.all(later, earlier).map((row) => [row.track_id, row]));
  const pairs = rows.all(earlier, later).flatMap((row) => {
    const old = former.get(row.track_id);
    const [was, is] = [earlier, later].map((run) => sheetOf(db, row.track_id, run)?.claims);
    if (old === undefined || was === undefined || is === undefined || was === is) return [];
    const claims = differingClaims(was, is, dictionary);
    return [{ before: auditOf(db, old, dictionary, claims.before), after: auditOf(db, row, dictionary, claims.after) }];
  });
  return { before: pairs.map((pair) => pair.before), after: pairs.map((pair) => pair.after) };
}

/** JSON arrays of claim ids. */
function differingClaims(before: string, after: string, dictionary: Dictionary): { readonly before: string; readonly after: string } {
  const [was, is] = [before, after].map((claims) => new Set(JSON.parse(claims) as readonly number[]));
  const gone = [...(was ?? [])].filter((claim) => !is?.has(claim));
  const come = [...(is ?? [])].filter((claim) => !was?.has(claim));
  const questionOf = (claim: number) => JSON.stringify([dictionary.claim(claim).keys.rule, dictionary.claim(claim).keys.subject]);
  const asked = new Set(gone.map(questionOf));
  const asksNew = come.some((claim) => !asked.has(questionOf(claim)));
  return { before: asksNew ? before : JSON.stringify(gone), after: JSON.stringify(come) };
}

/** `claims`: only these of what it claimed. */
function auditOf(db: Database, row: AuditRow, dictionary: Dictionary, claims?: string): AuditRecord {
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
    verdicts: verdictsInForce(db, row.track_id, row.run_id, dictionary, claims),
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
