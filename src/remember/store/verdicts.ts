import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { causeOfCited } from "./citations.ts";
import { type Dictionary, readDictionary, worded } from "./claims.ts";
import { sheetOf } from "./sheets.ts";
import { prepared } from "./statements.ts";
import { readingAt, wordingsAt } from "./wordings.ts";

/** Every verdict that an audit reached, or those of `claims` alone (a JSON array of ids that it claimed), by rule and subject. Words and data are those of the newest run that said the same on the same ground. */
export function verdictsInForce(
  db: Database,
  track: number,
  run: number,
  dictionary: Dictionary = readDictionary(db),
  claims?: string,
): readonly VerdictRecord[] {
  const sheet = sheetOf(db, track, run);
  if (sheet === undefined) return [];
  return verdictsAt(db, track, { run, toolId: sheet.toolId, claims: claims ?? sheet.claims }, dictionary).sort(byQuestion);
}

/** Those of them that a report tells: failed, or not known. What the latter cite is left out. */
export function verdictsToTell(db: Database, track: number, run: number, dictionary: Dictionary): readonly VerdictRecord[] {
  const sheet = sheetOf(db, track, run);
  if (sheet === undefined) return [];
  const told = (JSON.parse(sheet.claims) as readonly number[]).filter((claim) => TOLD.has(dictionary.claim(claim).keys.verdict));
  return verdictsAt(db, track, { run, claims: JSON.stringify(told), toolId: sheet.toolId }, dictionary)
    .map((verdict) => (verdict.verdict === "fail" ? verdict : { ...verdict, evidence: [] }))
    .sort(byQuestion);
}

const TOLD: ReadonlySet<VerdictRecord["verdict"]> = new Set(["fail", "unobserved", "error"]);

/** The last time that a question failed, in `run` or before: what was said, and when it was said last. */
export function lastFailure(
  db: Database,
  track: number,
  run: number,
  { rule, subject }: Pick<VerdictRecord, "rule" | "subject">,
  dictionary: Dictionary,
): { readonly verdict: VerdictRecord; readonly at: number } | undefined {
  const last = prepared<unknown[], { claim: number; said: number; toolId: number; at: number }>(db, LAST_FAILURE).get(
    track,
    run,
    run,
    track,
    run,
    rule,
    subject,
  );
  if (last === undefined) return undefined;
  const said = { run: last.said, claims: JSON.stringify([last.claim]), toolId: last.toolId };
  const [verdict] = verdictsAt(db, track, said, dictionary);
  return verdict === undefined ? undefined : { verdict, at: last.at };
}

/** From the newest sheet back, so that it ends with the first that has it. Of a thinned audit the time of its run is left. */
const LAST_FAILURE = `
  SELECT claim, said, toolId, coalesce((SELECT at FROM audit WHERE track_id = ? AND run_id = said), run.started_at) AS at
  FROM (
    SELECT member.value AS claim, min(coalesce(last_run, ?), ?) AS said, tool_id AS toolId
    FROM judgement CROSS JOIN sheet ON sheet.id = sheet_id CROSS JOIN json_each(claims) AS member
    WHERE track_id = ? AND first_run <= ?
      AND member.value IN (SELECT id FROM claim WHERE rule = ? AND subject = ? AND verdict = 'fail')
    ORDER BY first_run DESC LIMIT 1)
  JOIN run ON run.id = said`;

/**
 * What was known after `run`: every question that its rule listed when it was last judged, with its last conclusive verdict
 * (pass, fail, not-applicable), or the newest of any kind where there never was one. An unobserved night hides nothing that was known
 * before, and a subject that its rule stopped listing is not compared with its verdict of long ago.
 */
export function verdictsKnown(db: Database, track: number, run: number): readonly VerdictRecord[] {
  const dictionary = readDictionary(db);
  const chosen = prepared<number[], { claim: number; said: number }>(db, KNOWN).all(run, run, track, run);
  const byRun = new Map<number, number[]>();
  for (const { claim, said } of chosen) byRun.set(said, [...(byRun.get(said) ?? []), claim]);
  return [...byRun]
    .flatMap(([said, claims]) => {
      const toolId = sheetOf(db, track, said)?.toolId ?? 0;
      return verdictsAt(db, track, { run: said, claims: JSON.stringify(claims), toolId }, dictionary);
    })
    .sort(byQuestion);
}

/** Claims and the last run up to a run that made each; of each question the one that counts. */
const KNOWN = `
  WITH used AS (
    SELECT sheet_id, max(min(coalesce(last_run, ?), ?)) AS said FROM judgement WHERE track_id = ? AND first_run <= ? GROUP BY sheet_id),
  made AS (
    SELECT member.value AS claim, max(said) AS said FROM used JOIN sheet ON sheet.id = sheet_id JOIN json_each(claims) AS member GROUP BY 1)
  SELECT claim, said FROM (
    SELECT claim, said, row_number() OVER (
        PARTITION BY rule, subject ORDER BY verdict IN ('pass', 'fail', 'not-applicable') DESC, said DESC) AS place,
      max(said) OVER (PARTITION BY rule, subject) AS listed, max(said) OVER (PARTITION BY rule) AS judged
    FROM made CROSS JOIN claim AS words ON words.id = made.claim)
  WHERE place = 1 AND listed = judged`;

interface Said {
  readonly run: number;
  /** JSON array of claim ids. */
  readonly claims: string;
  readonly toolId: number;
}

function verdictsAt(db: Database, track: number, { run, claims, toolId }: Said, dictionary: Dictionary): VerdictRecord[] {
  const hashes = new Map<number, string>();
  const hashOf = (source: number) => {
    const hash = hashes.get(source) ?? readingAt(db, track, source, run) ?? "";
    hashes.set(source, hash);
    return hash;
  };
  const causes = new Map<string, string>();
  const causeOf = (sources: string, cited: readonly { readonly hash: string }[]) => {
    const cause = causes.get(sources) ?? causeOfCited(cited.map(({ hash }) => hash));
    causes.set(sources, cause);
    return cause;
  };
  const parsed = new Map<string, readonly number[]>();
  const sourcesOf = (text: string) => {
    const sources = parsed.get(text) ?? (JSON.parse(text) as readonly number[]);
    parsed.set(text, sources);
    return sources;
  };
  return wordingsAt(db, track, run, claims).map((wording) => {
    const claim = dictionary.claim(wording.claim);
    const { verdict, cited } = wording.words === null ? claim : worded(claim.keys, wording.words);
    const evidence = sourcesOf(wording.sources).map((source, index) => {
      const { kind, key } = dictionary.source(source);
      const text = cited[index];
      return { kind, key, pointer: text?.[0] ?? "", summary: text?.[1] ?? "", hash: hashOf(source) };
    });
    return {
      ...verdict,
      evidence,
      causes: {
        evidence: wording.evidenceHash ?? causeOf(wording.sources, evidence),
        rules: dictionary.digest(wording.rulesId),
        config: dictionary.digest(wording.configId),
        tool: dictionary.digest(wording.toolId ?? toolId),
      },
    };
  });
}

/** In the order of SQLite, which compares bytes. */
function byQuestion(a: VerdictRecord, b: VerdictRecord): number {
  return compare(a.rule, b.rule) || compare(a.subject, b.subject);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
