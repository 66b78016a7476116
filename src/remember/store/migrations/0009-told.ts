import type { Migration } from "../migrate.ts";

/** What a run said of itself: its notices, why it could not vouch for anything, whether it was blind, and what it could have sent at most. */
export const told: Migration = {
  version: 9,
  sql: `
ALTER TABLE run ADD COLUMN notices TEXT;
ALTER TABLE run ADD COLUMN unfit TEXT;
ALTER TABLE run ADD COLUMN blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1));
ALTER TABLE run ADD COLUMN bound_connections INTEGER;
ALTER TABLE run ADD COLUMN bound_requests INTEGER;
`,
};
