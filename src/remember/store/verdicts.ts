import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { bytesOf, hexOf, prepared } from "./statements.ts";

/**
 * Adds a verdict of `run`. The span of the audit before (`previousRun`) grows when verdict, outcome, reason, severity,
 * revision and evidence are the same; its words, data and other hashes become those of this run.
 * Otherwise a new span begins, also after a run that did not ask: a run is in a span only if it said so.
 */
export function recordVerdict(db: Database, track: number, run: number, previousRun: number | undefined, verdict: VerdictRecord): void {
  const newest = previousRun === undefined ? undefined : spanEndingWith(db, track, verdict, previousRun);
  if (newest !== undefined) grow(db, newest.id, run, verdict);
  else begin(db, track, run, verdict);
}

/** Every verdict that an audit reached, by rule and subject. Words and data are those of the newest run of their span. */
export function verdictsInForce(db: Database, track: number, run: number): readonly VerdictRecord[] {
  return prepared<[number, number, number], VerdictRow>(
    db,
    `SELECT * FROM verdict WHERE track_id = ? AND first_run <= ? AND last_run >= ? ORDER BY rule, subject`,
  )
    .all(track, run, run)
    .map((row) => verdictOf(db, row));
}

/** Those of them that a report tells: failed, or not known. What the latter cite is left out. */
export function verdictsToTell(db: Database, track: number, run: number): readonly VerdictRecord[] {
  return prepared<[number, number, number], VerdictRow>(
    db,
    `SELECT * FROM verdict WHERE track_id = ? AND first_run <= ? AND last_run >= ? AND verdict IN ('fail', 'unobserved', 'error')
     ORDER BY rule, subject`,
  )
    .all(track, run, run)
    .map((row) => (row.verdict === "fail" ? verdictOf(db, row) : verdictCiting(row, [])));
}

/** The last time that a question failed, in `run` or before: what was said, and when it was said last. */
export function lastFailure(
  db: Database,
  track: number,
  run: number,
  question: Pick<VerdictRecord, "rule" | "subject">,
): { readonly verdict: VerdictRecord; readonly at: number } | undefined {
  const row = prepared<[number, number, string, string, number], VerdictRow & { readonly at: number }>(
    db,
    `SELECT verdict.*, coalesce(audit.at, run.started_at) AS at FROM verdict JOIN run ON run.id = min(verdict.last_run, ?)
     LEFT JOIN audit ON audit.track_id = verdict.track_id AND audit.run_id = run.id
     WHERE verdict.track_id = ? AND rule = ? AND subject = ? AND first_run <= ? AND verdict = 'fail' ORDER BY first_run DESC LIMIT 1`,
  ).get(run, track, question.rule, question.subject, run);
  return row === undefined ? undefined : { verdict: verdictOf(db, row), at: row.at };
}

/**
 * What was known after `run`: every question that its rule listed when it was last judged, with its last conclusive verdict
 * (pass, fail, not-applicable), or the newest of any kind where there never was one. An unobserved night hides nothing that was known
 * before, and a subject that its rule stopped listing is not compared with its verdict of long ago.
 */
export function verdictsKnown(db: Database, track: number, run: number): readonly VerdictRecord[] {
  return prepared<[number, number, number, number], VerdictRow>(
    db,
    `SELECT * FROM (SELECT *,
         row_number() OVER (
           PARTITION BY rule, subject ORDER BY verdict IN ('pass', 'fail', 'not-applicable') DESC, first_run DESC) AS place,
         min(max(last_run) OVER (PARTITION BY rule, subject), ?) AS listed, min(max(last_run) OVER (PARTITION BY rule), ?) AS judged
       FROM verdict WHERE track_id = ? AND first_run <= ?)
     WHERE place = 1 AND listed = judged ORDER BY rule, subject`,
  )
    .all(run, run, track, run)
    .map((row) => verdictOf(db, row));
}

