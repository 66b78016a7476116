import type { Database } from "better-sqlite3";
import { DAY } from "../../model/instant.ts";
import { prepared } from "./statements.ts";

export interface EvidenceCut {
  readonly bodies: number;
  /** Of the deflated bodies. */
  readonly bytes: number;
}

/**
 * Takes the bodies of evidence that was last seen before `before`; their hashes stay. For ever kept is what an event tells of, what a
 * live finding or a named baseline rests on, and the newest evidence of every question and every cited source.
 */
export function takeEvidence(db: Database, before: number): EvidenceCut {
  const kept = keptForFindings(db, before);
  const due = prepared<unknown[], { id: number; bytes: number }>(
    db,
    `SELECT id, length(body) AS bytes FROM evidence_body JOIN evidence ON evidence.id = evidence_id
     WHERE told = 0
       AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.evidence_id = evidence.id AND (last_at >= ? OR ${NEWEST_ANSWER} OR ${BASELINE_ANSWER}))
       AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.evidence_id = evidence.id AND (${NEWEST_READING} OR ${BASELINE_READING}))
       AND id NOT IN (SELECT value FROM json_each(?))
     ORDER BY id`,
  ).all(before, JSON.stringify(kept));
  for (const { id } of due) prepared(db, "DELETE FROM evidence_body WHERE evidence_id = ?").run(id);
  return { bodies: due.length, bytes: due.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Of the facts of a question the newest: what the next run compares with and, where it is not due, takes over. */
const NEWEST_ANSWER = `NOT EXISTS (SELECT 1 FROM answer AS newer WHERE newer.track_id = answer.track_id
  AND newer.question_id = answer.question_id AND newer.first_run > answer.first_run AND newer.evidence_id IS NOT NULL)`;

const BASELINE_ANSWER = "EXISTS (SELECT 1 FROM baseline WHERE run_id BETWEEN first_run AND last_run)";

const NEWEST_READING = `NOT EXISTS (SELECT 1 FROM reading AS newer WHERE newer.track_id = reading.track_id
  AND newer.source_id = reading.source_id AND newer.first_run > reading.first_run)`;

const BASELINE_READING = `EXISTS (SELECT 1 FROM baseline WHERE run_id >= first_run AND NOT EXISTS (
  SELECT 1 FROM reading AS newer WHERE newer.track_id = reading.track_id AND newer.source_id = reading.source_id
    AND newer.first_run > reading.first_run AND newer.first_run <= baseline.run_id))`;

/**
 * Evidence of the last failing verdict of live findings, which may be older than what its sources say today.
 * A finding that was seen later rests on evidence that is younger than `before`; that may have been carried over for a while.
 */
function keptForFindings(db: Database, before: number): readonly number[] {
  return prepared<[number], { id: number }>(
    db,
    `WITH failed AS (
       SELECT finding.track_id AS track, claim.id AS claim, max(coalesce(judgement.last_run, judgement.first_run)) AS run
       FROM finding JOIN claim ON claim.rule = finding.rule AND claim.subject = finding.subject AND claim.verdict = 'fail'
         JOIN wording ON wording.track_id = finding.track_id AND wording.claim_id = claim.id
         JOIN judgement ON judgement.track_id = finding.track_id
         JOIN sheet ON sheet.id = judgement.sheet_id AND EXISTS (SELECT 1 FROM json_each(sheet.claims) WHERE value = claim.id)
       WHERE finding.presence IN ('suspect', 'open', 'clearing') AND finding.last_seen_at < ? GROUP BY finding.id)
     SELECT DISTINCT reading.evidence_id AS id
     FROM failed JOIN wording ON wording.track_id = track AND wording.claim_id = claim
       AND wording.first_run = (SELECT max(first_run) FROM wording AS newer
         WHERE newer.track_id = track AND newer.claim_id = claim AND newer.first_run <= run)
       JOIN json_each(wording.sources) AS source
       JOIN reading ON reading.track_id = track AND reading.source_id = source.value
         AND reading.first_run = (SELECT max(first_run) FROM reading AS newer
           WHERE newer.track_id = track AND newer.source_id = source.value AND newer.first_run <= run)
     WHERE reading.evidence_id IS NOT NULL`,
  )
    .all(before + LONGEST_CARRIED)
    .map(({ id }) => id);
}

const LONGEST_CARRIED = 92 * DAY;
