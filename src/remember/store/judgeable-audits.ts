import type { Database } from "better-sqlite3";
import type { JudgeableAudit, KnownObservation } from "../../model/history-store.ts";
import { findHead, type PlacedHead } from "./audit-heads.ts";
import { hexOf, prepared } from "./statements.ts";
import { verdictsInForce } from "./verdicts.ts";

/** One audit with its verdicts and with what was known by its run. */
export function readJudgeableAudit(db: Database, ulid: string, uid: string, vantage: string): JudgeableAudit | undefined {
  const placed = findHead(db, ulid, uid, vantage);
  if (placed === undefined) return undefined;
  const verdicts = verdictsInForce(db, placed.track, placed.runId);
  return { ...placed.head, verdicts, observations: observationsKnownBy(db, placed) };
}

/**
 * Per question the span that the run lies in, as of the time of the audit, and the newest fact (observed or refused) of an earlier span,
 * or its newest failure where there never was a fact. Spans of one question do not overlap.
 */
export function observationsKnownBy(db: Database, { track, runId, head }: PlacedHead): readonly KnownObservation[] {
  return prepared<[number, number, number, number], KnownRow>(
    db,
    `SELECT probe, question.kind AS kind, origin, address, endpoint, outcome, failure.text AS failure, last_at AS lastAt, current,
       evidence.hash AS hash
     FROM (SELECT *, last_run >= ? AS current, row_number() OVER (
         PARTITION BY question_id, last_run >= ? ORDER BY outcome IN ('observed', 'refused') DESC, first_run DESC) AS place
       FROM answer WHERE track_id = ? AND first_run <= ?) AS known
     JOIN question ON question.id = question_id LEFT JOIN failure ON failure.id = failure_id
     LEFT JOIN evidence ON evidence.id = known.evidence_id
     WHERE place = 1 ORDER BY probe, question.kind, origin, address, endpoint, current`,
  )
    .all(runId, runId, track, runId)
    .map((row) => knownObservation(row, head.at));
}

interface KnownRow {
  readonly probe: string;
  readonly kind: string;
  readonly origin: string;
  readonly address: string;
  readonly endpoint: string;
  readonly outcome: string;
  readonly failure: string | null;
  readonly lastAt: number;
  readonly current: number;
  readonly hash: Buffer | null;
}

function knownObservation(row: KnownRow, at: number): KnownObservation {
  return {
    probe: row.probe,
    kind: row.kind,
    key: {
      origin: row.origin,
      ...(row.address === "" ? {} : { address: row.address }),
      ...(row.endpoint === "" ? {} : { endpoint: row.endpoint }),
    },
    outcome: row.outcome,
    observedAt: row.current === 1 ? at : row.lastAt,
    ...(row.failure === null ? {} : { failure: row.failure }),
    ...(row.hash === null ? {} : { evidence: hexOf(row.hash) }),
    current: row.current === 1,
  };
}
