import type { Database } from "better-sqlite3";
import type { AuditCommit, IntegrationKnowledge } from "../../model/history-store.ts";
import { DAY, isoDay } from "../../model/instant.ts";
import type { SentCounters } from "../../model/net-port.ts";
import { prepared } from "./statements.ts";

/** What was sent to whom and how gently each host has to be treated: what keeps the next run polite. */
export function recordCourtesy(db: Database, integration: number, { at, day, sent, pace, maps }: AuditCommit): void {
  prepared(
    db,
    `INSERT INTO sent_day(integration_id, day, connections, requests) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET connections = connections + excluded.connections, requests = requests + excluded.requests`,
  ).run(integration, day, sent.connections, sent.requests);
  prepared(db, "DELETE FROM sent_day WHERE integration_id = ? AND day < ?").run(integration, isoDay(at - SENT_REMEMBERED));
  for (const host of pace) recordPace(db, integration, host);
  for (const { endpoint, paths } of maps) {
    prepared(
      db,
      "INSERT INTO map_decision(integration_id, endpoint, paths) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET paths = excluded.paths",
    ).run(integration, endpoint, JSON.stringify(paths));
  }
}

/**
 * Pace of the integration's hosts, and of every host that is to be spared, whoever found that out.
 * A limit is forgotten a week after it was last seen.
 */
export function knownPace(db: Database, integration: number | undefined, now: number): IntegrationKnowledge["pace"] {
  return prepared<[number, number, number | null], PaceRow>(
    db,
    `SELECT host, lanes, limited, leave_alone_until AS leaveAloneUntil FROM pace
     WHERE (limited = 0 OR at > ?)
       AND (limited = 1 OR leave_alone_until > ? OR host IN (SELECT host FROM integration_host WHERE integration_id = ?))
     ORDER BY host`,
  )
    .all(now - LIMIT_REMEMBERED, now, integration ?? null)
    .map(({ host, lanes, limited, leaveAloneUntil }) => ({
      host,
      lanes,
      limited: limited === 1,
      ...(leaveAloneUntil === null ? {} : { leaveAloneUntil }),
    }));
}

export function sentInLast31Days(db: Database, integration: number, now: number): SentCounters {
  const sum = prepared<[number, string], SentCounters>(
    db,
    `SELECT coalesce(sum(connections), 0) AS connections, coalesce(sum(requests), 0) AS requests
     FROM sent_day WHERE integration_id = ? AND day > ?`,
  ).get(integration, isoDay(now - 31 * DAY));
  return sum ?? { connections: 0, requests: 0 };
}

export function knownMaps(db: Database, integration: number): IntegrationKnowledge["maps"] {
  return prepared<[number], { endpoint: string; paths: string }>(
    db,
    "SELECT endpoint, paths FROM map_decision WHERE integration_id = ? ORDER BY endpoint",
  )
    .all(integration)
    .map(({ endpoint, paths }) => ({ endpoint, paths: JSON.parse(paths) }));
}

interface PaceRow {
  readonly host: string;
  readonly lanes: number;
  readonly limited: number;
  readonly leaveAloneUntil: number | null;
}

/**
 * `at` of a limited host is when that was last seen: quiet audits neither lift a limit that is not forgotten yet nor prolong it,
 * and nothing shortens the time that a host is left alone.
 */
function recordPace(db: Database, integration: number, { host, pace, at }: AuditCommit["pace"][number]): void {
  prepared(db, "INSERT OR IGNORE INTO integration_host(integration_id, host) VALUES (?, ?)").run(integration, host);
  prepared(
    db,
    `INSERT INTO pace(host, lanes, limited, leave_alone_until, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET lanes = excluded.lanes, limited = excluded.limited,
       leave_alone_until = nullif(max(coalesce(leave_alone_until, 0), coalesce(excluded.leave_alone_until, 0)), 0),
       at = max(at, excluded.at)
     WHERE limited = 0 OR excluded.limited = 1 OR excluded.at - at >= ?`,
  ).run(host, pace.lanes, pace.limited ? 1 : 0, pace.leaveAloneMs === undefined ? null : at + pace.leaveAloneMs, at, LIMIT_REMEMBERED);
}

const LIMIT_REMEMBERED = 7 * DAY;

/** Twice what is ever asked for: a clock may have been wrong for a while. */
const SENT_REMEMBERED = 62 * DAY;
