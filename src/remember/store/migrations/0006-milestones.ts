import type { Migration } from "../migrate.ts";

/**
 * What forecasts are made of, derived when an audit is committed: evidence is deflated JSON, its bodies go when retention takes them, and
 * the habits of a fleet cannot wait for thousands of them to be read.
 *
 * One row per mark (a certificate, a path, a date ...) at a place (an origin, an endpoint), however many nights it stays. `seen_before`
 * is when the place was looked at last before the mark was first seen: what began in between began at a time that nobody knows.
 */
export const milestones: Migration = {
  version: 6,
  sql: `
CREATE TABLE milestone(
  track_id INTEGER NOT NULL REFERENCES track(id) ON DELETE CASCADE, kind TEXT NOT NULL, place TEXT NOT NULL, mark TEXT NOT NULL,
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, seen_before INTEGER, detail TEXT,
  CHECK(last_at >= first_at), PRIMARY KEY(track_id, kind, place, mark)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS event_integration ON event(integration_id, id) WHERE integration_id IS NOT NULL;
`,
};
