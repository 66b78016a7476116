import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Database } from "better-sqlite3";
import type { StoredEvidence } from "../../model/history-store.ts";
import { bytesOf, hexOf, prepared } from "./statements.ts";

/** Stores evidence unless content of that hash is there, and returns its row id. A body that retention took is put back. */
export function recordEvidence(db: Database, evidence: StoredEvidence): number {
  const hash = bytesOf(evidence.hash);
  const known = prepared<[Buffer], { id: number; whole: number }>(
    db,
    "SELECT id, evidence_id IS NOT NULL AS whole FROM evidence LEFT JOIN evidence_body ON evidence_id = id WHERE hash = ?",
  ).get(hash);
  if (known?.whole === 1) return known.id;
  const id = known?.id ?? recordHash(db, hash, evidence);
  prepared(db, "INSERT INTO evidence_body(evidence_id, body) VALUES (?, ?)").run(id, deflateRawSync(evidence.json));
  return id;
}

function recordHash(db: Database, hash: Buffer, { kind, version, json }: StoredEvidence): number {
  const insert = prepared(db, "INSERT INTO evidence(hash, kind, version, size) VALUES (?, ?, ?, ?)");
  return Number(insert.run(hash, kind, version, Buffer.byteLength(json)).lastInsertRowid);
}

/** What is there of the hashes asked for, in no particular order. */
export function readEvidence(db: Database, hashes: readonly string[]): readonly StoredEvidence[] {
  const select = prepared<[Buffer], EvidenceRow>(
    db,
    "SELECT hash, kind, version, body FROM evidence JOIN evidence_body ON evidence_id = id WHERE hash = ?",
  );
  return [...new Set(hashes)].flatMap((hash) => {
    const row = select.get(bytesOf(hash));
    return row === undefined ? [] : [storedEvidence(row)];
  });
}

export interface EvidenceRow {
  readonly hash: Buffer;
  readonly kind: string;
  readonly version: number;
  readonly body: Buffer;
}

export function storedEvidence(row: EvidenceRow): StoredEvidence {
  return { hash: hexOf(row.hash), kind: row.kind, version: row.version, json: inflated(row.body) };
}

/** Stores a redacted configuration unless it is there, and returns its row id. */
export function recordConfiguration(db: Database, configuration: { readonly hash: string; readonly json: string }): number {
  const hash = bytesOf(configuration.hash);
  const known = prepared<[Buffer], { id: number }>(db, "SELECT id FROM configuration WHERE hash = ?").get(hash);
  if (known !== undefined) return known.id;
  const body = deflateRawSync(configuration.json);
  return Number(prepared(db, "INSERT INTO configuration(hash, body) VALUES (?, ?)").run(hash, body).lastInsertRowid);
}

export function readConfiguration(db: Database, hash: string): string | undefined {
  const row = prepared<[Buffer], { body: Buffer }>(db, "SELECT body FROM configuration WHERE hash = ?").get(bytesOf(hash));
  return row === undefined ? undefined : inflated(row.body);
}

/** By row id. */
export function configurationAt(db: Database, id: number): string {
  const row = prepared<[number], { body: Buffer }>(db, "SELECT body FROM configuration WHERE id = ?").get(id);
  return row === undefined ? "" : inflated(row.body);
}

function inflated(body: Buffer): string {
  return inflateRawSync(body, { maxOutputLength: MAX_CONTENT_BYTES }).toString("utf8");
}

/** Far above what a probe may keep; a damaged file must not fill the memory. */
const MAX_CONTENT_BYTES = 64 * 1024 * 1024;
