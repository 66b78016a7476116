import type { Migration } from "../migrate.ts";

/**
 * Three axes: what confirms, loses sight of and retires a finding; decisions with terms; waivers of the inventory file and
 * what they were good for; the inventory that an integration stands in; runs whose clock could not be believed.
 */
export const memory: Migration = {
  version: 2,
  minReader: 2,
  sql: `
ALTER TABLE finding DROP COLUMN flaps;
ALTER TABLE finding ADD COLUMN flap_times TEXT NOT NULL DEFAULT '[]'; -- JSON, epoch milliseconds
ALTER TABLE finding ADD COLUMN streak_at INTEGER;
ALTER TABLE finding ADD COLUMN opens_as TEXT CHECK(opens_as IN ('new', 'reopened', 'newly-detected'));
ALTER TABLE finding ADD COLUMN blind_runs INTEGER NOT NULL DEFAULT 0;
ALTER TABLE finding ADD COLUMN stale_since INTEGER;
ALTER TABLE finding ADD COLUMN retired TEXT CHECK(retired IN ('integration_removed', 'rule_off', 'rule_removed'));
ALTER TABLE finding ADD COLUMN contact_by INTEGER;
ALTER TABLE finding ADD COLUMN cover TEXT; -- JSON: how a waiver of the inventory stands to it

CREATE TABLE decision( -- what people decided, apart from what the machine knows
  fingerprint TEXT PRIMARY KEY,
  triage TEXT NOT NULL CHECK(triage IN ('acknowledged', 'accepted', 'false_positive', 'not_applicable', 'disputed', 'fixing')),
  by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, until_at INTEGER, severity TEXT NOT NULL, reference TEXT) STRICT, WITHOUT ROWID;
INSERT INTO decision(fingerprint, triage, by, reason, at, severity)
  SELECT triage.fingerprint, triage.triage, triage.by, triage.reason, triage.at,
    (SELECT severity FROM finding WHERE finding.fingerprint = triage.fingerprint ORDER BY last_run_applied DESC LIMIT 1)
  FROM triage WHERE triage.triage <> 'none' AND EXISTS (SELECT 1 FROM finding WHERE finding.fingerprint = triage.fingerprint);
DROP TABLE triage;

CREATE TABLE waiver_use(
  integration_id INTEGER NOT NULL REFERENCES integration(id), waiver TEXT NOT NULL, rule TEXT NOT NULL, until_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL, last_matched_at INTEGER, unused_since INTEGER,
  PRIMARY KEY(integration_id, waiver)) STRICT, WITHOUT ROWID;

ALTER TABLE integration ADD COLUMN inventory TEXT;
ALTER TABLE run ADD COLUMN clock_suspect INTEGER NOT NULL DEFAULT 0;
`,
};
