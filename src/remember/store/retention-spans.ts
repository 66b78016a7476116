import type { Database } from "better-sqlite3";
import { dropAudits } from "./retention-thinning.ts";
import { prepared } from "./statements.ts";

export interface DroppedSpans {
  readonly spans: number;
  readonly audits: number;
}

/**
 * Drops what runs before `before` said and what nothing refers to any more: spans of answers and of sheets, and the audits that would
 * have no verdicts left. Whatever was said newest of a question stays, however old, and what a named baseline stands on.
 */
export function dropSpans(db: Database, before: number): DroppedSpans {
  const horizon = prepared<[number], { run: number | null }>(db, "SELECT max(id) AS run FROM run WHERE started_at < ?").get(before)?.run;
  if (horizon === null || horizon === undefined) return { spans: 0, audits: 0 };
  const answers = prepared(
    db,
    `DELETE FROM answer WHERE last_run <= ? AND last_at < ? AND NOT EXISTS (SELECT 1 FROM baseline WHERE run_id BETWEEN first_run AND last_run)
       AND EXISTS (SELECT 1 FROM answer AS newer WHERE ${NEWER})
       AND (outcome NOT IN ('observed', 'refused') OR EXISTS (
         SELECT 1 FROM answer AS newer WHERE ${NEWER} AND newer.outcome IN ('observed', 'refused')))`,
  ).run(horizon, before);
  const sheets = dropJudgements(db, horizon);
  prepared(db, "DELETE FROM sheet WHERE NOT EXISTS (SELECT 1 FROM judgement WHERE sheet_id = sheet.id)").run();
  return { spans: answers.changes + sheets, audits: dropAuditsUpTo(db, horizon) };
}

const NEWER = "newer.track_id = answer.track_id AND newer.question_id = answer.question_id AND newer.first_run > answer.first_run";

interface Judgement {
  readonly first_run: number;
  readonly last_run: number | null;
  readonly claims: string;
  readonly named: number;
}

function dropJudgements(db: Database, horizon: number): number {
  const tracks = prepared<[number], { id: number }>(db, "SELECT DISTINCT track_id AS id FROM judgement WHERE last_run <= ?").all(horizon);
  const claims = new Map(
    prepared<[], { id: number; question: string; conclusive: number }>(
      db,
      "SELECT id, json_array(rule, subject) AS question, verdict IN ('pass', 'fail', 'not-applicable') AS conclusive FROM claim",
    )
      .all()
      .map((claim) => [claim.id, claim]),
  );
  const drop = prepared(db, "DELETE FROM judgement WHERE track_id = ? AND first_run = ?");
  let dropped = 0;
  for (const { id } of tracks) {
    const [said, concluded] = [new Set<string>(), new Set<string>()];
    for (const { first_run, last_run, claims: sheet, named } of judgementsOf(db, id)) {
      const made = (JSON.parse(sheet) as readonly number[]).flatMap((claim) => claims.get(claim) ?? []);
      const isNews = made.some(({ question, conclusive }) => !said.has(question) || (conclusive === 1 && !concluded.has(question)));
      if (last_run !== null && last_run <= horizon && named === 0 && !isNews) dropped += drop.run(id, first_run).changes;
      for (const { question, conclusive } of made) {
        said.add(question);
        if (conclusive === 1) concluded.add(question);
      }
    }
  }
  return dropped;
}

/** Newest first. */
function judgementsOf(db: Database, track: number): readonly Judgement[] {
  return prepared<[number], Judgement>(
    db,
    `SELECT first_run, last_run, claims, EXISTS (SELECT 1 FROM baseline WHERE run_id BETWEEN first_run AND coalesce(last_run, run_id)) AS named
     FROM judgement JOIN sheet ON sheet.id = sheet_id WHERE track_id = ? ORDER BY first_run DESC`,
  ).all(track);
}

function dropAuditsUpTo(db: Database, horizon: number): number {
  return prepared<[number], { id: number }>(
    db,
    "SELECT id FROM run WHERE id <= ? AND detail = 'kept' AND id NOT IN (SELECT run_id FROM baseline)",
  )
    .all(horizon)
    .reduce((sum, { id }) => sum + dropAudits(db, id), 0);
}
