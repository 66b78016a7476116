import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { type Citations, citationsOf } from "./citations.ts";
import { claimOf, digestId } from "./dictionaries.ts";
import { openSheet, recordSheet } from "./sheets.ts";
import { beginWording, rewordIn, type WordedClaim, type Wording, wordedClaimsAt, wordingsAt, wordsOf } from "./wordings.ts";

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
  const open = previousRun === undefined ? undefined : openSheet(db, track);
  const before = new Map(open === undefined ? [] : wordedClaimsAt(db, track, run, open.claims).map((claim) => [nameOf(claim), claim]));
  const audit: Audit = {
    db,
    track,
    run,
    citations: citationsOf(db, track, run),
    digest: rememberedDigests(db),
    tool: verdicts[0]?.causes.tool ?? NO_TOOL,
  };
  const claims = new Map(
    verdicts.map((verdict) => {
      const name = nameOf(verdict);
      return [questionOf(verdict), recordVerdict(audit, verdict, before.get(name))] as const;
    }),
  );
  // Two verdicts for one question would both be true.
  if (claims.size !== verdicts.length) throw new RangeError("an audit has two verdicts for one question");
  const sheet = { claims: JSON.stringify([...claims.values()].sort((a, b) => a - b)), toolId: audit.digest(audit.tool) };
  recordSheet(db, track, run, sheet, open === undefined || previousRun === undefined ? undefined : { open, previousRun });
}

/** Of an audit that reached no verdict. */
const NO_TOOL = "00";

interface Audit {
  readonly db: Database;
  readonly track: number;
  readonly run: number;
  readonly citations: Citations;
  readonly digest: (hex: string) => number;
  /** What most of its verdicts were reached with. */
  readonly tool: string;
}

/** Returns the claim that the verdict makes. */
function recordVerdict(audit: Audit, verdict: VerdictRecord, before: WordedClaim | undefined): number {
  const { db, track, run } = audit;
  const words = JSON.stringify(wordsOf(verdict));
  const claim = before === undefined ? claimOf(db, verdict, words) : { id: before.wording.claim, words: before.claimWords };
  const wording: Wording = {
    claim: claim.id,
    firstRun: run,
    ...audit.citations.groundOf(verdict),
    words: claim.words === words ? null : words,
    ...basisOf(audit, verdict, before),
  };
  const newest = before?.wording ?? wordingsAt(db, track, run, `[${claim.id}]`)[0];
  if (newest === undefined || !isSame(newest, wording)) {
    if (newest !== undefined && isReworded(newest, wording, audit.citations, before !== undefined))
      rewordIn(db, track, { ...wording, firstRun: newest.firstRun });
    else beginWording(db, track, wording);
  }
  return claim.id;
}

/** Ids are looked up only for hashes that differ from those of the audit before. */
function basisOf({ digest, tool }: Audit, { causes }: VerdictRecord, before: WordedClaim | undefined) {
  return {
    rulesId: before?.rules === causes.rules ? before.wording.rulesId : digest(causes.rules),
    configId: before?.config === causes.config ? before.wording.configId : digest(causes.config),
    toolId: causes.tool === tool ? null : digest(causes.tool),
  };
}

/** After audits that did not claim it (`isContinued` is false), other rules or another configuration begin anew too. */
function isReworded(newest: Wording, wording: Wording, citations: Citations, isContinued: boolean): boolean {
  if (!isOnSameGround(newest, wording)) return false;
  if (!isContinued && !isSame({ ...newest, words: null }, { ...wording, words: null })) return false;
  return newest.words === wording.words || !citations.anyChanged(wording.sources);
}

function isSame(a: Wording, b: Wording): boolean {
  return isOnSameGround(a, b) && a.words === b.words && a.rulesId === b.rulesId && a.configId === b.configId && a.toolId === b.toolId;
}

function isOnSameGround(a: Wording, b: Wording): boolean {
  return a.sources === b.sources && a.evidenceHash === b.evidenceHash;
}

type Named = Pick<VerdictRecord, "rule" | "subject" | "outcome" | "ruleRevision"> & {
  readonly verdict: string;
  readonly reason?: string;
  readonly severity?: string;
};

/** What makes a claim, as one text; `subject` last, because it may hold anything. */
function nameOf({ rule, outcome, verdict, ruleRevision, reason = "", severity = "", subject }: Named): string {
  return `${rule} ${outcome} ${verdict} ${ruleRevision} ${reason} ${severity} ${subject}`;
}

function questionOf({ rule, subject }: VerdictRecord): string {
  return `${rule} ${subject}`;
}

function rememberedDigests(db: Database): (hex: string) => number {
  const known = new Map<string, number>();
  return (hex) => {
    const id = known.get(hex) ?? digestId(db, hex);
    known.set(hex, id);
    return id;
  };
}
