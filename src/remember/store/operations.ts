import type { Database } from "better-sqlite3";
import type { Decision, Triage } from "../../model/finding.ts";
import type {
  AuditCommit,
  AuditHead,
  BaselineRecord,
  FindingFilter,
  LockHolder,
  NewRun,
  PruneLimits,
  RetirementCommit,
  RunEnd,
} from "../../model/history-store.ts";
import type { DeliveryProblem, NewMessage } from "../../model/notification.ts";
import { listAuditHeads, listNewestHeads } from "./audit-heads.ts";
import { recordAudit } from "./audits.ts";
import { backUpTo } from "./backup.ts";
import { listBaselines, recordBaseline } from "./baselines.ts";
import { checkpoint, compact } from "./compaction.ts";
import { readConfiguration, readEvidence } from "./contents.ts";
import { eraseIntegration } from "./erasure.ts";
import { eventsOf } from "./events.ts";
import { findFinding, listFindings, recordTriage } from "./findings.ts";
import { healthOf } from "./health.ts";
import { fleetOf, integrationHistory } from "./history.ts";
import { readJudgeableAudit } from "./judgeable-audits.ts";
import { knowledgeOf } from "./knowledge.ts";
import { listLastKnown } from "./last-known.ts";
import { listAudits, listAuditsThatDiffer } from "./list-audits.ts";
import { readIdentity } from "./meta.ts";
import { deliveryStats, dueMessages, pendingAlerts, queueMessages, recordFailed, recordSent } from "./outbox.ts";
import { pulseOf } from "./pulse.ts";
import { listReportableAudits } from "./reportable-audits.ts";
import { prune, tidy, vacuumSome } from "./retention.ts";
import { missingTracks, recordRetirement } from "./retirement.ts";
import type { RunLocks } from "./run-lock.ts";
import { findRun, listRunHeads, listRuns, markCrashed, recordRun, recordRunEnd, reopenRun } from "./runs.ts";
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
    resumeRun: (ulid: string, at: number) => writing(() => reopenRun(db, ulid, at)),
    commitAudit: (commit: AuditCommit) => writing(() => recordAudit(db, commit)),
    finishRun: (ulid: string, end: RunEnd) => writing(() => recordRunEnd(db, ulid, end)),
    tidy: (now: number) => writing(() => tidy(db, now)),
    sweepCrashed: (now: number) => writing(() => markCrashed(db, now)),
    runs: (limit: number) => reading(() => listRuns(db, limit)),
    run: (id: string) => reading(() => findRun(db, id)),
    auditsOf: (ulid: string) => reading(() => listAudits(db, ulid)),
    findings: (filter: FindingFilter) => reading(() => listFindings(db, filter)),
    finding: (fingerprint: string) => reading(() => findFinding(db, fingerprint)),
    findingEvents: (fingerprint: string) => reading(() => eventsOf(db, fingerprint)),
    setTriage: (fingerprint: string, triage: Triage, decision: Decision) => writing(() => recordTriage(db, fingerprint, triage, decision)),
    missingFrom: (inventory: string, present: readonly string[]) => reading(() => missingTracks(db, inventory, present)),
    commitRetirement: (retirement: RetirementCommit) => writing(() => recordRetirement(db, retirement)),
    evidence: (hashes: readonly string[]) => reading(() => readEvidence(db, hashes)),
    configuration: (hash: string) => reading(() => readConfiguration(db, hash)),
    runsBetween: (from: number, until: number) => reading(() => listRunHeads(db, from, until)),
    auditHeads: (ulid: string, integration: string | undefined) => reading(() => listAuditHeads(db, ulid, integration)),
    newestAudits: () => reading(() => listNewestHeads(db)),
    audit: ({ run, uid, vantage }: Pick<AuditHead, "run" | "uid" | "vantage">) => reading(() => readJudgeableAudit(db, run, uid, vantage)),
    auditsThatDiffer: (before: string, after: string) => reading(() => listAuditsThatDiffer(db, before, after)),
    reportableAudits: (ulid: string) => reading(() => listReportableAudits(db, ulid)),
    setBaseline: (baseline: BaselineRecord) => writing(() => recordBaseline(db, baseline)),
    baselines: () => reading(() => listBaselines(db)),
    pendingAlerts: () => reading(() => pendingAlerts(db)),
    queueMessages: (keys: readonly string[], messages: readonly NewMessage[], at: number) =>
      writing(() => queueMessages(db, keys, messages, at)),
    dueMessages: (now: number) => reading(() => dueMessages(db, now)),
    messageSent: (id: string, at: number) => writing(() => recordSent(db, id, at)),
    messageFailed: (id: string, at: number, problem: DeliveryProblem, next: number | "dead") =>
      writing(() => recordFailed(db, id, at, problem, next)),
    deliveryStats: (since: number) => reading(() => deliveryStats(db, since)),
    identity: () => reading(() => readIdentity(db)),
    pulse: () => reading(() => pulseOf(db, file)),
    fleet: (samples: readonly number[], kinds: readonly string[], newest: number) => reading(() => fleetOf(db, samples, kinds, newest)),
    lastKnown: (kinds: readonly string[], uids: readonly string[] | undefined) => reading(() => listLastKnown(db, kinds, uids)),
    integrationHistory: (id: string) => reading(() => integrationHistory(db, id)),
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
