import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { bytesOf, hexOf, prepared } from "./statements.ts";

/** How a track words a claim: what of a verdict may differ from night to night without making it another verdict. */
export interface Wording {
  readonly claim: number;
  readonly firstRun: number;
  /** JSON array of source ids, by citation. */
  readonly sources: string;
  /** Of the causes, hex; null where it follows from the cited hashes. */
  readonly evidenceHash: string | null;
  /** JSON; NULL where it is the claim's own. */
  readonly words: string | null;
  readonly rulesId: number;
  readonly configId: number;
  /** NULL where it is the sheet's. */
  readonly toolId: number | null;
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
  return allAsJson<WordingRow>(db, WORDING, HELD, [claims, track, run]).map(wordingOf);
}

/** With the claims themselves and the hashes behind the ids. */
export function wordedClaimsAt(db: Database, track: number, run: number, claims: string): readonly WordedClaim[] {
  return allAsJson<WordedClaimRow>(db, `${WORDING}, ${CLAIM}`, `${HELD} ${WITH_CLAIM}`, [claims, track, run]).map((row) => ({
    wording: wordingOf(row),
    rule: row[8],
    subject: row[9],
    ruleRevision: row[10],
    verdict: row[11],
    outcome: row[12],
    reason: row[13],
    severity: row[14],
    claimWords: row[15],
    rules: row[16],
    config: row[17],
  }));
}

/** Audits have dozens of rows; one text for all crosses into JavaScript three times as fast. Measured with better-sqlite3 12.11. */
function allAsJson<Row>(db: Database, columns: string, from: string, values: readonly unknown[]): readonly Row[] {
  const row = prepared<unknown[], { rows: string }>(db, `SELECT json_group_array(json_array(${columns})) AS rows ${from}`).get(...values);
  return JSON.parse(row?.rows ?? "[]") as readonly Row[];
}

export interface WordedClaim {
  readonly wording: Wording;
  readonly rule: string;
  readonly subject: string;
  readonly ruleRevision: number;
  readonly verdict: string;
  readonly outcome: string;
  /** '' where there is none, like `severity`. */
  readonly reason: string;
  readonly severity: string;
  readonly claimWords: string;
  /** Hex, like `config`. */
  readonly rules: string;
  readonly config: string;
}

type WordingRow = [number, number, string, string | null, string | null, number, number, number | null];
type WordedClaimRow = [...WordingRow, string, string, number, string, string, string, string, string, string, string];

/** By index: destructuring an array runs its iterator, which is what this would mostly do then. */
function wordingOf(row: WordingRow | WordedClaimRow): Wording {
  return {
    claim: row[0],
    firstRun: row[1],
    sources: row[2],
    evidenceHash: row[3],
    words: row[4],
    rulesId: row[5],
    configId: row[6],
    toolId: row[7],
  };
}

const WORDING = `claim_id, first_run, sources, CASE WHEN evidence_hash IS NOT NULL THEN lower(hex(evidence_hash)) END, wording.words,
  rules_id, config_id, tool_id`;

const HELD = `FROM json_each(?) AS said CROSS JOIN wording ON track_id = ? AND claim_id = said.value
  AND first_run = (SELECT max(first_run) FROM wording AS newer
    WHERE newer.track_id = wording.track_id AND newer.claim_id = said.value AND newer.first_run <= ?)`;

const CLAIM = `rule, subject, rule_revision, verdict, outcome, reason, severity, claim.words,
  lower(hex(rules.hash)), lower(hex(config.hash))`;

const WITH_CLAIM = `JOIN claim ON claim.id = said.value
  JOIN digest AS rules ON rules.id = rules_id JOIN digest AS config ON config.id = config_id`;

export function beginWording(db: Database, track: number, wording: Wording): void {
  const evidenceHash = wording.evidenceHash === null ? null : bytesOf(wording.evidenceHash);
  prepared(
    db,
    `INSERT INTO wording(track_id, claim_id, first_run, sources, evidence_hash, words, rules_id, config_id, tool_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(track, wording.claim, wording.firstRun, wording.sources, evidenceHash, ...newestOf(wording));
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
