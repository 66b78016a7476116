import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import type { AuditCommit, AuditRecord } from "../../model/history-store.ts";
import { VISIBILITIES } from "../../model/report.ts";
import { type Dictionary, readDictionary } from "./claims.ts";
import { recordConfiguration } from "./contents.ts";
import { recordCourtesy } from "./courtesy.ts";
import { appendEvent } from "./events.ts";
import { recordFinding } from "./findings.ts";
import { recordTrack } from "./integrations.ts";
import { recordObservation } from "./observations.ts";
import { recordVerdicts } from "./record-verdicts.ts";
import { runRow } from "./runs.ts";
import { sheetOf } from "./sheets.ts";
import { bytesOf, hexOf, prepared } from "./statements.ts";
import { verdictsInForce, verdictsKnown } from "./verdicts.ts";

/** Everything that one integration's audit adds, inside one transaction of the caller. The second time it changes nothing. */
export function recordAudit(db: Database, commit: AuditCommit): void {
  const run = runRow(db, commit.run);
  const track = recordTrack(db, commit.integration, commit.vantage ?? run.vantage, commit.at);
  if (isRecorded(db, track.id, run.id)) return;
  const previous = newestAudit(db, track.id);
  if (previous !== undefined && previous > run.id) throw new RangeError("a later run has audited the integration already");
  recordAuditRow(db, track.id, run.id, commit);
  recordCourtesy(db, track.integrationId, commit);
  for (const observation of commit.observations) recordObservation(db, track.id, run.id, observation);
  const news = newsOf(commit.changes);
  if (news.length > 0 && previous !== undefined) markTold(db, news, verdictsKnown(db, track.id, previous));
  recordVerdicts(db, track.id, run.id, previous, commit.verdicts);
  recordFindings(db, track.id, commit);
}

/** Audits of a run with their verdicts, by integration id. */
export function listAudits(db: Database, ulid: string): readonly AuditRecord[] {
  const dictionary = readDictionary(db);
  return prepared<[string], AuditRow>(db, `${SELECT} WHERE run.ulid = ? ORDER BY ${BY_INTEGRATION}`)
    .all(ulid)
    .map((row) => auditOf(db, ulid, row, dictionary));
}

/**
 * Of two runs the audits of those integrations that both audited and that claimed something else in each, by integration id, with those
 * verdicts of theirs that differ. Where the later one asked something new, the earlier one has all it said.
 */
export function listDifferingAudits(
  db: Database,
  before: string,
  after: string,
): readonly [readonly AuditRecord[], readonly AuditRecord[]] {
  const dictionary = readDictionary(db);
  const rows = prepared<[string, string], AuditRow>(db, `${SELECT} WHERE run.ulid = ? AND ${IN_THE_OTHER} ORDER BY ${BY_INTEGRATION}`);
  const [old, young] = [rows.all(before, after), rows.all(after, before)];
  const earlier = new Map(old.map((row) => [row.track_id, row]));
  const pairs = young.flatMap((row) => {
    const former = earlier.get(row.track_id);
    const [was, is] = [former, row].map((audit) => (audit === undefined ? undefined : sheetOf(db, audit.track_id, audit.run_id)?.claims));
    if (former === undefined || was === undefined || is === undefined || was === is) return [];
    const claims = differingClaims(was, is, dictionary);
    return [[auditOf(db, before, former, dictionary, claims.before), auditOf(db, after, row, dictionary, claims.after)] as const];
  });
  return [pairs.map(([audit]) => audit), pairs.map(([, audit]) => audit)];
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

const SELECT = `SELECT audit.*, integration.uid AS uid, integration.slug AS slug, integration.name AS name, configuration.hash AS configuration
  FROM audit JOIN run ON run.id = audit.run_id JOIN track ON track.id = audit.track_id
  JOIN integration ON integration.id = track.integration_id JOIN configuration ON configuration.id = audit.configuration_id`;
const IN_THE_OTHER = `EXISTS (SELECT 1 FROM audit AS other
  WHERE other.track_id = audit.track_id AND other.run_id = (SELECT id FROM run AS others WHERE others.ulid = ?))`;
const BY_INTEGRATION = "integration.slug, integration.uid";

/** `claims`: only these of what it claimed. */
function auditOf(db: Database, run: string, row: AuditRow, dictionary: Dictionary, claims?: string): AuditRecord {
  return {
    run,
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

function isRecorded(db: Database, track: number, run: number): boolean {
  return prepared(db, "SELECT 1 FROM audit WHERE track_id = ? AND run_id = ?").get(track, run) !== undefined;
}

function newestAudit(db: Database, track: number): number | undefined {
  const row = prepared<[number], { run: number | null }>(db, "SELECT max(run_id) AS run FROM audit WHERE track_id = ?").get(track);
  return row?.run ?? undefined;
}

function recordAuditRow(db: Database, track: number, run: number, commit: AuditCommit): void {
  prepared(
    db,
    `INSERT INTO audit(track_id, run_id, at, visibility, score, coverage, latency_ms, connections, requests, configuration_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    track,
    run,
    commit.at,
    VISIBILITIES.indexOf(commit.visibility),
    commit.score === null ? null : Math.round(commit.score),
    commit.coverage,
    Math.round(commit.latencyMs),
    commit.sent.connections,
    commit.sent.requests,
    recordConfiguration(db, commit.configuration),
  );
}

/** Every change is an event with its cause; so is a finding that opened without one, in the first audit of its integration. */
function recordFindings(db: Database, track: number, commit: AuditCommit): void {
  const changed = new Set(commit.changes.map(({ fingerprint }) => fingerprint));
  markTold(db, newsOf(commit.changes), commit.verdicts);
  const origin = { at: commit.at, run: commit.run, integration: commit.integration.uid };
  for (const finding of commit.findings) {
    const isNew = recordFinding(db, track, finding);
    if (!isNew || changed.has(finding.fingerprint)) continue;
    markTold(db, [finding], commit.verdicts);
    const { fingerprint, cause, presence, severity, outcome } = finding;
    appendEvent(db, { ...origin, fingerprint, kind: "opened", cause, detail: { after: { presence, severity, outcome } } });
  }
  for (const { fingerprint, kind, cause, before, after } of commit.changes) {
    appendEvent(db, { ...origin, fingerprint, kind, cause, detail: { before, after } });
  }
}

/** Losing and regaining sight tells of our nights, and on the same evidence as before. */
function newsOf(changes: AuditCommit["changes"]): AuditCommit["changes"] {
  return changes.filter(({ kind }) => kind !== "lost-sight" && kind !== "regained-sight");
}

type Question = Pick<VerdictRecord, "rule" | "subject">;

/** The evidence behind what an event tells of is kept for as long as the event. */
function markTold(db: Database, questions: readonly Question[], verdicts: readonly VerdictRecord[]): void {
  const mark = prepared(db, "UPDATE evidence SET told = 1 WHERE hash = ? AND told = 0");
  for (const { rule, subject } of questions) {
    const told = verdicts.find((verdict) => verdict.rule === rule && verdict.subject === subject);
    for (const { hash } of told?.evidence ?? []) mark.run(bytesOf(hash));
  }
}
