import type { Migration } from "../migrate.ts";

/** What a run was asked to do, as a digest: one that stopped is taken up again only by a run that asks for the same. */
export const scope: Migration = {
  version: 8,
  sql: "ALTER TABLE run ADD COLUMN scope_hash TEXT;",
};
