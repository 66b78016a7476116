import { coverageCounts } from "../judge/risk/coverage.ts";
import { rulesetHash } from "../judge/rules/registry.ts";
import type { HistoryStore, RunRecord } from "../model/history-store.ts";
import { HOUR, type Instant } from "../model/instant.ts";
import type { SentCounters } from "../model/net-port.ts";
import type { ToolIdentity } from "./audit-ports.ts";
import type { ConcludedIntegration } from "./conclusion.ts";
import { tellRun } from "./stored-report.ts";

/** A run that is taken up again: the same run, as if it had never stopped. */
export interface ResumedRun {
  readonly run: Pick<RunRecord, "ulid" | "startedAt">;
  /** What it had audited before it stopped, by uid. */
  readonly audited: ReadonlyMap<string, ConcludedIntegration>;
  /** Sent for what it could not finish. */
  readonly givenUp: SentCounters;
}

/**
 * The newest run, if it crashed, was stopped or ran out of time not long ago, and asked as we would ask today; else undefined: then a
 * new one begins.
 * Called with the lock held, after crashed runs were swept.
 */
export async function runToResume(
  history: HistoryStore,
  asked: { readonly tool: ToolIdentity; readonly scopeHash: string },
  now: Instant,
): Promise<ResumedRun | undefined> {
  const [newest] = await history.runs(1);
  if (newest === undefined || !isResumable(newest, asked, now)) return undefined;
  const [told, verdicts] = [await tellRun(history, newest.ulid), await history.auditsOf(newest.ulid)];
  if (verdicts.length >= newest.planned) return undefined;
  const counts = new Map(verdicts.map((audit) => [audit.uid, coverageCounts(audit.verdicts)]));
  const audited = told.audits.map(({ uid, ...audit }): [string, ConcludedIntegration] => {
    const { connections, requests } = audit.report;
    const sent = { connections, requests };
    return [uid, { ...audit, counts: counts.get(uid) ?? { applicable: 0, reached: 0 }, sent, bound: sent }];
  });
  const kept = (what: keyof SentCounters) => audited.reduce((sum, [, { sent }]) => sum + sent[what], 0);
  const { connections, requests } = newest.sent;
  const givenUp = { connections: Math.max(0, connections - kept("connections")), requests: Math.max(0, requests - kept("requests")) };
  return { run: newest, audited: new Map(audited), givenUp };
}

function isResumable(
  run: RunRecord,
  { tool, scopeHash }: { readonly tool: ToolIdentity; readonly scopeHash: string },
  now: Instant,
): boolean {
  const { status, startedAt, vantage, toolVersion, ruleset, capabilityHash, clockSuspect } = run;
  const stopped = status === "crashed" || status === "aborted" || status === "partial";
  const isSame =
    vantage === tool.vantage &&
    toolVersion === tool.version &&
    ruleset.hash === rulesetHash() &&
    capabilityHash === tool.capability &&
    run.scopeHash === scopeHash;
  return stopped && isSame && clockSuspect !== true && now >= startedAt && now - startedAt < RESUMABLE;
}

/** Later than this the first half says too little of the day of the second. */
const RESUMABLE = 6 * HOUR;
