import type { Migration } from "../migrate.ts";

/** Ways into history that judging and reporting again need: the events of a finding, runs by date. */
export const waysBack: Migration = {
  version: 7,
  sql: `
CREATE INDEX event_of_finding ON event(fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX run_started ON run(started_at);
`,
};
