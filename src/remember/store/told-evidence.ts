import type { Database } from "better-sqlite3";
import type { HistoryEvent, VerdictRecord } from "../../model/finding.ts";
import type { AuditCommit } from "../../model/history-store.ts";
import { bytesOf, prepared } from "./statements.ts";
import { verdictsKnown } from "./verdicts.ts";

type Question = Pick<VerdictRecord, "rule" | "subject">;

/**
 * Marks the evidence behind what the log tells of an audit, on both sides: it is kept for as long as the event.
 * `previous` is the run of the audit before. Called before findings are forgotten.
 */
export function keepToldEvidence(db: Database, track: number, previous: number | undefined, commit: AuditCommit): void {
  const questions = questionsTold(db, track, commit);
  if (questions.length === 0) return;
  const before = previous === undefined ? [] : verdictsKnown(db, track, previous);
  const mark = prepared(db, "UPDATE evidence SET told = 1 WHERE hash = ? AND told = 0");
  const told = new Set(questions.map(nameOf));
  for (const verdict of [...before, ...commit.verdicts]) {
    if (told.has(nameOf(verdict))) for (const { hash } of verdict.evidence) mark.run(bytesOf(hash));
  }
}

/** Losing and regaining sight tells of our nights, and on the same evidence as before. */
function questionsTold(db: Database, track: number, { changes, events }: AuditCommit): readonly Question[] {
  return [
    ...changes.filter(({ kind }) => kind !== "lost-sight" && kind !== "regained-sight"),
    ...events
      .flatMap(({ kind, fingerprint }) => (REST_ON_EVIDENCE.has(kind) && fingerprint !== undefined ? [fingerprint] : []))
      .flatMap(
        (fingerprint) =>
          prepared<[number, string], Question>(db, "SELECT rule, subject FROM finding WHERE track_id = ? AND fingerprint = ?").get(
            track,
            fingerprint,
          ) ?? [],
      ),
  ];
}

function nameOf({ rule, subject }: Question): string {
  return `${rule} ${subject}`;
}

const REST_ON_EVIDENCE: ReadonlySet<HistoryEvent["kind"]> = new Set([
  "opened",
  "suspected",
  "unconfirmed",
  "clearing",
  "relapsed",
  "evidence-changed",
]);
