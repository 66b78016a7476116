import type { Database } from "better-sqlite3";
import { hashOf } from "../../evidence/codec.ts";
import type { StoreVerification } from "../../model/history-store.ts";
import { storedEvidence } from "./contents.ts";
import { checkChain } from "./events.ts";
import { hexOf, prepared } from "./statements.ts";

/** Reads everything and changes nothing. Throws what a damaged page makes SQLite throw. */
export function verify(db: Database, { known, all }: { readonly known?: string; readonly all: boolean }): StoreVerification {
  const integrity = db.pragma(`integrity_check(${LINES_SHOWN})`) as readonly { readonly integrity_check: string }[];
  const chain = checkChain(db, known);
  return {
    integrity: integrity.map(({ integrity_check: line }) => line).filter((line) => line !== "ok"),
    danglingRows: (db.pragma("foreign_key_check") as readonly unknown[]).length,
    events: chain.events,
    ...(chain.head === undefined ? {} : { head: chain.head }),
    ...(chain.broken === undefined ? {} : { brokenEvent: chain.broken }),
    ...(known === undefined ? {} : { hasKnown: chain.hasKnown }),
    evidence: checkBodies(db, all),
  };
}

/** The sample is the same on every call of a day's store: every n-th body, so that all ages are among them. */
function checkBodies(db: Database, all: boolean): StoreVerification["evidence"] {
  const kept = prepared<[], { n: number }>(db, "SELECT count(*) AS n FROM evidence_body").get()?.n ?? 0;
  const step = all ? 1 : Math.max(1, Math.ceil(kept / SAMPLE));
  let checked = 0;
  const wrong: string[] = [];
  const rows = prepared<[number], { hash: Buffer; kind: string; version: number; body: Buffer }>(
    db,
    "SELECT hash, kind, version, body FROM evidence_body JOIN evidence ON id = evidence_id WHERE evidence_id % ? = 0",
  );
  for (const row of rows.iterate(step)) {
    checked += 1;
    if (!isWhole(row) && wrong.length < LINES_SHOWN) wrong.push(hexOf(row.hash));
  }
  return { checked, kept, wrong };
}

function isWhole(row: Parameters<typeof storedEvidence>[0]): boolean {
  try {
    const { kind, version, json, hash } = storedEvidence(row);
    return hashOf(kind, version, json) === hash;
  } catch {
    return false; // what cannot be inflated is not what was stored
  }
}

const SAMPLE = 1000;
const LINES_SHOWN = 20;
