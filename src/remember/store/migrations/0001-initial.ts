import type { Migration } from "../migrate.ts";

/**
 * The first schema. Instants are epoch milliseconds UTC, hashes are BLOBs, ids are integers inside and ULID, UUID or fingerprint outside.
 *
 * What repeats from night to night is kept as a span (first_run to last_run), what has content is kept once by its hash:
 * an unchanged run adds one small `audit` row per integration and nothing else.
 * A `track` is one integration seen from one vantage; different tracks are never compared.
 */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE lock_holder(id INTEGER PRIMARY KEY CHECK(id = 1), pid INTEGER NOT NULL, since INTEGER NOT NULL) STRICT;

CREATE TABLE integration(
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, slug TEXT NOT NULL, name TEXT NOT NULL, owner TEXT, criticality TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL, removed_at INTEGER) STRICT;
CREATE INDEX integration_slug ON integration(slug);

CREATE TABLE track(
  id INTEGER PRIMARY KEY, integration_id INTEGER NOT NULL REFERENCES integration(id), vantage TEXT NOT NULL,
  UNIQUE(integration_id, vantage)) STRICT;

CREATE TABLE ruleset(id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, manifest TEXT NOT NULL) STRICT;

CREATE TABLE run(
  id INTEGER PRIMARY KEY, ulid TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, finished_at INTEGER, monotonic_ms INTEGER,
  status TEXT NOT NULL CHECK(status IN ('running', 'complete', 'partial', 'aborted', 'crashed')),
  vantage TEXT NOT NULL, tool_version TEXT NOT NULL, capability_hash TEXT NOT NULL, ruleset_id INTEGER NOT NULL REFERENCES ruleset(id),
  planned INTEGER NOT NULL, coverage REAL, gate TEXT, trigger TEXT NOT NULL,
  CHECK((finished_at IS NOT NULL) = (status IN ('complete', 'partial', 'aborted')))) STRICT;
CREATE INDEX run_running ON run(id) WHERE status = 'running';

