import type { Database } from "better-sqlite3";
import type { VerdictSpan } from "../../model/history-store.ts";
import { readDictionary } from "./claims.ts";
import { prepared } from "./statements.ts";

/** Every span of audits of a track that claimed the same of a question, by rule and subject, oldest first. */
export function verdictSpans(db: Database, track: number): readonly VerdictSpan[] {
  const dictionary = readDictionary(db);
  const titleAt = titles(db, track);
  return claimedSpans(judgementsOf(db, track))
    .map(({ claim, first, last }): VerdictSpan => {
      const { rule, subject, verdict, outcome, severity } = dictionary.claim(claim).keys;
      const title = titleAt(claim, last.lastRun);
      return {
        rule,
        subject,
        verdict,
        outcome,
        ...(severity === undefined ? {} : { severity }),
        ...(title === null ? {} : { title }),
        firstAt: first.firstAt,
        lastAt: last.lastAt,
      };
    })
    .sort((a, b) => compare(a.rule, b.rule) || compare(a.subject, b.subject) || a.firstAt - b.firstAt);
}

interface Judgement {
  readonly claims: string;
  readonly lastRun: number;
  /** Starts of its first and its last run. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Oldest first. The newest lasts up to the newest audit. */
function judgementsOf(db: Database, track: number): readonly Judgement[] {
  return prepared<[number, number], Judgement>(
    db,
    `SELECT claims, last.id AS lastRun, first.started_at AS firstAt, last.started_at AS lastAt
     FROM judgement JOIN sheet ON sheet.id = sheet_id JOIN run AS first ON first.id = first_run
     JOIN run AS last ON last.id = coalesce(last_run, (SELECT max(run_id) FROM audit WHERE audit.track_id = ?))
     WHERE judgement.track_id = ? ORDER BY first_run`,
  ).all(track, track);
}

interface ClaimedSpan {
  readonly claim: number;
  readonly first: Judgement;
  readonly last: Judgement;
}

/** Judgements follow one another without a gap: a claim that is in two neighbours was never not made. */
function claimedSpans(judgements: readonly Judgement[]): readonly ClaimedSpan[] {
  const ended: ClaimedSpan[] = [];
  let open = new Map<number, ClaimedSpan>();
  for (const judgement of judgements) {
    const claims = JSON.parse(judgement.claims) as readonly number[];
    const now = new Map(claims.map((claim) => [claim, { claim, first: open.get(claim)?.first ?? judgement, last: judgement }]));
    for (const [claim, span] of open) if (!now.has(claim)) ended.push(span);
    open = now;
  }
  return [...ended, ...open.values()];
}

/** Title of a claim as it was worded in a run, null where it has none. */
function titles(db: Database, track: number): (claim: number, run: number) => string | null {
  const wordings = new Map<number, { readonly firstRun: number; readonly title: string | null }[]>();
  const rows = prepared<[number], { claim: number; firstRun: number; title: string | null }>(
    db,
    `SELECT claim_id AS claim, first_run AS firstRun, json_extract(coalesce(wording.words, claim.words), '$.title') AS title
     FROM wording JOIN claim ON claim.id = claim_id WHERE track_id = ? ORDER BY claim_id, first_run`,
  ).all(track);
  for (const { claim, ...wording } of rows) {
    const known = wordings.get(claim);
    if (known === undefined) wordings.set(claim, [wording]);
    else known.push(wording);
  }
  return (claim, run) => wordings.get(claim)?.findLast(({ firstRun }) => firstRun <= run)?.title ?? null;
}

/** In the order of SQLite, which compares bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
