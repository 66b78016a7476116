import type { Change, FindingRecord, Triage, VerdictRecord } from "./finding.ts";
import type { Sighting } from "./forecast.ts";
import type { Instant } from "./instant.ts";
import type { HostPace, SentCounters } from "./net-port.ts";
import type { Visibility } from "./report.ts";
import type { Result } from "./result.ts";
import type { Verdict } from "./rule.ts";
import type { Severity } from "./severity.ts";

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

  /**
   * Every integration as it stands, by id, with its score at each of `samples` (oldest first), and its milestones of these kinds: of
   * each place the `newest`. Seen from the vantage that audited it last.
   */
  fleet(samples: readonly Instant[], kinds: readonly string[], newest: number): Promise<readonly FleetMember[]>;
  /** Everything that is remembered of one integration, by id or uid, from the vantage that audited it last. */
  integrationHistory(id: string): Promise<IntegrationHistory | undefined>;

  /** Size, versions, integrity: for `doctor`. */
  health(): Promise<StoreHealth>;
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
  /** What forecasts are made of, from app/milestones.ts. The store keeps from when to when each was seen. */
  readonly milestones?: readonly StoredMilestone[];
}

/** A mark that was seen at a place: a certificate at an origin, a path at an endpoint. The store knows nothing of what they mean. */
export interface StoredMilestone {
  readonly kind: string;
  readonly place: string;
  readonly mark: string;
  /** Canonical JSON; kept as it was when the mark was first seen. */
  readonly detail?: string;
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

export interface MilestoneRecord extends StoredMilestone, Sighting {}

/** An integration and from where it was seen. */
export interface IntegrationTrack {
  readonly uid: string;
  readonly id: string;
  readonly name: string;
  readonly owner?: string;
  readonly criticality: string;
  readonly firstSeenAt: Instant;
  readonly vantage: string;
}

export interface FleetMember extends IntegrationTrack {
  readonly lastAuditAt: Instant;
  /** Of the last audit. */
  readonly visibility: Visibility;
  /** Absent where it was never seen. */
  readonly lastSeenAt?: Instant;
  /** One per sample: of the newest audit until then that reached a score, else null. */
  readonly scores: readonly (number | null)[];
  /** Open findings by severity, put aside or not. */
  readonly open: Partial<Readonly<Record<Severity, number>>>;
  readonly lastChange?: { readonly at: Instant; readonly kind: string; readonly cause?: string };
  readonly milestones: readonly MilestoneRecord[];
}

export interface IntegrationHistory extends IntegrationTrack {
  /** Oldest first. */
  readonly audits: readonly { readonly at: Instant; readonly visibility: Visibility; readonly score: number | null }[];
  readonly toolChanges: readonly ToolChange[];
  /** Oldest first. */
  readonly events: readonly IntegrationEvent[];
  /** By rule and subject, oldest first. */
  readonly verdicts: readonly VerdictSpan[];
  readonly milestones: readonly MilestoneRecord[];
}

/** The first audit after our own eyes or rules changed. */
export interface ToolChange {
  readonly at: Instant;
  readonly run: string;
  /** What the tool can see is another thing than before. */
  readonly tool: boolean;
  readonly toolVersion: string;
  /** Manifests {rule: revision} as JSON, where they differ. */
  readonly rules?: { readonly before: string; readonly after: string };
}

export interface IntegrationEvent extends FindingEvent {
  readonly fingerprint?: string;
  readonly rule?: string;
  readonly subject?: string;
  readonly title?: string;
}

/** Runs that said the same of a question, one after the other. */
export interface VerdictSpan {
  readonly rule: string;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly outcome: string;
  readonly severity?: Severity;
  readonly title?: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

export interface StoreHealth {
  readonly path: string;
  readonly schemaVersion: number;
  readonly sqliteVersion: string;
  readonly bytes: number;
  readonly integrity: "ok" | string;
  readonly counts: Readonly<Record<string, number>>;
}