function spanEndingWith(db: Database, track: number, verdict: VerdictRecord, run: number): { id: number } | undefined {
  return prepared<unknown[], { id: number }>(
    db,
    `SELECT id FROM verdict WHERE track_id = ? AND rule = ? AND subject = ? AND last_run = ? AND verdict = ? AND outcome = ?
       AND reason IS ? AND severity IS ? AND rule_revision = ? AND evidence_hash = ?`,
  ).get(
    track,
    verdict.rule,
    verdict.subject,
    run,
    verdict.verdict,
    verdict.outcome,
    verdict.reason ?? null,
    verdict.severity ?? null,
    verdict.ruleRevision,
    bytesOf(verdict.causes.evidence),
  );
}

function grow(db: Database, id: number, run: number, verdict: VerdictRecord): void {
  prepared(
    db,
    `UPDATE verdict SET last_run = ?, title = ?, message = ?, confidence = ?, data = ?, rules_hash = ?, config_hash = ?, tool_hash = ?
     WHERE id = ?`,
  ).run(run, ...wordsAndHashes(verdict), id);
}

function begin(db: Database, track: number, run: number, verdict: VerdictRecord): void {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO verdict(track_id, rule, subject, first_run, last_run, rule_revision, verdict, outcome, reason, severity, evidence_hash,
       title, message, confidence, data, rules_hash, config_hash, tool_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    track,
    verdict.rule,
    verdict.subject,
    run,
    run,
    verdict.ruleRevision,
    verdict.verdict,
    verdict.outcome,
    verdict.reason ?? null,
    verdict.severity ?? null,
    bytesOf(verdict.causes.evidence),
    ...wordsAndHashes(verdict),
  );
  const insert = prepared(
    db,
    "INSERT INTO verdict_evidence(verdict_id, position, kind, key, pointer, summary, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  for (const [position, { kind, key, pointer, summary, hash }] of verdict.evidence.entries()) {
    insert.run(lastInsertRowid, position, kind, key, pointer, summary, bytesOf(hash));
  }
}

function wordsAndHashes({ title, message, confidence, data, causes }: VerdictRecord): readonly unknown[] {
  return [
    title ?? null,
    message ?? null,
    confidence,
    JSON.stringify(data),
    bytesOf(causes.rules),
    bytesOf(causes.config),
    bytesOf(causes.tool),
  ];
}

interface VerdictRow {
  readonly id: number;
  readonly rule: string;
  readonly subject: string;
  readonly rule_revision: number;
  readonly verdict: VerdictRecord["verdict"];
  readonly outcome: string;
  readonly reason: NonNullable<VerdictRecord["reason"]> | null;
  readonly severity: NonNullable<VerdictRecord["severity"]> | null;
  readonly title: string | null;
  readonly message: string | null;
  readonly confidence: number;
  readonly data: string;
  readonly evidence_hash: Buffer;
  readonly rules_hash: Buffer;
  readonly config_hash: Buffer;
  readonly tool_hash: Buffer;
}

interface VerdictEvidenceRow {
  readonly kind: string;
  readonly key: string;
  readonly pointer: string;
  readonly summary: string;
  readonly hash: Buffer;
}

function verdictOf(db: Database, row: VerdictRow): VerdictRecord {
  const evidence = prepared<[number], VerdictEvidenceRow>(
    db,
    "SELECT kind, key, pointer, summary, hash FROM verdict_evidence WHERE verdict_id = ? ORDER BY position",
  ).all(row.id);
  return verdictCiting(
    row,
    evidence.map((piece) => ({ ...piece, hash: hexOf(piece.hash) })),
  );
}

function verdictCiting(row: VerdictRow, evidence: VerdictRecord["evidence"]): VerdictRecord {
  return {
    rule: row.rule,
    ruleRevision: row.rule_revision,
    subject: row.subject,
    verdict: row.verdict,
    outcome: row.outcome,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.severity === null ? {} : { severity: row.severity }),
    ...(row.title === null ? {} : { title: row.title }),
    ...(row.message === null ? {} : { message: row.message }),
    confidence: row.confidence,
    data: JSON.parse(row.data),
    evidence,
    causes: {
      evidence: hexOf(row.evidence_hash),
      rules: hexOf(row.rules_hash),
      config: hexOf(row.config_hash),
      tool: hexOf(row.tool_hash),
    },
  };
}
