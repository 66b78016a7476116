import type { Database } from "better-sqlite3";
import type { StoredObservation } from "../../model/history-store.ts";
import { type EvidenceRow, recordEvidence, storedEvidence } from "./contents.ts";
import { failureId, questionId } from "./dictionaries.ts";
import { prepared } from "./statements.ts";

/**
 * Adds an observation: the newest span of its question grows when the answer is the same, otherwise a new one begins.
 * One that was carried over from an earlier run writes nothing.
 */
export function recordObservation(db: Database, track: number, run: number, observation: StoredObservation): void {
  if (observation.carried) return;
  const { outcome, observedAt } = observation;
  const evidence = observation.evidence === undefined ? null : recordEvidence(db, observation.evidence);
  const failure = observation.failure === undefined ? null : failureId(db, observation.failure);
  const question = questionId(db, observation);
  const grown = prepared(
    db,
    `UPDATE answer SET last_run = ?, last_at = ?, times = times + 1
     WHERE track_id = ? AND question_id = ? AND outcome = ? AND evidence_id IS ? AND failure_id IS ?
       AND first_run = (SELECT max(first_run) FROM answer WHERE track_id = ? AND question_id = ?)`,
  ).run(run, observedAt, track, question, outcome, evidence, failure, track, question);
  if (grown.changes > 0) return;
  prepared(
    db,
    `INSERT INTO answer(track_id, question_id, first_run, last_run, first_at, last_at, times, outcome, evidence_id, failure_id)
     VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  ).run(track, question, run, run, observedAt, observedAt, outcome, evidence, failure);
}

/**
 * Per question the newest fact (observed or refused), with the time it was last confirmed;
 * the newest failure only where no fact was ever seen.
 */
export function newestObservations(db: Database, track: number): readonly StoredObservation[] {
  return prepared<[number], ObservationRow>(
    db,
    `SELECT probe, question.kind AS kind, origin, address, endpoint, outcome, failure.text AS failure, last_at AS lastAt,
       evidence.hash AS hash, evidence.kind AS evidenceKind, evidence.version AS version, body
     FROM (SELECT *, row_number() OVER (
         PARTITION BY question_id ORDER BY outcome IN ('observed', 'refused') DESC, first_run DESC) AS place
       FROM answer WHERE track_id = ?) AS newest
     JOIN question ON question.id = question_id LEFT JOIN failure ON failure.id = failure_id
     LEFT JOIN evidence ON evidence.id = newest.evidence_id LEFT JOIN evidence_body ON evidence_body.evidence_id = evidence.id
     WHERE place = 1 ORDER BY probe, question.kind, origin, address, endpoint`,
  )
    .all(track)
    .flatMap(observationOf);
}

/** The same, of questions of these kinds alone; reads no other row of a question than its newest ones. */
export function newestOfKinds(db: Database, track: number, kinds: readonly string[]): readonly StoredObservation[] {
  const placeholders = kinds.map(() => "?").join(", ");
  return prepared<(number | string)[], ObservationRow>(
    db,
    `SELECT probe, question.kind AS kind, origin, address, endpoint, outcome, failure.text AS failure, last_at AS lastAt,
       evidence.hash AS hash, evidence.kind AS evidenceKind, evidence.version AS version, body
     FROM (SELECT DISTINCT question_id AS asked FROM answer WHERE track_id = ?) AS known
     CROSS JOIN question ON question.id = asked AND question.kind IN (${placeholders})
     CROSS JOIN answer ON answer.track_id = ? AND answer.question_id = asked AND answer.first_run = coalesce(
       (SELECT first_run FROM answer AS fact WHERE fact.track_id = ? AND fact.question_id = asked AND fact.outcome IN ('observed', 'refused')
        ORDER BY first_run DESC LIMIT 1),
       (SELECT max(first_run) FROM answer AS any WHERE any.track_id = ? AND any.question_id = asked))
     LEFT JOIN failure ON failure.id = failure_id
     LEFT JOIN evidence ON evidence.id = answer.evidence_id LEFT JOIN evidence_body ON evidence_body.evidence_id = evidence.id
     ORDER BY probe, question.kind, origin, address, endpoint`,
  )
    .all(track, ...kinds, track, track, track)
    .flatMap(observationOf);
}

interface ObservationRow {
  readonly probe: string;
  readonly kind: string;
  readonly origin: string;
  readonly address: string;
  readonly endpoint: string;
  readonly outcome: string;
  readonly failure: string | null;
  readonly lastAt: number;
  readonly hash: Buffer | null;
  readonly evidenceKind: string | null;
  readonly version: number | null;
  readonly body: Buffer | null;
}

/** Nothing for an observation whose evidence retention took: the question has to be asked again. */
function observationOf(row: ObservationRow): readonly StoredObservation[] {
  const evidence = evidenceRow(row);
  if (row.hash !== null && evidence === undefined) return [];
  return [
    {
      probe: row.probe,
      kind: row.kind,
      key: {
        origin: row.origin,
        ...(row.address === "" ? {} : { address: row.address }),
        ...(row.endpoint === "" ? {} : { endpoint: row.endpoint }),
      },
      outcome: row.outcome,
      observedAt: row.lastAt,
      ...(evidence === undefined ? {} : { evidence: storedEvidence(evidence) }),
      ...(row.failure === null ? {} : { failure: row.failure }),
      carried: false,
    },
  ];
}

function evidenceRow({ hash, evidenceKind, version, body }: ObservationRow): EvidenceRow | undefined {
  if (hash === null || evidenceKind === null || version === null || body === null) return undefined;
  return { hash, kind: evidenceKind, version, body };
}
