import { deflateRawSync } from "node:zlib";
import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../../src/model/finding.ts";
import type { AuditCommit } from "../../../src/model/history-store.ts";
import { VISIBILITIES } from "../../../src/model/report.ts";
import { aRun, NOON } from "../samples.ts";

/**
 * Writes audits of one integration into a file of schema 1, as the store of then did: a row per verdict, begun anew when its
 * question was left out or its evidence changed.
 */
export function writeFirstSchema(db: Database, commits: readonly AuditCommit[]): void {
  const [first] = commits;
  if (first === undefined) return;
  const { integration, configuration } = first;
  db.prepare("INSERT INTO integration(id, uid, slug, name, criticality, first_seen_at) VALUES (1, ?, ?, ?, ?, ?)").run(
    integration.uid,
    integration.id,
    integration.name,
    integration.criticality,
    NOON,
  );
  db.exec("INSERT INTO track(id, integration_id, vantage) VALUES (1, 1, 'local')");
  db.exec(`INSERT INTO ruleset(id, hash, manifest) VALUES (1, 'r', '{}')`);
  db.prepare("INSERT INTO configuration(id, hash, body) VALUES (1, ?, ?)").run(
    Buffer.from(configuration.hash, "hex"),
    deflateRawSync(configuration.json),
  );
  for (const [index, commit] of commits.entries()) writeAudit(db, index + 1, commit);
}

function writeAudit(db: Database, n: number, commit: AuditCommit): void {
  const run = aRun(n);
  db.prepare(
    `INSERT INTO run(id, ulid, started_at, finished_at, status, vantage, tool_version, capability_hash, ruleset_id, planned, trigger)
     VALUES (?, ?, ?, ?, 'complete', 'local', '0.1.0', 'c', 1, 1, 'manual')`,
  ).run(n, commit.run, run.startedAt, run.startedAt + 1);
  db.prepare("INSERT INTO audit VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 1)").run(
    n,
    commit.at,
    VISIBILITIES.indexOf(commit.visibility),
    commit.score,
    commit.coverage,
    commit.latencyMs,
    commit.sent.connections,
    commit.sent.requests,
  );
  for (const { probe, kind, key, outcome, evidence, failure, observedAt } of commit.observations) {
    if (evidence !== undefined) {
      db.prepare("INSERT OR IGNORE INTO evidence(hash, kind, version, size, body) VALUES (?, ?, ?, ?, ?)").run(
        Buffer.from(evidence.hash, "hex"),
        evidence.kind,
        evidence.version,
        evidence.json.length,
        deflateRawSync(evidence.json),
      );
    }
    db.prepare(`INSERT INTO observation VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, (SELECT id FROM evidence WHERE hash = ?), ?)`).run(
      probe,
      kind,
      key.origin,
      key.address ?? "",
      key.endpoint ?? "",
      n,
      n,
      observedAt,
      observedAt,
      outcome,
      evidence === undefined ? null : Buffer.from(evidence.hash, "hex"),
      failure ?? null,
    );
  }
  for (const verdict of commit.verdicts) writeVerdict(db, n, verdict);
}

function writeVerdict(db: Database, n: number, verdict: VerdictRecord): void {
  const hash = (hex: string) => Buffer.from(hex, "hex");
  const { causes } = verdict;
  const grown = db
    .prepare(
      `UPDATE verdict SET last_run = ?, data = ? WHERE rule = ? AND subject = ? AND last_run = ? AND verdict = ? AND evidence_hash = ?`,
    )
    .run(n, JSON.stringify(verdict.data), verdict.rule, verdict.subject, n - 1, verdict.verdict, hash(causes.evidence));
  if (grown.changes > 0) return;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO verdict(track_id, rule, subject, first_run, last_run, rule_revision, verdict, outcome, reason, severity, evidence_hash,
         title, message, confidence, data, rules_hash, config_hash, tool_hash)
       VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      verdict.rule,
      verdict.subject,
      n,
      n,
      verdict.ruleRevision,
      verdict.verdict,
      verdict.outcome,
      verdict.reason ?? null,
      verdict.severity ?? null,
      hash(causes.evidence),
      verdict.title ?? null,
      verdict.message ?? null,
      verdict.confidence,
      JSON.stringify(verdict.data),
      hash(causes.rules),
      hash(causes.config),
      hash(causes.tool),
    );
  for (const [position, piece] of verdict.evidence.entries()) {
    db.prepare("INSERT INTO verdict_evidence VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      lastInsertRowid,
      position,
      piece.kind,
      piece.key,
      piece.pointer,
      piece.summary,
      hash(piece.hash),
    );
  }
}
