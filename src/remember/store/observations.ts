import type { Database } from "better-sqlite3";
import type { StoredObservation } from "../../model/history-store.ts";
import { type EvidenceRow, recordEvidence, storedEvidence } from "./contents.ts";
import { prepared } from "./statements.ts";

/**
 * Adds an observation: the newest span of its question grows when the answer is the same, otherwise a new one begins.
 * One that was carried over from an earlier run writes nothing.
 */
export function recordObservation(db: Database, track: number, run: number, observation: StoredObservation): void {
  if (observation.carried) return;
  const { probe, kind, key, outcome, observedAt } = observation;
  const evidence = observation.evidence === undefined ? null : recordEvidence(db, observation.evidence);
  const failure = observation.failure ?? null;
  const question = [track, probe, kind, key.origin, key.address ?? "", key.endpoint ?? ""];
  const grown = prepared(
    db,
    `UPDATE observation SET last_run = ?, last_at = ?, times = times + 1
     WHERE ${QUESTION} AND outcome = ? AND evidence_id IS ? AND failure IS ?
       AND first_run = (SELECT max(first_run) FROM observation WHERE ${QUESTION})`,
  ).run(run, observedAt, ...question, outcome, evidence, failure, ...question);
  if (grown.changes > 0) return;
  prepared(
    db,
    `INSERT INTO observation(track_id, probe, kind, origin, address, endpoint, first_run, last_run, first_at, last_at, times,
       outcome, evidence_id, failure)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  ).run(...question, run, run, observedAt, observedAt, outcome, evidence, failure);
}

/**
 * Per question the newest fact (observed or refused), with the time it was last confirmed;
 * the newest failure only where no fact was ever seen.
 */
export function newestObservations(db: Database, track: number): readonly StoredObservation[] {
  return prepared<[number], ObservationRow>(
    db,
    `SELECT probe, observation.kind AS kind, origin, address, endpoint, outcome, failure, last_at AS lastAt,
       evidence.hash AS hash, evidence.kind AS evidenceKind, evidence.version AS version, evidence.body AS body
     FROM (SELECT *, row_number() OVER (
         PARTITION BY probe, kind, origin, address, endpoint ORDER BY outcome IN ('observed', 'refused') DESC, first_run DESC) AS place
       FROM observation WHERE track_id = ?) AS observation
     LEFT JOIN evidence ON evidence.id = observation.evidence_id
     WHERE place = 1 ORDER BY probe, kind, origin, address, endpoint`,
  )
    .all(track)
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

const QUESTION = "track_id = ? AND probe = ? AND kind = ? AND origin = ? AND address = ? AND endpoint = ?";
