import type { Change, FindingRecord, Triage, VerdictRecord } from "./finding.ts";
import type { HostPace, SentCounters } from "./net-port.ts";
import type { Visibility } from "./report.ts";
import type { Result } from "./result.ts";

/**
 * History, whatever keeps it (SQLite today, PostgreSQL for fleets later): one conformance suite for all.
 * Every call is asynchronous and runs off the main thread. Errors of the store are `StoreFailure`s in rejections.
 * Evidence and configuration arrive redacted and encoded; the store knows nothing of their content.
 */
export interface HistoryStore {
  /**
   * Takes the one-run lock, or says who holds it. Freed when the process dies, however it dies.
   * Waiting ends early, without the lock, when `signal` is aborted.
   */
  acquireLock(waitMs: number, signal?: AbortSignal): Promise<Result<RunLock, LockHolder>>;
  /** What earlier runs know of an integration, as the next run needs it. Only runs of the same vantage are compared. */
  knowledge(uid: string, vantage: string): Promise<IntegrationKnowledge>;
  beginRun(run: NewRun): Promise<void>;
  /** One integration's audit in one transaction. Committing the same (run, integration) twice changes nothing. */
  commitAudit(commit: AuditCommit): Promise<void>;
  finishRun(ulid: string, end: RunEnd): Promise<void>;
  /** Marks runs whose process is gone as crashed; returns their ids. Called with the lock held. */
  sweepCrashed(now: number): Promise<readonly string[]>;

  runs(limit: number): Promise<readonly RunRecord[]>;
  /** By ULID or a unique prefix of at least 6 characters; "latest" and "previous" are understood. */
  run(id: string): Promise<RunRecord | undefined>;
  /** Every audit of a run with the verdicts that were in force. */
  auditsOf(ulid: string): Promise<readonly AuditRecord[]>;
  /**
   * Of two runs, for comparison: the audits of those integrations whose verdicts differ in more than words and evidence, with those verdicts alone.
   * Where the later run asked something that the earlier one did not, the earlier audit has all its verdicts.
   */
  differingAudits(before: string, after: string): Promise<readonly [readonly AuditRecord[], readonly AuditRecord[]]>;
  findings(filter: FindingFilter): Promise<readonly FindingRecord[]>;
  /** By fingerprint or a unique prefix of at least 6 digits. */
  finding(fingerprint: string): Promise<FindingRecord | undefined>;
  findingEvents(fingerprint: string): Promise<readonly FindingEvent[]>;
  setTriage(
    fingerprint: string,
    triage: Triage,
    note: { readonly by: string; readonly reason: string; readonly at: number },
  ): Promise<void>;
  /** Decoded content by hash. */
  evidence(hashes: readonly string[]): Promise<readonly StoredEvidence[]>;
  configuration(hash: string): Promise<string | undefined>;

  /** Size, versions, integrity: for `doctor`. */
  health(): Promise<StoreHealth>;
  /** Everything that retention makes due (docs/data-handling.md). A dry run takes it back and tells what it would have been. */
  prune(limits: PruneLimits, dryRun: boolean): Promise<PruneReport>;
  /**
   * Deletes all that is known of an integration (id or uid), and of nobody else; its events stay as links without content.
   * Undefined when no integration is called that. Afterwards no byte of it is in the file. A dry run only counts.
   */
  erase(integration: string, dryRun: boolean): Promise<ErasureReport | undefined>;
  /** Whether what is stored is whole. `known`: hash of an event that has to be in the chain; `all`: every body, not a sample. */
  verify(options: { readonly known?: string; readonly all: boolean }): Promise<StoreVerification>;
  /** A whole copy in a new file, readable by its owner only, while others may go on writing. Returns its size in bytes. */
  backup(destination: string): Promise<number>;
  close(): Promise<void>;
}

export interface RunLock {
  release(): Promise<void>;
}

export interface LockHolder {
  /** Process id and start of the run, when they could be read. */
  readonly pid?: number;
  readonly since?: number;
}

export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
  readonly kind: StoreFailureKind;
  readonly next: string;

  constructor(kind: StoreFailureKind, message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.next = next;
  }
}
export type StoreFailureKind =
  | "not-ours"
  | "not-private"
  | "corrupt"
  | "newer"
  | "locked"
  | "full"
  | "not-writable"
  | "not-readable"
  | "driver-missing"
  | "bug";

export interface NewRun {
  readonly ulid: string;
  readonly startedAt: number;
  readonly vantage: string;
  readonly toolVersion: string;
  /** Identity of the ruleset, and its manifest {rule: revision} as JSON. */
  readonly ruleset: { readonly hash: string; readonly manifest: string };
  readonly capabilityHash: string;
  readonly planned: number;
  readonly trigger: "manual" | "cron" | "demo";
}

export interface RunEnd {
  readonly finishedAt: number;
  readonly monotonicMs: number;
  readonly status: "complete" | "partial" | "aborted";
  readonly coverage: number | null;
  readonly gate: string;
}

