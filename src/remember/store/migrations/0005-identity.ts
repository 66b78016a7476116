import type { Migration } from "../migrate.ts";

/** What a history knows of itself, in the table where migrate.ts says who may read it. `uid` is drawn once: it seeds what has to differ between machines and stay the same on each. */
export const identity: Migration = {
  version: 5,
  sql: `
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta(key, value) VALUES ('uid', lower(hex(randomblob(16))));
`,
};
