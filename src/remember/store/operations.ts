import type { Database } from "better-sqlite3";
import type { Triage } from "../../model/finding.ts";
import type { AuditCommit, FindingFilter, LockHolder, NewRun, RunEnd } from "../../model/history-store.ts";
import { listAudits, recordAudit } from "./audits.ts";
import { readConfiguration, readEvidence } from "./contents.ts";
import { eventsOf } from "./events.ts";
import { findFinding, listFindings, recordTriage } from "./findings.ts";
import { healthOf } from "./health.ts";
import { fleetOf, integrationHistory } from "./history.ts";
import { knowledgeOf } from "./knowledge.ts";
import type { RunLocks } from "./run-lock.ts";
import { findRun, listRuns, markCrashed, recordRun, recordRunEnd } from "./runs.ts";

/** Everything the store's thread can be asked. Each is synchronous, all or nothing, and may be tried again when it found the file locked. */
export interface Operations extends ReturnType<typeof operationsOn> {}
export type OperationName = keyof Operations;

/** `IMMEDIATE`, because a transaction that only later wants to write fails at once when another writer came between. */
export function operationsOn(db: Database, file: string, locks: RunLocks) {
  const writing = <T>(work: () => T): T => db.transaction(work).immediate();
  const reading = <T>(work: () => T): T => db.transaction(work).deferred();
  return {
    takeLock: (holder: Required<LockHolder>) => locks.take(holder),
    releaseLock: () => locks.release(),
    knowledge: (uid: string, vantage: string, now: number) => reading(() => knowledgeOf(db, uid, vantage, now)),
    beginRun: (run: NewRun) => writing(() => recordRun(db, run)),
    commitAudit: (commit: AuditCommit) => writing(() => recordAudit(db, commit)),
    finishRun: (ulid: string, end: RunEnd) => writing(() => recordRunEnd(db, ulid, end)),
    sweepCrashed: (now: number) => writing(() => markCrashed(db, now)),
    runs: (limit: number) => reading(() => listRuns(db, limit)),
    run: (id: string) => reading(() => findRun(db, id)),
    auditsOf: (ulid: string) => reading(() => listAudits(db, ulid)),
    findings: (filter: FindingFilter) => reading(() => listFindings(db, filter)),
    finding: (fingerprint: string) => reading(() => findFinding(db, fingerprint)),
    findingEvents: (fingerprint: string) => reading(() => eventsOf(db, fingerprint)),
    setTriage: (fingerprint: string, triage: Triage, note: { readonly by: string; readonly reason: string; readonly at: number }) =>
      writing(() => recordTriage(db, fingerprint, triage, note)),
    evidence: (hashes: readonly string[]) => reading(() => readEvidence(db, hashes)),
    configuration: (hash: string) => reading(() => readConfiguration(db, hash)),
    fleet: (samples: readonly number[], kinds: readonly string[], newest: number) => reading(() => fleetOf(db, samples, kinds, newest)),
    integrationHistory: (id: string) => reading(() => integrationHistory(db, id)),
    health: () => healthOf(db, file),
  };
}
