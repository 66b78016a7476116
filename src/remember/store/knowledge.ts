import type { Database } from "better-sqlite3";
import type { IntegrationKnowledge } from "../../model/history-store.ts";
import { knownMaps, knownPace, sentInLast31Days } from "./courtesy.ts";
import { findingsOfTrack } from "./findings.ts";
import { findIntegration, findTrack } from "./integrations.ts";
import { newestObservations } from "./observations.ts";
import { hexOf, prepared } from "./statements.ts";
import { verdictsKnown } from "./verdicts.ts";
import { waiverUses } from "./waivers.ts";

/** What the next run needs to know of an integration, seen from `vantage`. `now` in epoch milliseconds bounds the counters. */
export function knowledgeOf(db: Database, uid: string, vantage: string, now: number): IntegrationKnowledge {
  const integration = findIntegration(db, uid);
  const track = findTrack(db, uid, vantage);
  const baseline = track === undefined ? undefined : baselineOf(db, track.id);
  return {
    known: integration !== undefined,
    ...(baseline === undefined ? {} : { baseline }),
    ...(track === undefined ? {} : outOfSight(db, track.id)),
    findings: track === undefined ? [] : findingsOfTrack(db, track.id),
    waivers: integration === undefined ? [] : waiverUses(db, integration),
    observations: track === undefined ? [] : newestObservations(db, track.id),
    pace: knownPace(db, integration, now),
    sentLast31Days: integration === undefined ? { connections: 0, requests: 0 } : sentInLast31Days(db, integration, now),
    maps: integration === undefined ? [] : knownMaps(db, integration),
  };
}

/**
 * The newest committed audit that saw the integration (visibility observed or partial), with what was known by then.
 * A run that crashed counts for what it committed and for nothing else; unreachable, error and skipped hide nothing.
 */
function baselineOf(db: Database, track: number): IntegrationKnowledge["baseline"] {
  const newest = prepared<[number], BaselineRow>(
    db,
    `SELECT audit.run_id AS runId, run.ulid AS run, audit.at AS at, configuration.hash AS configuration
     FROM audit JOIN run ON run.id = audit.run_id JOIN configuration ON configuration.id = audit.configuration_id
     WHERE audit.track_id = ? AND audit.visibility <= 1 ORDER BY audit.run_id DESC LIMIT 1`,
  ).get(track);
  if (newest === undefined) return undefined;
  return {
    run: newest.run,
    at: newest.at,
    configurationHash: hexOf(newest.configuration),
    verdicts: verdictsKnown(db, track, newest.runId),
  };
}

/** Visibility 2 and 3 are unreachable and error; an audit that had nothing to ask saw nothing and missed nothing. */
function outOfSight(db: Database, track: number): Pick<IntegrationKnowledge, "outOfSight"> {
  const { audits, since, lastAt } = prepared<[number, number], SightRow>(
    db,
    `SELECT count(*) AS audits, min(at) AS since, max(at) AS lastAt FROM audit
     WHERE track_id = ? AND visibility IN (2, 3)
       AND run_id > coalesce((SELECT run_id FROM audit WHERE track_id = ? AND visibility <= 1 ORDER BY run_id DESC LIMIT 1), 0)`,
  ).get(track, track) ?? { audits: 0, since: null, lastAt: null };
  return since === null || lastAt === null ? {} : { outOfSight: { since, audits, lastAt } };
}

interface SightRow {
  readonly audits: number;
  readonly since: number | null;
  readonly lastAt: number | null;
}

interface BaselineRow {
  readonly runId: number;
  readonly run: string;
  readonly at: number;
  readonly configuration: Buffer;
}
