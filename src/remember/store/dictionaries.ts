import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import type { StoredObservation } from "../../model/history-store.ts";
import { bytesOf, prepared } from "./statements.ts";

/** What repeats is told once: each function gives the row id of a text, writing it where it is new. */

export function digestId(db: Database, hex: string): number {
  const hash = bytesOf(hex);
  return idOf(db, "SELECT id FROM digest WHERE hash = ?", "INSERT INTO digest(hash) VALUES (?)", [hash]);
}

/** With the words of the verdict that was the first to make this claim: `words`, where that is this one. */
export function claimOf(db: Database, verdict: VerdictRecord, words: string): { readonly id: number; readonly words: string } {
  const { rule, subject, ruleRevision, outcome, reason = "", severity = "" } = verdict;
  const claim = [rule, subject, outcome, verdict.verdict, ruleRevision, reason, severity];
  const known = prepared<unknown[], { id: number; words: string }>(
    db,
    `SELECT id, words FROM claim
     WHERE rule = ? AND subject = ? AND outcome = ? AND verdict = ? AND rule_revision = ? AND reason = ? AND severity = ?`,
  ).get(...claim);
  if (known !== undefined) return known;
  const insert = prepared(
    db,
    "INSERT INTO claim(rule, subject, outcome, verdict, rule_revision, reason, severity, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
  );
  return { id: inserted(insert.run(...claim, words)), words };
}

/** `place` counts the contents that one audit cites under the same kind and key, from 0. */
export function sourceId(db: Database, kind: string, key: string, place: number): number {
  return idOf(
    db,
    "SELECT id FROM source WHERE kind = ? AND key = ? AND place = ?",
    "INSERT INTO source(kind, key, place) VALUES (?, ?, ?)",
    [kind, key, place],
  );
}

export function questionId(db: Database, { probe, kind, key }: Pick<StoredObservation, "probe" | "kind" | "key">): number {
  return idOf(
    db,
    "SELECT id FROM question WHERE probe = ? AND kind = ? AND origin = ? AND address = ? AND endpoint = ?",
    "INSERT INTO question(probe, kind, origin, address, endpoint) VALUES (?, ?, ?, ?, ?)",
    [probe, kind, key.origin, key.address ?? "", key.endpoint ?? ""],
  );
}

export function failureId(db: Database, text: string): number {
  return idOf(db, "SELECT id FROM failure WHERE text = ?", "INSERT INTO failure(text) VALUES (?)", [text]);
}

function idOf(db: Database, select: string, insert: string, values: readonly unknown[]): number {
  const known = prepared<unknown[], { id: number }>(db, select).get(...values);
  return known?.id ?? inserted(prepared(db, insert).run(...values));
}

function inserted({ lastInsertRowid }: { readonly lastInsertRowid: number | bigint }): number {
  return Number(lastInsertRowid);
}
