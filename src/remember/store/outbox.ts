import type { Database } from "better-sqlite3";
import { canonicalJson } from "../../model/digest.ts";
import type { Instant } from "../../model/instant.ts";
import type { Alert, ChannelStats, DeliveryProblem, DeliveryStats, NewMessage, OutboxMessage } from "../../model/notification.ts";
import { prepared } from "./statements.ts";

/** Inside the transaction of what the alerts tell of. A key that was there before changes nothing. */
export function recordAlerts(db: Database, alerts: readonly Alert[]): void {
  const insert = prepared(db, "INSERT OR IGNORE INTO alert(dedup_key, at, integration, body) VALUES (?, ?, ?, ?)");
  for (const alert of alerts) insert.run(alert.dedupKey, alert.at, alert.integration ?? null, canonicalJson(alert));
}

/** What no digest has taken yet, oldest first. */
export function pendingAlerts(db: Database): readonly Alert[] {
  return prepared<[], { body: string }>(db, "SELECT body FROM alert WHERE digested_at IS NULL ORDER BY id")
    .all()
    .map(({ body }) => JSON.parse(body) as Alert);
}

/**
 * Turns alerts into messages: all or nothing. False, and nothing is written, when one of the alerts is no longer pending:
 * somebody else was faster. What its thread has waiting is replaced by a message.
 */
export function queueMessages(db: Database, keys: readonly string[], messages: readonly NewMessage[], at: Instant): boolean {
  const isPending = prepared<[string]>(db, "SELECT 1 FROM alert WHERE dedup_key = ? AND digested_at IS NULL");
  if (keys.some((key) => isPending.get(key) === undefined)) return false;
  const digest = prepared(db, "UPDATE alert SET digested_at = ?, body = NULL WHERE dedup_key = ? AND digested_at IS NULL");
  for (const key of keys) digest.run(at, key);
  for (const message of messages) queueMessage(db, message, at);
  return true;
}

/** In the order in which they were queued. */
export function dueMessages(db: Database, now: Instant): readonly OutboxMessage[] {
  return prepared<[Instant, number], MessageRow>(db, "SELECT * FROM outbox WHERE payload IS NOT NULL AND next_at <= ? ORDER BY id LIMIT ?")
    .all(now, MOST_AT_ONCE)
    .map(messageOf);
}

export function recordSent(db: Database, message: string, at: Instant): void {
  prepared(
    db,
    `UPDATE outbox SET sent_at = ?, attempts = attempts + 1, payload = NULL, last_problem = NULL
     WHERE message = ? AND payload IS NOT NULL`,
  ).run(at, message);
}

/** `next`: when to try again, or that nobody will. */
export function recordFailed(db: Database, message: string, at: Instant, problem: DeliveryProblem, next: Instant | "dead"): void {
  const dead = next === "dead";
  prepared(
    db,
    `UPDATE outbox SET attempts = attempts + 1, last_problem = ?, next_at = ?, dead_at = ?, payload = CASE WHEN ? THEN NULL ELSE payload END
     WHERE message = ? AND payload IS NOT NULL`,
  ).run(problem, dead ? at : next, dead ? at : null, dead ? 1 : 0, message);
}

/** By channel id. A message that a newer one replaced counts as neither sent nor dead. */
export function deliveryStats(db: Database, since: Instant): DeliveryStats {
  const pending = prepared<[], { n: number }>(db, "SELECT count(*) AS n FROM alert WHERE digested_at IS NULL").get();
  const rows = prepared<[Instant, Instant], StatsRow>(
    db,
    `SELECT channel, count(payload) AS waiting, min(CASE WHEN payload IS NOT NULL THEN created_at END) AS oldest,
       count(CASE WHEN sent_at >= ? THEN 1 END) AS sent, max(sent_at) AS last_sent,
       count(CASE WHEN dead_at >= ? AND last_problem <> 'superseded' THEN 1 END) AS dead,
       (SELECT other.last_problem FROM outbox AS other WHERE other.channel = outbox.channel AND other.last_problem <> 'superseded'
          ORDER BY other.id DESC LIMIT 1) AS problem
     FROM outbox GROUP BY channel ORDER BY channel`,
  ).all(since, since);
  return { pendingAlerts: pending?.n ?? 0, channels: rows.map(statsOf) };
}

function queueMessage(db: Database, message: NewMessage, at: Instant): void {
  const { id, channel, dedupKey, thread = null, payload, createdAt } = message;
  const known = prepared(db, "SELECT 1 FROM outbox WHERE channel = ? AND dedup_key = ?").get(channel, dedupKey);
  if (known !== undefined) return;
  prepared(
    db,
    `UPDATE outbox SET dead_at = ?, payload = NULL, last_problem = 'superseded'
     WHERE channel = ? AND thread = ? AND payload IS NOT NULL`,
  ).run(at, channel, thread);
  prepared(db, "INSERT INTO outbox(message, channel, dedup_key, thread, payload, created_at, next_at) VALUES (?, ?, ?, ?, ?, ?, ?)").run(
    id,
    channel,
    dedupKey,
    thread,
    payload,
    createdAt,
    at,
  );
}

interface MessageRow {
  readonly message: string;
  readonly channel: string;
  readonly dedup_key: string;
  readonly thread: string | null;
  readonly payload: string;
  readonly created_at: Instant;
  readonly attempts: number;
  readonly next_at: Instant;
  readonly last_problem: DeliveryProblem | null;
}

function messageOf(row: MessageRow): OutboxMessage {
  return {
    id: row.message,
    channel: row.channel,
    dedupKey: row.dedup_key,
    ...(row.thread === null ? {} : { thread: row.thread }),
    payload: row.payload,
    createdAt: row.created_at,
    attempts: row.attempts,
    nextAt: row.next_at,
    ...(row.last_problem === null ? {} : { lastProblem: row.last_problem }),
  };
}

interface StatsRow {
  readonly channel: string;
  readonly waiting: number;
  readonly oldest: Instant | null;
  readonly sent: number;
  readonly last_sent: Instant | null;
  readonly dead: number;
  readonly problem: DeliveryProblem | null;
}

function statsOf(row: StatsRow): ChannelStats {
  return {
    channel: row.channel,
    waiting: row.waiting,
    ...(row.oldest === null ? {} : { oldestWaitingAt: row.oldest }),
    sent: row.sent,
    dead: row.dead,
    ...(row.last_sent === null ? {} : { lastSentAt: row.last_sent }),
    ...(row.problem === null ? {} : { lastProblem: row.problem }),
  };
}

/** More wait for the next call. */
const MOST_AT_ONCE = 1000;