/** Everything that one integration's audit adds to history. */
export interface AuditCommit {
  readonly run: string;
  /** From where this integration was seen, where that is not the run's vantage: it has a proxy of its own. */
  readonly vantage?: string;
  readonly at: number;
  readonly integration: {
    readonly uid: string;
    readonly id: string;
    readonly name: string;
    readonly owner?: string;
    readonly criticality: string;
  };
  readonly visibility: Visibility;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly latencyMs: number;
  readonly sent: SentCounters;
  /** UTC day of the request counters, YYYY-MM-DD. */
  readonly day: string;
  /** Effective configuration, redacted, canonical JSON, stored by content hash. */
  readonly configuration: { readonly hash: string; readonly json: string };
  readonly observations: readonly StoredObservation[];
  readonly verdicts: readonly VerdictRecord[];
  /** New state of every finding that this audit touched, from remember/changes. */
  readonly findings: readonly FindingRecord[];
  readonly changes: readonly Change[];
  /** Host pace to remember, by host:port. */
  readonly pace: readonly {
    readonly host: string;
    readonly pace: HostPace;
    readonly at: number;
  }[];
  /** Map-or-object decisions by endpoint id: paths taken for maps. */
  readonly maps: readonly {
    readonly endpoint: string;
    readonly paths: readonly string[];
  }[];
}

/** An observation in the form that the store keeps. */
export interface StoredObservation {
  readonly probe: string;
  readonly kind: string;
  readonly key: {
    readonly origin: string;
    readonly address?: string;
    readonly endpoint?: string;
  };
  readonly outcome: string;
  readonly observedAt: number;
  /** With `observed`. */
  readonly evidence?: StoredEvidence;
  /** Otherwise: canonical JSON of the Failure. */
  readonly failure?: string;
  /** Taken over from an earlier run: nothing is written for it. */
  readonly carried: boolean;
}

export interface StoredEvidence {
  /** SHA-256 of `kind@version` and the canonical JSON. */
  readonly hash: string;
  readonly kind: string;
  readonly version: number;
  /** Canonical JSON. */
  readonly json: string;
}

export interface IntegrationKnowledge {
  readonly known: boolean;
  /** The last complete observation of the same vantage: what the next run is compared with. */
  readonly baseline?: {
    readonly run: string;
    readonly at: number;
    readonly configurationHash: string;
    readonly verdicts: readonly VerdictRecord[];
  };
  readonly findings: readonly FindingRecord[];
  /** The newest observation per probe and key, evidence included, with the time it was last confirmed. */
  readonly observations: readonly StoredObservation[];
  readonly pace: readonly {
    readonly host: string;
    readonly lanes: number;
    readonly limited: boolean /** Epoch ms. */;
    readonly leaveAloneUntil?: number;
  }[];
  /** Requests and connections sent in the last 31 days. */
  readonly sentLast31Days: SentCounters;
  readonly maps: readonly {
    readonly endpoint: string;
    readonly paths: readonly string[];
  }[];
}

export interface RunRecord extends NewRun {
  readonly status: "running" | "complete" | "partial" | "aborted" | "crashed";
  readonly finishedAt?: number;
  readonly coverage: number | null;
  readonly gate?: string;
  readonly observed: number;
  readonly sent: SentCounters;
  /** Set where retention took its audits; what they said of findings stands in the events. */
  readonly thinned?: true;
}

export interface AuditRecord {
  readonly run: string;
  readonly at: number;
  readonly uid: string;
  readonly integrationId: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly sent: SentCounters;
  readonly configurationHash: string;
  readonly verdicts: readonly VerdictRecord[];
}

export interface FindingFilter {
  readonly integration?: string;
  readonly rule?: string;
  readonly presence?: readonly FindingRecord["presence"][];
}

export interface FindingEvent {
  readonly at: number;
  readonly run?: string;
  readonly kind: string;
  readonly cause?: string;
  readonly detail?: string;
}

export interface PruneLimits {
  readonly now: number;
  /** How long bodies of evidence are kept that nothing refers to, in milliseconds; 13 months unless told. */
  readonly evidenceKeptMs?: number;
}

export interface PruneReport {
  /** Runs whose audits were thinned, and how many audits that were. */
  readonly runs: number;
  readonly audits: number;
  /** Spans of answers and verdicts that ended more than five years ago. */
  readonly spans: number;
  /** Bodies of evidence, and their bytes as stored. */
  readonly evidence: number;
  readonly evidenceBytes: number;
  /** Whole pages that became free, in bytes. */
  readonly bytes: number;
}

export interface ErasureReport {
  readonly uid: string;
  readonly integrationId: string;
  readonly events: number;
  readonly findings: number;
  readonly audits: number;
  readonly evidence: number;
}

export interface StoreVerification {
  /** What SQLite finds wrong, at most 20 lines; empty when all is well. */
  readonly integrity: readonly string[];
  /** Rows that name a row that is not there. */
  readonly danglingRows: number;
  readonly events: number;
  /** Hash of the newest event; worth writing down elsewhere. */
  readonly head?: string;
  /** Row id of the first event that does not fit into the chain. */
  readonly brokenEvent?: number;
  /** Whether `known` is in the chain; left out where none was asked for. */
  readonly hasKnown?: boolean;
  readonly evidence: { readonly checked: number; readonly kept: number; readonly wrong: readonly string[] };
}

export interface StoreHealth {
  readonly path: string;
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  readonly bytes: number;
  /** Bytes of pages that are free to be used again. */
  readonly freeBytes: number;
  readonly integrity: "ok" | string;
  /** Per kind: how often evidence was observed, and how many contents that made. */
  readonly evidence: readonly { readonly kind: string; readonly observed: number; readonly stored: number }[];
  /** Probes whose evidence differed in more than four of five observations, of questions that were asked ten times: something volatile is kept. */
  readonly restless: readonly { readonly probe: string; readonly kind: string; readonly share: number }[];
  readonly counts: Readonly<Record<string, number>>;
}
