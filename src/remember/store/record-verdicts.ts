import type { Database } from "better-sqlite3";
import { canonicalJson } from "../../model/digest.ts";
import type { VerdictRecord } from "../../model/finding.ts";
import { readDictionary } from "./claims.ts";
import { claimId, digestId, sourceId } from "./dictionaries.ts";
import { openSheet, recordSheet } from "./sheets.ts";
import { bytesOf, prepared } from "./statements.ts";
import { causeOfCited } from "./verdicts.ts";
import { beginWording, readingAt, rewordIn, type Wording, wordingsAt, wordsOf } from "./wordings.ts";

/**
 * Adds the verdicts of an audit. What is claimed like in the audit before (`previousRun`) writes nothing, or takes over newer words,
 * data and hashes; words that changed together with the evidence begin anew, so that earlier runs keep theirs.
 */
export function recordVerdicts(
  db: Database,
  track: number,
  run: number,
  previousRun: number | undefined,
  verdicts: readonly VerdictRecord[],
): void {
  refuseRepeats(verdicts);
  const open = previousRun === undefined ? undefined : openSheet(db, track);
  const before = new Map(open === undefined ? [] : wordingsAt(db, track, run, open.claims).map((wording) => [wording.claim, wording]));
  const remembered = rememberedIds(db);
  const citations = citationsOf(db, track, run);
  const claims = verdicts.map((verdict) => {
    const wording = wordingOf(db, run, verdict, remembered, citations);
    recordWording(db, track, wording, before.get(wording.claim), citations);
    return wording.claim;
  });
  const sorted = JSON.stringify(claims.sort((a, b) => a - b));
  recordSheet(db, track, run, sorted, open === undefined || previousRun === undefined ? undefined : { open, previousRun });
}

interface Remembered {
  readonly digest: (hex: string) => number;
  /** Words of the claim, as JSON. */
  readonly claimed: (id: number) => string;
}

function rememberedIds(db: Database): Remembered {
  const digests = new Map<string, number>();
  const dictionary = readDictionary(db);
  return {
    digest: (hex) => {
      const id = digests.get(hex) ?? digestId(db, hex);
      digests.set(hex, id);
      return id;
    },
    claimed: (id) => dictionary.claim(id).text,
  };
}

function wordingOf(db: Database, run: number, verdict: VerdictRecord, remembered: Remembered, citations: Citations): Wording {
  const { causes, evidence } = verdict;
  const words = canonicalJson(wordsOf(verdict));
  const claim = claimId(db, verdict, words);
  const follows = causes.evidence === causeOfCited(evidence.map(({ hash }) => hash));
  return {
    claim,
    firstRun: run,
    sources: JSON.stringify(evidence.map((piece) => citations.source(piece))),
    evidenceHash: follows ? null : bytesOf(causes.evidence),
    words: remembered.claimed(claim) === words ? null : words,
    rulesId: remembered.digest(causes.rules),
    configId: remembered.digest(causes.config),
    toolId: remembered.digest(causes.tool),
  };
}

function recordWording(db: Database, track: number, wording: Wording, before: Wording | undefined, citations: Citations): void {
  const newest = before ?? newestWording(db, track, wording);
  if (newest === undefined) return beginWording(db, track, wording);
  const sameGround = newest.sources === wording.sources && sameBytes(newest.evidenceHash, wording.evidenceHash);
  const sameWords = newest.words === wording.words;
  if (sameGround && sameWords && sameHashes(newest, wording)) return;
  const isReworded = before !== undefined && sameGround && (sameWords || !citations.anyChanged(wording.sources));
  if (isReworded) rewordIn(db, track, { ...wording, firstRun: newest.firstRun });
  else beginWording(db, track, wording);
}

/** Of a claim that the audit before did not make. */
function newestWording(db: Database, track: number, { claim, firstRun }: Wording): Wording | undefined {
  return wordingsAt(db, track, firstRun, `[${claim}]`)[0];
}

function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === null || b === null ? a === b : a.equals(b);
}

function sameHashes(a: Wording, b: Wording): boolean {
  return a.rulesId === b.rulesId && a.configId === b.configId && a.toolId === b.toolId;
}

type Piece = VerdictRecord["evidence"][number];

interface Citations {
  /** Row id of what a verdict cites, with its content written down. */
  source(piece: Piece): number;
  anyChanged(sources: string): boolean;
}

/** What this audit cites: each content of a kind and key has a place of its own, in the order of first citation. */
function citationsOf(db: Database, track: number, run: number): Citations {
  const places = new Map<string, Map<string, number>>();
  const changed = new Set<number>();
  return {
    source({ kind, key, hash }) {
      const name = `${kind}\n${key}`;
      const byHash = places.get(name) ?? new Map<string, number>();
      places.set(name, byHash);
      const known = byHash.get(hash);
      if (known !== undefined) return known;
      const id = sourceId(db, kind, key, byHash.size);
      byHash.set(hash, id);
      if (recordReading(db, track, run, id, hash)) changed.add(id);
      return id;
    },
    anyChanged: (sources) => (JSON.parse(sources) as readonly number[]).some((id) => changed.has(id)),
  };
}

/** True when the source had another content before. */
function recordReading(db: Database, track: number, run: number, source: number, hash: string): boolean {
  const before = readingAt(db, track, source, run);
  if (before === hash) return false;
  const evidence = prepared<[Buffer], { id: number }>(db, "SELECT id FROM evidence WHERE hash = ?").get(bytesOf(hash));
  prepared(db, "INSERT INTO reading(track_id, source_id, first_run, evidence_id, hash) VALUES (?, ?, ?, ?, ?)").run(
    track,
    source,
    run,
    evidence?.id ?? null,
    evidence === undefined ? bytesOf(hash) : null,
  );
  return before !== undefined;
}

/** One verdict per question: two would both be true. */
function refuseRepeats(verdicts: readonly VerdictRecord[]): void {
  const questions = new Set(verdicts.map(({ rule, subject }) => JSON.stringify([rule, subject])));
  if (questions.size !== verdicts.length) throw new RangeError("an audit has two verdicts for one question");
}
