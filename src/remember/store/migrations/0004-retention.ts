import type { Migration } from "../migrate.ts";

/**
 * Verdicts and observations in a layout that holds years, and what retention needs.
 *
 * What an audit said is a *sheet*, the set of its claims; an unchanged audit adds nothing, and a night that saw nothing uses the sheet
 * of the last such night. What repeats is told once: the claim (rule, subject, outcome ...) for all integrations, the question of an
 * observation, the source of a citation, hashes. `reading` says which content a source had from a run on, `wording` with which words
 * and by which sources a track made a claim from a run on. Both hold until the next row.
 */
export const retention: Migration = {
  version: 4,
  minReader: 4,
  sql: `
CREATE TABLE digest(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE) STRICT;

CREATE TABLE claim(
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, subject TEXT NOT NULL, rule_revision INTEGER NOT NULL,
  verdict TEXT NOT NULL CHECK(verdict IN ('pass', 'fail', 'not-applicable', 'unobserved', 'error')),
  outcome TEXT NOT NULL, reason TEXT NOT NULL, severity TEXT NOT NULL, -- '' where there is none
  words TEXT NOT NULL, -- JSON; as it was worded first, by whichever integration
  UNIQUE(rule, subject, outcome, verdict, rule_revision, reason, severity)) STRICT;
CREATE TABLE sheet(id INTEGER PRIMARY KEY, claims TEXT NOT NULL) STRICT; -- JSON array of claim ids, ascending
CREATE TABLE judgement( -- the sheet of every audit of the track from first_run to last_run, and the tool that saw it
  track_id INTEGER NOT NULL REFERENCES track(id), first_run INTEGER NOT NULL REFERENCES run(id),
  last_run INTEGER REFERENCES run(id), -- NULL: up to the newest audit
  sheet_id INTEGER NOT NULL REFERENCES sheet(id), tool_id INTEGER NOT NULL REFERENCES digest(id),
  CHECK(last_run >= first_run), PRIMARY KEY(track_id, first_run)) STRICT, WITHOUT ROWID;
CREATE INDEX judgement_sheet ON judgement(sheet_id);

CREATE TABLE source(
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL,
  place INTEGER NOT NULL, -- counts contents that one audit cited under the same kind and key
  UNIQUE(key, kind, place)) STRICT;
CREATE TABLE reading( -- one of evidence_id and hash: what is not kept as evidence (a failure) has a hash alone
  track_id INTEGER NOT NULL REFERENCES track(id), source_id INTEGER NOT NULL REFERENCES source(id),
  first_run INTEGER NOT NULL REFERENCES run(id), evidence_id INTEGER REFERENCES evidence(id), hash BLOB,
  CHECK((evidence_id IS NULL) <> (hash IS NULL)), PRIMARY KEY(track_id, source_id, first_run)) STRICT, WITHOUT ROWID;
CREATE INDEX reading_evidence ON reading(evidence_id) WHERE evidence_id IS NOT NULL;
CREATE TABLE wording(
  track_id INTEGER NOT NULL REFERENCES track(id), claim_id INTEGER NOT NULL REFERENCES claim(id),
  first_run INTEGER NOT NULL REFERENCES run(id),
  sources TEXT NOT NULL, -- JSON array of source ids, by citation
  evidence_hash BLOB, -- of the causes, where it is not that of the cited hashes
  words TEXT, -- JSON, where they are not the claim's; with the hashes below, as the newest run said it
  rules_id INTEGER NOT NULL REFERENCES digest(id), config_id INTEGER NOT NULL REFERENCES digest(id),
  tool_id INTEGER REFERENCES digest(id), -- where it is not the judgement's
  PRIMARY KEY(track_id, claim_id, first_run)) STRICT, WITHOUT ROWID;

CREATE TABLE question(
  id INTEGER PRIMARY KEY, probe TEXT NOT NULL, kind TEXT NOT NULL,
  origin TEXT NOT NULL, address TEXT NOT NULL, endpoint TEXT NOT NULL, -- '' where the key has none
  UNIQUE(origin, address, endpoint, kind, probe)) STRICT;
CREATE TABLE failure(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE answer( -- the same outcome with the same evidence, from first_run to last_run
  track_id INTEGER NOT NULL REFERENCES track(id), question_id INTEGER NOT NULL REFERENCES question(id),
  first_run INTEGER NOT NULL REFERENCES run(id), last_run INTEGER NOT NULL REFERENCES run(id),
  first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, times INTEGER NOT NULL,
  outcome TEXT NOT NULL, evidence_id INTEGER REFERENCES evidence(id), failure_id INTEGER REFERENCES failure(id),
  CHECK(last_run >= first_run), PRIMARY KEY(track_id, question_id, first_run)) STRICT, WITHOUT ROWID;
CREATE INDEX answer_evidence ON answer(evidence_id) WHERE evidence_id IS NOT NULL;

INSERT INTO question(probe, kind, origin, address, endpoint) SELECT DISTINCT probe, kind, origin, address, endpoint FROM observation;
INSERT INTO failure(text) SELECT DISTINCT failure FROM observation WHERE failure IS NOT NULL;
INSERT INTO answer
  SELECT track_id, question.id, first_run, last_run, first_at, last_at, times, outcome, evidence_id, failure.id
  FROM observation JOIN question USING(probe, kind, origin, address, endpoint) LEFT JOIN failure ON failure.text = observation.failure;

INSERT OR IGNORE INTO digest(hash)
  SELECT rules_hash FROM verdict UNION SELECT config_hash FROM verdict UNION SELECT tool_hash FROM verdict
  UNION SELECT x'' FROM audit;
CREATE TEMP TABLE said AS
  SELECT verdict.id AS id, verdict.track_id AS track_id, first_run, last_run, rule, subject, rule_revision, verdict, outcome,
    coalesce(reason, '') AS reason, coalesce(severity, '') AS severity, evidence_hash, rules_hash, config_hash, tool_hash,
    json_patch(json_object('confidence', confidence, 'data', json(data), 'cited', json(
      (SELECT json_group_array(json_array(pointer, summary) ORDER BY position) FROM verdict_evidence WHERE verdict_id = verdict.id))),
      json_object('title', title, 'message', message)) AS words
  FROM verdict;
INSERT INTO claim(rule, subject, rule_revision, verdict, outcome, reason, severity, words)
  SELECT rule, subject, rule_revision, verdict, outcome, reason, severity, min(words) FROM said GROUP BY 1, 2, 3, 4, 5, 6, 7;
CREATE TEMP TABLE cited AS
  SELECT verdict_id, position, track_id, first_run, kind, key, hash,
    dense_rank() OVER (PARTITION BY track_id, first_run, kind, key ORDER BY hash) - 1 AS place
  FROM verdict_evidence JOIN said ON said.id = verdict_id;
INSERT INTO source(kind, key, place) SELECT DISTINCT kind, key, place FROM cited;
INSERT INTO reading
  SELECT DISTINCT cited.track_id, source.id, cited.first_run, evidence.id, CASE WHEN evidence.id IS NULL THEN cited.hash END
  FROM cited JOIN source USING(kind, key, place) LEFT JOIN evidence ON evidence.hash = cited.hash;
INSERT INTO wording
  SELECT said.track_id, claim.id, said.first_run,
    (SELECT json_group_array(source.id ORDER BY position) FROM cited JOIN source USING(kind, key, place) WHERE verdict_id = said.id),
    said.evidence_hash, CASE WHEN said.words <> claim.words THEN said.words END, rules.id, config.id, tool.id -- each its own
  FROM said JOIN claim USING(rule, subject, rule_revision, verdict, outcome, reason, severity)
    JOIN digest AS rules ON rules.hash = rules_hash JOIN digest AS config ON config.hash = config_hash JOIN digest AS tool ON tool.hash = tool_hash;
CREATE TEMP TABLE audited AS
  SELECT audit.track_id AS track_id, audit.run_id AS run_id,
    (SELECT json_group_array(claim.id ORDER BY claim.id) FROM said
       JOIN claim USING(rule, subject, rule_revision, verdict, outcome, reason, severity)
     WHERE said.track_id = audit.track_id AND said.first_run <= audit.run_id AND said.last_run >= audit.run_id) AS claims
  FROM audit;
CREATE TEMP TABLE run_of_sheets AS
  SELECT track_id, run_id, claims, sum(begins) OVER (PARTITION BY track_id ORDER BY run_id) AS stretch FROM (
    SELECT *, claims IS NOT lag(claims) OVER (PARTITION BY track_id ORDER BY run_id) AS begins FROM audited);
INSERT INTO sheet(claims) SELECT DISTINCT claims FROM audited;
INSERT INTO judgement
  SELECT track_id, min(run_id), CASE WHEN max(run_id) < (SELECT max(run_id) FROM audit WHERE audit.track_id = stretches.track_id) THEN max(run_id) END,
    (SELECT id FROM sheet WHERE sheet.claims = stretches.claims), (SELECT id FROM digest WHERE hash = x'')
  FROM run_of_sheets AS stretches GROUP BY track_id, stretch;
DROP TABLE temp.said;
DROP TABLE temp.cited;
DROP TABLE temp.audited;
DROP TABLE temp.run_of_sheets;

DROP TABLE verdict_evidence;
DROP TABLE verdict;
DROP TABLE observation;

-- Apart, because what an UPDATE takes out of a row is not given back to the file, and what a DELETE takes is.
CREATE TABLE evidence_body(evidence_id INTEGER PRIMARY KEY REFERENCES evidence(id), body BLOB NOT NULL) STRICT; -- deflated
INSERT INTO evidence_body SELECT id, body FROM evidence WHERE body IS NOT NULL;
ALTER TABLE evidence DROP COLUMN body;
ALTER TABLE evidence ADD COLUMN told INTEGER NOT NULL DEFAULT 0; -- 1: a verdict that an event tells of rests on it; kept for ever
UPDATE evidence SET told = 1;

ALTER TABLE run ADD COLUMN observed INTEGER; -- counted at its end; its audits may be thinned later
ALTER TABLE run ADD COLUMN connections INTEGER;
ALTER TABLE run ADD COLUMN requests INTEGER;
ALTER TABLE run ADD COLUMN detail TEXT NOT NULL DEFAULT 'full' CHECK(detail IN ('full', 'kept', 'thinned'));
CREATE INDEX run_full ON run(started_at) WHERE detail = 'full';

CREATE TABLE rollup_month(
  track_id INTEGER NOT NULL REFERENCES track(id), month INTEGER NOT NULL, -- 202611, UTC
  score_min INTEGER, score_avg REAL, latency_p50 INTEGER NOT NULL, latency_p95 INTEGER NOT NULL,
  observed INTEGER NOT NULL, planned INTEGER NOT NULL,
  PRIMARY KEY(track_id, month)) STRICT, WITHOUT ROWID;

ALTER TABLE event ADD COLUMN erased INTEGER NOT NULL DEFAULT 0; -- 1: its content is gone, its hashes stay
`,
};