CREATE TABLE configuration(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;

CREATE TABLE evidence(
  id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, version INTEGER NOT NULL,
  size INTEGER NOT NULL, body BLOB) STRICT; -- deflated; NULL once retention took it, the hash stays

CREATE TABLE audit(
  track_id INTEGER NOT NULL REFERENCES track(id), run_id INTEGER NOT NULL REFERENCES run(id), at INTEGER NOT NULL,
  visibility INTEGER NOT NULL CHECK(visibility BETWEEN 0 AND 4), score INTEGER, coverage REAL, latency_ms INTEGER NOT NULL,
  connections INTEGER NOT NULL, requests INTEGER NOT NULL, configuration_id INTEGER NOT NULL REFERENCES configuration(id),
  PRIMARY KEY(track_id, run_id)) STRICT, WITHOUT ROWID;
CREATE INDEX audit_run ON audit(run_id);

CREATE TABLE observation(
  track_id INTEGER NOT NULL REFERENCES track(id), probe TEXT NOT NULL, kind TEXT NOT NULL,
  origin TEXT NOT NULL, address TEXT NOT NULL, endpoint TEXT NOT NULL, -- '' where the key has none
  first_run INTEGER NOT NULL REFERENCES run(id), last_run INTEGER NOT NULL REFERENCES run(id),
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL,
  outcome TEXT NOT NULL, evidence_id INTEGER REFERENCES evidence(id), failure TEXT,
  CHECK(last_run >= first_run), PRIMARY KEY(track_id, probe, kind, origin, address, endpoint, first_run)) STRICT, WITHOUT ROWID;
CREATE INDEX observation_evidence ON observation(evidence_id) WHERE evidence_id IS NOT NULL;

CREATE TABLE verdict(
  id INTEGER PRIMARY KEY, track_id INTEGER NOT NULL REFERENCES track(id), rule TEXT NOT NULL, subject TEXT NOT NULL,
  first_run INTEGER NOT NULL REFERENCES run(id), last_run INTEGER NOT NULL REFERENCES run(id), rule_revision INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK(verdict IN ('pass', 'fail', 'not-applicable', 'unobserved', 'error')),
  outcome TEXT NOT NULL, reason TEXT, severity TEXT, evidence_hash BLOB NOT NULL, -- up to here: what makes a span
  title TEXT, message TEXT, confidence REAL NOT NULL, data TEXT NOT NULL, -- from here: as its newest run said it
  rules_hash BLOB NOT NULL, config_hash BLOB NOT NULL, tool_hash BLOB NOT NULL,
  CHECK(last_run >= first_run), UNIQUE(track_id, rule, subject, first_run)) STRICT;
CREATE TABLE verdict_evidence(
  verdict_id INTEGER NOT NULL REFERENCES verdict(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  kind TEXT NOT NULL, key TEXT NOT NULL, pointer TEXT NOT NULL, summary TEXT NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY(verdict_id, position)) STRICT, WITHOUT ROWID;

CREATE TABLE finding(
  id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, track_id INTEGER NOT NULL REFERENCES track(id),
  rule TEXT NOT NULL, rule_revision INTEGER NOT NULL, subject TEXT NOT NULL,
  presence TEXT NOT NULL CHECK(presence IN ('suspect', 'open', 'clearing', 'resolved', 'retired')),
  severity TEXT NOT NULL, outcome TEXT NOT NULL, title TEXT NOT NULL, message TEXT NOT NULL, confidence REAL NOT NULL, cause TEXT NOT NULL,
  streak INTEGER NOT NULL, flaps INTEGER NOT NULL, reopened INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL, opened_at INTEGER, last_seen_at INTEGER NOT NULL, resolved_at INTEGER,
  unobserved_since INTEGER, due_at INTEGER, last_run_applied INTEGER NOT NULL REFERENCES run(id),
  UNIQUE(track_id, fingerprint)) STRICT;
CREATE INDEX finding_fingerprint ON finding(fingerprint);
CREATE INDEX finding_live ON finding(presence, due_at) WHERE presence IN ('suspect', 'open', 'clearing');

CREATE TABLE triage( -- what people decided, apart from what the machine knows
  fingerprint TEXT PRIMARY KEY,
  triage TEXT NOT NULL CHECK(triage IN ('none', 'acknowledged', 'accepted', 'false_positive', 'not_applicable', 'fixing')),
  by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE event( -- hash = SHA-256(previous hash, content hash): content may be erased on request, the chain stays whole
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, run_id INTEGER REFERENCES run(id), integration_id INTEGER REFERENCES integration(id),
  fingerprint TEXT, kind TEXT NOT NULL, cause TEXT, detail TEXT,
  content_hash BLOB NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX event_once ON event(fingerprint, run_id, kind) WHERE fingerprint IS NOT NULL AND run_id IS NOT NULL;
CREATE INDEX event_at ON event(at);
CREATE TRIGGER event_chain_is_fixed BEFORE UPDATE OF id, content_hash, prev_hash, hash ON event
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE baseline(
  name TEXT PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run(id), by TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE pace(
  host TEXT PRIMARY KEY, lanes INTEGER NOT NULL, limited INTEGER NOT NULL, leave_alone_until INTEGER, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE integration_host(
  integration_id INTEGER NOT NULL REFERENCES integration(id), host TEXT NOT NULL, PRIMARY KEY(integration_id, host)) STRICT, WITHOUT ROWID;

CREATE TABLE sent_day(
  integration_id INTEGER NOT NULL REFERENCES integration(id), day TEXT NOT NULL, connections INTEGER NOT NULL, requests INTEGER NOT NULL,
  PRIMARY KEY(integration_id, day)) STRICT, WITHOUT ROWID;

CREATE TABLE map_decision(
  integration_id INTEGER NOT NULL REFERENCES integration(id), endpoint TEXT NOT NULL, paths TEXT NOT NULL,
  PRIMARY KEY(integration_id, endpoint)) STRICT, WITHOUT ROWID;
`,
};
