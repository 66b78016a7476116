import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { hexOf, prepared } from "./statements.ts";

/** How a track words a claim: what of a verdict may differ from night to night without making it another verdict. */
export interface Wording {
  readonly claim: number;
  readonly firstRun: number;
  /** JSON array of source ids, by citation. */
  readonly sources: string;
  /** Of the causes; NULL where it follows from the cited hashes. */
  readonly evidenceHash: Buffer | null;
  /** JSON; NULL where it is the claim's own. */
  readonly words: string | null;
  readonly rulesId: number;
  readonly configId: number;
  readonly toolId: number;
}

/** Everything of a verdict that is neither claim nor hash, with what its citations say. */
export type Words = Omit<VerdictRecord, IdentityKey | "evidence" | "causes"> & { readonly cited: readonly (readonly [string, string])[] };
type IdentityKey = "rule" | "subject" | "ruleRevision" | "verdict" | "outcome" | "reason" | "severity";
export type ClaimKeys = Pick<VerdictRecord, IdentityKey>;

export function wordsOf(verdict: VerdictRecord): Words {
  const { rule, subject, ruleRevision, verdict: reached, outcome, reason, severity, evidence, causes, ...words } = verdict;
  return { ...words, cited: evidence.map(({ pointer, summary }) => [pointer, summary]) };
}

/** The wordings that held in `run`, of `claims` (a JSON array of ids). */
export function wordingsAt(db: Database, track: number, run: number, claims: string): readonly Wording[] {
  return prepared<[string, number, number], Wording>(
    db,
    `SELECT claim_id AS claim, first_run AS firstRun, sources, evidence_hash AS evidenceHash, words, rules_id AS rulesId,
       config_id AS configId, tool_id AS toolId
     FROM json_each(?) AS said CROSS JOIN wording ON track_id = ? AND claim_id = said.value
       AND first_run = (SELECT max(first_run) FROM wording AS newer
         WHERE newer.track_id = wording.track_id AND newer.claim_id = said.value AND newer.first_run <= ?)`,
  ).all(claims, track, run);
}

export function beginWording(db: Database, track: number, wording: Wording): void {
  prepared(
    db,
    `INSERT INTO wording(track_id, claim_id, first_run, sources, evidence_hash, words, rules_id, config_id, tool_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(track, wording.claim, wording.firstRun, wording.sources, wording.evidenceHash, ...newestOf(wording));
}

/** What the newest run says replaces what the runs before it said; of whom and on what ground stays. */
export function rewordIn(db: Database, track: number, wording: Wording): void {
  prepared(
    db,
    "UPDATE wording SET words = ?, rules_id = ?, config_id = ?, tool_id = ? WHERE track_id = ? AND claim_id = ? AND first_run = ?",
  ).run(...newestOf(wording), track, wording.claim, wording.firstRun);
}

function newestOf({ words, rulesId, configId, toolId }: Wording): readonly unknown[] {
  return [words, rulesId, configId, toolId];
}

/** Content hash of a source in `run`, undefined where it had none yet. */
export function readingAt(db: Database, track: number, source: number, run: number): string | undefined {
  const row = prepared<[number, number, number], { hash: Buffer }>(
    db,
    `SELECT coalesce(evidence.hash, reading.hash) AS hash FROM reading LEFT JOIN evidence ON evidence.id = evidence_id
     WHERE track_id = ? AND source_id = ? AND first_run <= ? ORDER BY first_run DESC LIMIT 1`,
  ).get(track, source, run);
  return row === undefined ? undefined : hexOf(row.hash);
}
