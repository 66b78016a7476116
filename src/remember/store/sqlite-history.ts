import { setTimeout as pause } from "node:timers/promises";
import type { HistoryStore } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { ok } from "../../model/result.ts";
import { startStoreThread } from "./store-thread.ts";

export interface SqliteHistoryOptions {
  /** Path of the database; made, with its folder, where there is none. */
  readonly file: string;
  /** Nothing will be written: a file of a newer apirisk will do, where it allows that. */
  readonly readOnly?: boolean;
  /** Accepts files and folders that others may write. */
  readonly allowInsecure?: boolean;
  /** How long an operation waits for another process that writes, in milliseconds; 10 s unless told. */
  readonly busyTimeoutMs?: number;
  /** Clock for the counters of the last 31 days and for the lock's holder; the system's unless told. */
  readonly now?: () => Instant;
}

/**
 * The history in a SQLite file, kept by a thread of its own: nothing here blocks, and the process may end while it is open.
 * Rejects with a StoreFailure when the file cannot be used; such a file is never replaced.
 */
export async function openSqliteHistory(options: SqliteHistoryOptions): Promise<HistoryStore> {
  const { file, readOnly = false, allowInsecure = false, busyTimeoutMs = 10_000, now = Date.now } = options;
  const thread = await startStoreThread({ file, readOnly, allowInsecure, busyTimeoutMs });
  return {
    acquireLock: async (waitMs, signal) => {
      const deadline = performance.now() + waitMs;
      for (;;) {
        const taken = await thread.call("takeLock", { pid: process.pid, since: now() });
        if (taken.ok) return ok({ release: () => thread.call("releaseLock") });
        const left = deadline - performance.now();
        if (left <= 0 || signal?.aborted) return taken;
        await pauseUnlessAborted(Math.min(LOCK_POLL_MS, left), signal);
      }
    },
    knowledge: (uid, vantage) => thread.call("knowledge", uid, vantage, now()),
    beginRun: (run) => thread.call("beginRun", run),
    resumeRun: (ulid, at) => thread.call("resumeRun", ulid, at),
    commitAudit: (commit) => thread.call("commitAudit", commit),
    finishRun: async (ulid, end) => {
      await thread.call("finishRun", ulid, end);
      await thread.call("tidy", now());
    },
    sweepCrashed: (at) => thread.call("sweepCrashed", at),
    runs: (limit) => thread.call("runs", limit),
    run: (id) => thread.call("run", id),
    auditsOf: (ulid) => thread.call("auditsOf", ulid),
    findings: (filter) => thread.call("findings", filter),
    finding: (fingerprint) => thread.call("finding", fingerprint),
    findingEvents: (fingerprint) => thread.call("findingEvents", fingerprint),
    setTriage: (fingerprint, triage, decision) => thread.call("setTriage", fingerprint, triage, decision),
    missingFrom: (inventory, present) => thread.call("missingFrom", inventory, present),
    commitRetirement: (retirement) => thread.call("commitRetirement", retirement),
    evidence: (hashes) => thread.call("evidence", hashes),
    configuration: (hash) => thread.call("configuration", hash),
    runsBetween: (from, until) => thread.call("runsBetween", from, until),
    auditHeads: (ulid, integration) => thread.call("auditHeads", ulid, integration),
    newestAudits: () => thread.call("newestAudits"),
    audit: ({ run, uid, vantage }) => thread.call("audit", { run, uid, vantage }),
    auditsThatDiffer: (before, after) => thread.call("auditsThatDiffer", before, after),
    reportableAudits: (ulid) => thread.call("reportableAudits", ulid),
    setBaseline: (baseline) => thread.call("setBaseline", baseline),
    baselines: () => thread.call("baselines"),
    pendingAlerts: () => thread.call("pendingAlerts"),
    queueMessages: (keys, messages, at) => thread.call("queueMessages", keys, messages, at),
    dueMessages: (at) => thread.call("dueMessages", at),
    messageSent: (id, at) => thread.call("messageSent", id, at),
    messageFailed: (id, at, problem, next) => thread.call("messageFailed", id, at, problem, next),
    deliveryStats: (since) => thread.call("deliveryStats", since),
    identity: () => thread.call("identity"),
    pulse: () => thread.call("pulse"),
    fleet: (samples, kinds, newest) => thread.call("fleet", samples, kinds, newest),
    lastKnown: (kinds, uids) => thread.call("lastKnown", kinds, uids),
    integrationHistory: (id) => thread.call("integrationHistory", id),
    health: () => thread.call("health"),
    prune: async (limits, dryRun) => {
      const report = await thread.call("prune", limits, dryRun);
      if (!dryRun) {
        while (await thread.call("vacuumSome"));
        await thread.call("checkpoint");
      }
      return report;
    },
    erase: async (integration, dryRun) => {
      const report = await thread.call("erase", integration, now(), dryRun);
      if (report !== undefined && !dryRun) await thread.call("compact");
      return report;
    },
    verify: (options) => thread.call("verify", options),
    backup: (destination) => thread.call("backup", destination),
    close: () => thread.close(),
  };
}

function pauseUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

const LOCK_POLL_MS = 100;
