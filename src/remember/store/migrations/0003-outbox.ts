import type { Migration } from "../migrate.ts";

/**
 * What is still to be told, and what is on its way. The content of an alert goes once a digest took it, that of a message once it was
 * sent or given up; the keys stay, so that nothing is told twice.
 */
export const outbox: Migration = {
  version: 3,
  sql: `
CREATE TABLE alert(
  id INTEGER PRIMARY KEY, dedup_key TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, integration TEXT, -- its id
  body TEXT, digested_at INTEGER, CHECK((body IS NULL) = (digested_at IS NOT NULL))) STRICT;
CREATE INDEX alert_pending ON alert(id) WHERE digested_at IS NULL;
CREATE INDEX alert_integration ON alert(integration) WHERE integration IS NOT NULL;

CREATE TABLE outbox(
  id INTEGER PRIMARY KEY, message TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, dedup_key TEXT NOT NULL, thread TEXT, payload TEXT,
  created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, sent_at INTEGER, dead_at INTEGER,
  last_problem TEXT CHECK(last_problem IS NULL OR (length(last_problem) <= 40 AND last_problem NOT GLOB '*[^a-z0-9_]*')), -- a code, never text
  CHECK(sent_at IS NULL OR dead_at IS NULL), CHECK((payload IS NULL) = (sent_at IS NOT NULL OR dead_at IS NOT NULL)),
  UNIQUE(channel, dedup_key)) STRICT;
CREATE INDEX outbox_waiting ON outbox(next_at) WHERE payload IS NOT NULL;
CREATE INDEX outbox_thread ON outbox(channel, thread) WHERE payload IS NOT NULL AND thread IS NOT NULL;
`,
};
