import type { Database } from "better-sqlite3";
import type { IntegrationSighting, StorePulse } from "../../model/history-store.ts";
import { newestRun } from "./runs.ts";
import { prepared } from "./statements.ts";

/** What says that the watcher is alive, at the price of a few index look-ups: no page is checked. */
export function pulseOf(db: Database, file: string): StorePulse {
  const scheduled = newestRun(db, `${SAW_SOMETHING} AND run.trigger = 'cron'`);
  const seen = newestRun(db, SAW_SOMETHING);
  const newest = newestRun(db, "1");
  const crashed = newestRun(db, "run.status = 'crashed'");
  return {
    path: file,
    bytes: Number(db.pragma("page_count", { simple: true })) * Number(db.pragma("page_size", { simple: true })),
    scheduled: prepared(db, "SELECT 1 FROM run WHERE trigger = 'cron' LIMIT 1").get() !== undefined,
    ...(newest === undefined ? {} : { newest }),
    ...(seen === undefined ? {} : { seen }),
    ...(scheduled === undefined ? {} : { seenByScheduler: scheduled }),
    ...(crashed === undefined ? {} : { crashed }),
    sightings: sightingsOf(db),
  };
}

/** Every integration that was not removed, whichever vantage saw it. */
function sightingsOf(db: Database): readonly IntegrationSighting[] {
  return prepared<[], { id: number; uid: string; slug: string; seen: number | null; runs: number }>(
    db,
    `SELECT integration.id AS id, uid, slug, max((SELECT at FROM audit WHERE audit.track_id = track.id AND visibility <= 1
         ORDER BY run_id DESC LIMIT 1)) AS seen,
       sum((SELECT count(*) FROM (SELECT 1 FROM audit WHERE audit.track_id = track.id LIMIT 2))) AS runs
     FROM integration JOIN track ON track.integration_id = integration.id WHERE removed_at IS NULL
     GROUP BY integration.id ORDER BY slug`,
  )
    .all()
    .map(({ id, uid, slug, seen, runs }) => ({
      uid,
      integrationId: slug,
      ...(seen === null ? {} : { lastSeenAt: seen }),
      repeated: runs > 1,
      scheduledAt: scheduledAudits(db, id),
    }));
}

function scheduledAudits(db: Database, integration: number): readonly number[] {
  return prepared<[number, number], { at: number }>(
    db,
    `SELECT audit.at AS at FROM audit JOIN track ON track.id = audit.track_id JOIN run ON run.id = audit.run_id
     WHERE track.integration_id = ? AND run.trigger = 'cron' ORDER BY audit.run_id DESC LIMIT ?`,
  )
    .all(integration, REMEMBERED_AUDITS)
    .map(({ at }) => at);
}

/** Complete or partial, and not blind: a run that reached nobody is no sign that somebody is watching. Its audits may be thinned. */
const SAW_SOMETHING =
  "run.status IN ('complete', 'partial') AND coalesce(run.observed, EXISTS (SELECT 1 FROM audit WHERE audit.run_id = run.id AND audit.visibility <= 1)) > 0";
const REMEMBERED_AUDITS = 8;
