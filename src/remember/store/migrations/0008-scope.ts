import type { Migration } from "../migrate.ts";

/**
 * What a run was asked to do, as a digest: one that stopped is taken up again only by a run that asks for the same. And a way to what a run
 * tells of integrations as a whole, which is little.
 */
export const scope: Migration = {
  version: 8,
  sql: `
ALTER TABLE run ADD COLUMN scope_hash TEXT;
CREATE INDEX event_of_run ON event(run_id) WHERE fingerprint IS NULL;
`,
};
