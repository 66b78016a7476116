import type { Database } from "better-sqlite3";
import type { Triage } from "../../model/finding.ts";
import type { AuditCommit, FindingFilter, LockHolder, NewRun, PruneLimits, RunEnd } from "../../model/history-store.ts";
import { listAudits, listDifferingAudits, recordAudit } from "./audits.ts";
import { backUpTo } from "./backup.ts";
import { checkpoint, compact } from "./compaction.ts";
import { readConfiguration, readEvidence } from "./contents.ts";
import { eraseIntegration } from "./erasure.ts";
import { eventsOf } from "./events.ts";
import { findFinding, listFindings, recordTriage } from "./findings.ts";
import { healthOf } from "./health.ts";
import { knowledgeOf } from "./knowledge.ts";
import { prune, tidy, vacuumSome } from "./retention.ts";
import type { RunLocks } from "./run-lock.ts";
import { findRun, listRuns, markCrashed, recordRun, recordRunEnd } from "./runs.ts";
import { verify } from "./verification.ts";

/** Everything the store's thread can be asked. Each is synchronous, all or nothing, and may be tried again when it found the file locked. */
export interface Operations extends ReturnType<typeof operationsOn> {}
export type OperationName = keyof Operations;

/** `IMMEDIATE`, because a transaction that only later wants to write fails at once when another writer came between. */
export function operationsOn(db: Database, file: string, locks: RunLocks) {
  const writing = <T>(work: () => T): T => db.transaction(work).immediate();
  const reading = <T>(work: () => T): T => db.transaction(work).deferred();
  /** A dry run is the real thing, taken back. */
  const attempt = <T>(work: () => T, dryRun: boolean): T => {
    const dry = new DryRun<T>();
    try {
      return writing(() => {
        const value = work();
        if (!dryRun) return value;
        throw dry.over(value);
      });
    } catch (thrown) {
      if (thrown === dry) return dry.value as T;
      throw thrown;
    }
  };
  return {
    takeLock: (holder: Required<LockHolder>) => locks.take(holder),
    releaseLock: () => locks.release(),
    knowledge: (uid: string, vantage: string, now: number) => reading(() => knowledgeOf(db, uid, vantage, now)),
    beginRun: (run: NewRun) => writing(() => recordRun(db, run)),
    commitAudit: (commit: AuditCommit) => writing(() => recordAudit(db, commit)),
    finishRun: (ulid: string, end: RunEnd) => writing(() => recordRunEnd(db, ulid, end)),
    tidy: (now: number) => writing(() => tidy(db, now)),
    sweepCrashed: (now: number) => writing(() => markCrashed(db, now)),
    runs: (limit: number) => reading(() => listRuns(db, limit)),
    run: (id: string) => reading(() => findRun(db, id)),
    auditsOf: (ulid: string) => reading(() => listAudits(db, ulid)),
    differingAudits: (before: string, after: string) => reading(() => listDifferingAudits(db, before, after)),
    findings: (filter: FindingFilter) => reading(() => listFindings(db, filter)),
    finding: (fingerprint: string) => reading(() => findFinding(db, fingerprint)),
    findingEvents: (fingerprint: string) => reading(() => eventsOf(db, fingerprint)),
    setTriage: (fingerprint: string, triage: Triage, note: { readonly by: string; readonly reason: string; readonly at: number }) =>
      writing(() => recordTriage(db, fingerprint, triage, note)),
    evidence: (hashes: readonly string[]) => reading(() => readEvidence(db, hashes)),
    configuration: (hash: string) => reading(() => readConfiguration(db, hash)),
    health: () => healthOf(db, file),
    prune: (limits: PruneLimits, dryRun: boolean) => attempt(() => prune(db, limits), dryRun),
    vacuumSome: () => vacuumSome(db),
    checkpoint: () => checkpoint(db),
    erase: (integration: string, now: number, dryRun: boolean) => attempt(() => eraseIntegration(db, integration, now), dryRun),
    compact: () => compact(db, file),
    verify: (options: { readonly known?: string; readonly all: boolean }) => reading(() => verify(db, options)),
    backup: (destination: string) => backUpTo(db, destination),
  };
}

/** Thrown to take a transaction back, with what it would have given. */
class DryRun<T> extends Error {
  value: T | undefined;

  over(value: T): this {
    this.value = value;
    return this;
  }
}
