import type { Database } from "better-sqlite3";
import type { LastKnown } from "../../model/history-store.ts";
import { configurationAt } from "./contents.ts";
import { lastSight, newestTracks, openFindings, trackOf, visibilityOf } from "./history.ts";
import { newestOfKinds } from "./observations.ts";

/** What is known of integrations at once, without reading one audit after the other. Seeks by key. */
export function listLastKnown(db: Database, kinds: readonly string[], uids: readonly string[] | undefined): readonly LastKnown[] {
  const wanted = uids === undefined ? undefined : new Set(uids);
  const open = openFindings(db);
  return newestTracks(db, "all")
    .filter(({ uid }) => wanted?.has(uid) ?? true)
    .map((row) => ({
      ...trackOf(row),
      ...lastSight(db, row.trackId),
      ...(row.removedAt === null ? {} : { removedAt: row.removedAt }),
      lastAuditAt: row.auditedAt,
      visibility: visibilityOf(row.visibility),
      open: open.get(row.trackId) ?? {},
      configuration: configurationAt(db, row.configuration),
      observations: newestOfKinds(db, row.trackId, kinds),
    }));
}
