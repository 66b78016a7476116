import type { AuditHead, HistoryStore, RunHead } from "../model/history-store.ts";
import { type Instant, isoInstant } from "../model/instant.ts";
import { type AgainCounts, type AgainDifference, addCounts, NOTHING_JUDGED } from "../model/judged-again.ts";
import { err, ok, type Result } from "../model/result.ts";
import { askedRules, compareSaid, judgeAgain, type Manifest, manifestOf } from "./judge-again.ts";
import { type RuleBook, TODAYS_RULES } from "./rule-book.ts";
import { storedConfiguration } from "./stored-configuration.ts";
import { evidenceThen } from "./stored-evidence.ts";

export interface ReplayRequest {
  /** Ids, prefixes, words or baselines; none: the newest run, unless `from` is given. */
  readonly runs: readonly string[];
  /** Every run that started at this moment or later. */
  readonly from?: Instant;
}

/** One run, judged again. */
export interface ReplayedRun {
  readonly run: string;
  readonly startedAt: string;
  readonly toolVersion: string;
  readonly counts: AgainCounts;
  /** Those of which something is said differently, or cannot be said any more. */
  readonly integrations: readonly ReplayedIntegration[];
  /** Differences that are counted and not listed: one answer lists so many and no more. */
  readonly unlisted: number;
}

export interface ReplayedIntegration {
  readonly id: string;
  readonly vantage: string;
  readonly at: string;
  readonly counts: AgainCounts;
  readonly differences: readonly AgainDifference[];
  /** Why it could not be judged at all. */
  readonly problem?: string;
}

/** Which runs are meant, oldest first. */
export async function runsToReplay(
  history: HistoryStore,
  request: ReplayRequest,
  now: Instant,
): Promise<Result<readonly RunHead[], string>> {
  const { runs, from } = request;
  const named = runs.length === 0 && from === undefined ? ["latest"] : runs;
  const heads = new Map<string, RunHead>();
  for (const name of named) {
    const run = await history.run(name);
    if (run === undefined) return err(name);
    heads.set(run.ulid, run);
  }
  for (const run of from === undefined ? [] : await history.runsBetween(from, now + 1)) heads.set(run.ulid, run);
  return ok([...heads.values()].sort((a, b) => a.startedAt - b.startedAt));
}

/**
 * Judges the evidence that runs stored with today's rules, under the configuration and at the time of each of their audits: what differs is
 * the rules' doing, or the tool's. Run by run, with one audit at a time in memory. Nothing is written.
 */
export async function* replayRuns(
  history: HistoryStore,
  runs: readonly RunHead[],
  integration?: string,
  book: RuleBook = TODAYS_RULES,
): AsyncGenerator<ReplayedRun> {
  let room = MOST_LISTED;
  for (const run of runs) {
    const replayed = await replayRun(history, run, room, integration, book);
    room -= replayed.counts.different + replayed.counts.unobserved - replayed.unlisted;
    yield replayed;
  }
}

async function replayRun(
  history: HistoryStore,
  run: RunHead,
  room: number,
  integration: string | undefined,
  book: RuleBook,
): Promise<ReplayedRun> {
  const manifest = manifestOf(run);
  const integrations: ReplayedIntegration[] = [];
  let [counts, listed, unlisted] = [NOTHING_JUDGED, 0, 0];
  for (const head of await history.auditHeads(run.ulid, integration)) {
    const replayed = await replayAudit(history, head, manifest, book);
    counts = addCounts(counts, replayed.counts);
    if (replayed.differences.length === 0 && replayed.problem === undefined) continue;
    const fits = listed + replayed.differences.length <= room;
    if (fits) integrations.push(replayed);
    if (fits) listed += replayed.differences.length;
    else unlisted += replayed.differences.length;
  }
  return { run: run.ulid, startedAt: isoInstant(run.startedAt), toolVersion: run.toolVersion, counts, integrations, unlisted };
}

async function replayAudit(history: HistoryStore, head: AuditHead, manifest: Manifest, book: RuleBook): Promise<ReplayedIntegration> {
  const place = { id: head.integrationId, vantage: head.vantage, at: isoInstant(head.at) };
  const audit = await history.audit(head);
  if (audit === undefined) return { ...place, counts: NOTHING_JUDGED, differences: [], problem: "the audit is not there any more" };
  const configuration = storedConfiguration((await history.configuration(head.configurationHash)) ?? "");
  if (!configuration.ok) {
    const lost = audit.verdicts.length;
    const problem = `the configuration of that day cannot be read: ${configuration.error}`;
    return { ...place, counts: { ...NOTHING_JUDGED, judged: lost, unobserved: lost }, differences: [], problem };
  }
  const { integration, policy } = configuration.value;
  const rules = askedRules(book.rules, audit.verdicts, manifest, policy);
  const evidence = await evidenceThen(history, audit, book);
  const results = judgeAgain({ audit, evidence, integration, policy, asOf: head.at, rules });
  return { ...place, ...compareSaid(audit, results, manifest, book) };
}

const MOST_LISTED = 10_000;
