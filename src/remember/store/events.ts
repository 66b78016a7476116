import { createHash } from "node:crypto";
import type { Database } from "better-sqlite3";
import { canonicalJson } from "../../model/digest.ts";
import type { FindingEvent } from "../../model/history-store.ts";
import { prepared } from "./statements.ts";

export interface NewEvent {
  readonly at: number;
  /** ULID. */
  readonly run?: string;
  /** uid. */
  readonly integration?: string;
  readonly fingerprint?: string;
  readonly kind: string;
  readonly cause?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * Appends to the chain. Inside the transaction of what it tells of.
 * The hash covers ULID, uid and fingerprint, not row ids, so that a chain can be checked in another store.
 */
export function appendEvent(db: Database, event: NewEvent): void {
  const detail = event.detail === undefined ? null : canonicalJson(event.detail);
  const contentHash = sha256(Buffer.from(contentOf({ ...event, detail }), "utf8"));
  const previous = prepared<[], { hash: Buffer }>(db, "SELECT hash FROM event ORDER BY id DESC LIMIT 1").get()?.hash ?? BEFORE_THE_FIRST;
  prepared(
    db,
    `INSERT INTO event(at, run_id, integration_id, fingerprint, kind, cause, detail, content_hash, prev_hash, hash)
     VALUES (?, (SELECT id FROM run WHERE ulid = ?), (SELECT id FROM integration WHERE uid = ?), ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    event.at,
    event.run ?? null,
    event.integration ?? null,
    event.fingerprint ?? null,
    event.kind,
    event.cause ?? null,
    detail,
    contentHash,
    previous,
    sha256(previous, contentHash),
  );
}

/** Oldest first. */
export function eventsOf(db: Database, fingerprint: string): readonly FindingEvent[] {
  return prepared<[string], EventRow>(db, `${SELECT} WHERE event.fingerprint = ? ORDER BY event.id`)
    .all(fingerprint)
    .map((row) => ({
      at: row.at,
      ...(row.run === null ? {} : { run: row.run }),
      kind: row.kind,
      ...(row.cause === null ? {} : { cause: row.cause }),
      ...(row.detail === null ? {} : { detail: row.detail }),
    }));
}

/** Row id of the first event that does not fit into the chain, undefined when all do. */
export function firstBrokenEvent(db: Database): number | undefined {
  let previous: Buffer = BEFORE_THE_FIRST;
  for (const row of prepared<[], EventRow>(db, `${SELECT} ORDER BY event.id`).iterate()) {
    const contentHash = sha256(Buffer.from(contentOf(row), "utf8"));
    const fits =
      row.prev_hash.equals(previous) && row.content_hash.equals(contentHash) && row.hash.equals(sha256(row.prev_hash, row.content_hash));
    if (!fits) return row.id;
    previous = row.hash;
  }
  return undefined;
}

interface EventContent {
  readonly at: number;
  readonly run?: string | null;
  readonly integration?: string | null;
  readonly fingerprint?: string | null;
  readonly kind: string;
  readonly cause?: string | null;
  readonly detail: string | null;
}

interface EventRow extends EventContent {
  readonly id: number;
  readonly run: string | null;
  readonly cause: string | null;
  readonly content_hash: Buffer;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
}

function contentOf({ at, run, integration, fingerprint, kind, cause, detail }: EventContent): string {
  return canonicalJson([at, run ?? null, integration ?? null, fingerprint ?? null, kind, cause ?? null, detail]);
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const SELECT = `SELECT event.*, run.ulid AS run, integration.uid AS integration
  FROM event LEFT JOIN run ON run.id = event.run_id LEFT JOIN integration ON integration.id = event.integration_id`;

const BEFORE_THE_FIRST = Buffer.alloc(32);
