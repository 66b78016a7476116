import type { Migration } from "../migrate.ts";

/**
 * Ways into history that judging and reporting again need: the events of a finding, runs by date.
 * One index says both, that a run tells a thing of a finding once, and where the events of a finding are; those without a run differ.
 */
export const waysBack: Migration = {
  version: 7,
  sql: `
DROP INDEX event_once;
CREATE UNIQUE INDEX event_once ON event(fingerprint, run_id, kind) WHERE fingerprint IS NOT NULL;
CREATE INDEX run_started ON run(started_at);
`,
};
