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
  const content = contentHash({ ...event, detail });
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
    content,
    previous,
    sha256(previous, content),
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

/**
 * Takes the content of an integration's events and tells so in an event of its own, by row ids: only what such an event names may be
 * without content.
 */
export function eraseEvents(db: Database, integration: number, now: number): number {
  const erased = prepared<[number], { id: number }>(db, "SELECT id FROM event WHERE integration_id = ? ORDER BY id")
    .all(integration)
    .map(({ id }) => id);
  prepared(
    db,
    `UPDATE event SET erased = 1, at = 0, run_id = NULL, integration_id = NULL, fingerprint = NULL, kind = 'erased', cause = NULL, detail = NULL
     WHERE integration_id = ?`,
  ).run(integration);
  if (erased.length > 0) appendEvent(db, { at: now, kind: ERASURE, detail: { erased } });
  return erased.length;
}

export interface ChainCheck {
  readonly events: number;
  /** Hash of the newest event, hex; undefined where there is none. */
  readonly head?: string;
  /** Row id of the first event that does not fit. */
  readonly broken?: number;
  /** Whether an event has the hash that was asked for. */
  readonly hasKnown: boolean;
}

/** Goes through the whole chain. `known`: a hash in hex that has to be somewhere in it. */
export function checkChain(db: Database, known?: string): ChainCheck {
  let previous: Buffer = BEFORE_THE_FIRST;
  let events = 0;
  let hasKnown = false;
  const told = toldErased(db);
  for (const row of prepared<[], EventRow>(db, `${SELECT} ORDER BY event.id`).iterate()) {
    const isWhole = row.erased === 1 ? told.has(row.id) && isEmpty(row) : row.content_hash.equals(contentHash(row));
    const fits = isWhole && row.prev_hash.equals(previous) && row.hash.equals(sha256(row.prev_hash, row.content_hash));
    if (!fits) return { events, broken: row.id, hasKnown };
    events += 1;
    previous = row.hash;
    hasKnown ||= row.hash.toString("hex") === known;
  }
  return { events, ...(events === 0 ? {} : { head: previous.toString("hex") }), hasKnown };
}

/** Row id of the first event that does not fit into the chain, undefined when all do. */
export function firstBrokenEvent(db: Database): number | undefined {
  return checkChain(db).broken;
}

/** What the erasures tell of; their own content is checked like that of every event. */
function toldErased(db: Database): ReadonlySet<number> {
  const erasures = prepared<[string], { detail: string }>(db, "SELECT detail FROM event WHERE kind = ? AND erased = 0").all(ERASURE);
  return new Set(erasures.flatMap(({ detail }) => (JSON.parse(detail) as { readonly erased: readonly number[] }).erased));
}

function isEmpty({ at, run, integration, fingerprint, kind, cause, detail }: EventRow): boolean {
  return at === 0 && kind === "erased" && [run, integration, fingerprint, cause, detail].every((value) => value === null);
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
  readonly integration: string | null;
  readonly fingerprint: string | null;
  readonly erased: number;
  readonly content_hash: Buffer;
  readonly prev_hash: Buffer;
  readonly hash: Buffer;
}

function contentHash({ at, run, integration, fingerprint, kind, cause, detail }: EventContent): Buffer {
  const content = [at, run ?? null, integration ?? null, fingerprint ?? null, kind, cause ?? null, detail];
  return sha256(Buffer.from(canonicalJson(content), "utf8"));
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

const SELECT = `SELECT event.*, run.ulid AS run, integration.uid AS integration
  FROM event LEFT JOIN run ON run.id = event.run_id LEFT JOIN integration ON integration.id = event.integration_id`;

const ERASURE = "integration-erased";

const BEFORE_THE_FIRST = Buffer.alloc(32);
