import type { Change, Decision, FindingRecord, HistoryEvent, Triage, VerdictRecord } from "./finding.ts";
import type { Sighting } from "./forecast.ts";
import type { Instant } from "./instant.ts";
import type { HostPace, SentCounters } from "./net-port.ts";
import type { Alert, DeliveryProblem, DeliveryStats, NewMessage, OutboxMessage } from "./notification.ts";
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
  /** Takes a run up again that crashed or was stopped. */
  resumeRun(ulid: string, at: number): Promise<void>;
  /** One integration's audit in one transaction. Committing the same (run, integration) twice changes nothing. */
  commitAudit(commit: AuditCommit): Promise<void>;
  finishRun(ulid: string, end: RunEnd): Promise<void>;
  /** Marks runs whose process is gone as crashed; returns their ids. Called with the lock held. */
  sweepCrashed(now: number): Promise<readonly string[]>;

  runs(limit: number): Promise<readonly RunRecord[]>;
  /** By ULID, a unique prefix of it of at least 6 characters, or the name of a baseline; "latest" and "previous" are understood. */
  run(id: string): Promise<RunRecord | undefined>;
  /** Every audit of a run with the verdicts that were in force. */
  auditsOf(ulid: string): Promise<readonly AuditRecord[]>;
  findings(filter: FindingFilter): Promise<readonly FindingRecord[]>;
  /** By fingerprint or a unique prefix of at least 6 digits. */
  finding(fingerprint: string): Promise<FindingRecord | undefined>;
  findingEvents(fingerprint: string): Promise<readonly FindingEvent[]>;
  /** What a person decided, with its event. `none` takes an earlier decision back. */
  setTriage(fingerprint: string, triage: Triage, decision: Decision): Promise<void>;
  /** Tracks of integrations of that inventory which are not among `present` (uids) any more, and have live findings. */
  missingFrom(inventory: string, present: readonly string[]): Promise<readonly MissingTrack[]>;
  /** Ends findings that nobody will ask about any more, in one transaction. */
  commitRetirement(retirement: RetirementCommit): Promise<void>;
  /** Decoded content by hash. */
  evidence(hashes: readonly string[]): Promise<readonly StoredEvidence[]>;
  configuration(hash: string): Promise<string | undefined>;

  /** Heads of the runs that started in [from, until), oldest first. */
  runsBetween(from: number, until: number): Promise<readonly RunHead[]>;
  /** Heads of the audits of a run, by integration id. `integration` is an id or a uid. */
  auditHeads(ulid: string, integration?: string): Promise<readonly AuditHead[]>;
  /** Of every integration and vantage the newest audit that saw something, by integration id. */
  newestAudits(): Promise<readonly AuditHead[]>;
  /** One audit as it can be judged again; undefined when there was none. */
  audit(head: Pick<AuditHead, "run" | "uid" | "vantage">): Promise<JudgeableAudit | undefined>;
  /**
   * Of two runs, for comparison: the audits of those integrations whose verdicts differ in more than words and evidence, with those verdicts
   * alone. Where the later run asked something that the earlier one did not, the earlier audit has all its verdicts.
   */
  auditsThatDiffer(
    before: string,
    after: string,
  ): Promise<{ readonly before: readonly AuditRecord[]; readonly after: readonly AuditRecord[] }>;
  /** A whole run as it can be reported again, by integration id. */
  reportableAudits(ulid: string): Promise<readonly ReportableAudit[]>;

  /** Gives a run a name that is understood wherever a run is named; a name that was given before moves. With its event. */
  setBaseline(baseline: BaselineRecord): Promise<void>;
  /** By name. */
  baselines(): Promise<readonly BaselineRecord[]>;

  /** What no digest has taken yet, oldest first. */
  pendingAlerts(): Promise<readonly Alert[]>;
  /**
   * Marks alerts (by dedup key) as digested and puts messages into the outbox, in one transaction. Says false, and does nothing, when one
   * of the alerts is no longer pending. A message whose dedup key its channel had before is left out; one with a `thread` replaces what
   * waits in that thread.
   */
  queueMessages(alertKeys: readonly string[], messages: readonly NewMessage[], at: Instant): Promise<boolean>;
  /** What is to be sent now, in the order in which it was queued; at most 1,000. */
  dueMessages(now: Instant): Promise<readonly OutboxMessage[]>;
  /** By message id. Its content is dropped, its key stays. */
  messageSent(id: string, at: Instant): Promise<void>;
  /** `next`: when to try again, or that it is given up. */
  messageFailed(id: string, at: Instant, problem: DeliveryProblem, next: Instant | "dead"): Promise<void>;
  deliveryStats(since: Instant): Promise<DeliveryStats>;

  /** 32 hex digits that belong to this history for its whole life: the seed of what differs between machines. */
  identity(): Promise<string>;
  /** Whether anybody is still watching: for `status`. */
  pulse(): Promise<StorePulse>;
  /**
   * Every integration as it stands, by id, with its score at each of `samples` (oldest first), and its milestones of these kinds: of
   * each place the `newest`. Seen from the vantage that audited it last.
   */
  fleet(samples: readonly Instant[], kinds: readonly string[], newest: number): Promise<readonly FleetMember[]>;
  /**
   * Every integration that was ever audited and not erased, removed ones too, by id, as it was declared and seen last, with the newest observation
   * of each question of these kinds; those with one of these `uids` alone where they are given. From the vantage that audited it last.
   */
  lastKnown(kinds: readonly string[], uids?: readonly string[]): Promise<readonly LastKnown[]>;
  /** Everything that is remembered of one integration, by id or uid, from the vantage that audited it last. */
  integrationHistory(id: string): Promise<IntegrationHistory | undefined>;

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
  /** No file was named, and there is no folder of the user's for one. */
  | "no-place"
  | "bug";

export interface NewRun {
  readonly ulid: string;
  readonly startedAt: number;
  readonly vantage: string;
  readonly toolVersion: string;
  /** Identity of the ruleset, and its manifest {rule: revision} as JSON. */
  readonly ruleset: { readonly hash: string; readonly manifest: string };
  readonly capabilityHash: string;
  /** SHA-256 in hex of what was asked: integrations, policy, depth, families. Absent in runs of releases that kept none. */
  readonly scopeHash?: string;
  readonly planned: number;
  readonly trigger: "manual" | "cron" | "demo";
  /** The wall clock disagrees with history: nothing but the run itself is written. */
  readonly clockSuspect?: boolean;
}

/** What a run said of itself when it ended. */
export interface RunTold {
  readonly notices: readonly string[];
  /** Why it could vouch for nothing, in words; absent where it could. */
  readonly unfit?: string;
  /** Nearly nothing could be seen, and that was our side. */
  readonly blind: boolean;
  /** The most that it could have sent. */
  readonly bound: SentCounters;
}

export interface RunEnd {
  readonly finishedAt: number;
  readonly monotonicMs: number;
  readonly status: "complete" | "partial" | "aborted";
  readonly coverage: number | null;
  readonly gate: string;
  /** Found out on the way: the servers' clocks disagree with ours. */
  readonly clockSuspect?: boolean;
  /** Also for what was given up or not believed, of which no audit is kept. */
  readonly sent: SentCounters;
  readonly told: RunTold;
  /** What is to be said of the run itself. */
  readonly events?: readonly HistoryEvent[];
  /** What the whole run has to tell. */
  readonly alerts?: readonly Alert[];
}

/** One integration seen from one vantage. */
export interface Track {
  readonly uid: string;
  readonly id: string;
  readonly vantage: string;
}

export interface MissingTrack extends Track {
  /** As it was declared last. */
  readonly owner: string | null;
}

export interface RetirementCommit extends Track {
  readonly run: string;
  readonly at: number;
  readonly findings: readonly FindingRecord[];
  readonly events: readonly HistoryEvent[];
  readonly alerts: readonly Alert[];
}

/** Only the decision that the run knew of ends: one that was made meanwhile stays. */
export interface EndedDecision {
  readonly fingerprint: string;
  readonly decidedAt: number;
  /** What is fixed as seen from here may be open as seen from elsewhere: then the decision stays. */
  readonly why: "expired" | "void" | "fulfilled";
}

/** What a waiver of an inventory file was good for so far. */
export interface WaiverUse {
  /** Identity of its text. */
  readonly waiver: string;
  readonly rule: string;
  /** First moment at which it does not hold any more. */
  readonly until: number;
  readonly firstSeenAt: number;
  readonly lastMatchedAt?: number;
  /** Since when it is known to match nothing: told once. */
  readonly unusedSince?: number;
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
    /** Identity of the inventory file that declares it; absent for ad hoc targets. */
    readonly inventory?: string;
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
  /** Fingerprints of suspects that were not confirmed: forgotten, but for their events. */
  readonly dropped: readonly string[];
  /** Decisions of people that end here, and are told by an event. */
  readonly endedDecisions: readonly EndedDecision[];
  /** The integration's waivers in the file; those that are not in it any more are forgotten. */
  readonly waivers: readonly WaiverUse[];
  readonly changes: readonly Change[];
  /** What the log says beside the changes. */
  readonly events: readonly HistoryEvent[];
  /** What these changes have to tell; a key that history has already is left out. */
  readonly alerts?: readonly Alert[];
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

/** The audits of an integration since it was last seen from a vantage; one that never was, since its first. */
export interface OutOfSight {
  /** Epoch milliseconds, like `lastAt`. */
  readonly since: number;
  readonly audits: number;
  readonly lastAt: number;
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
  /** Set while nothing is seen. */
  readonly outOfSight?: OutOfSight;
  readonly findings: readonly FindingRecord[];
  readonly waivers: readonly WaiverUse[];
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
  /** Absent in a run that did not end, and in runs of releases that kept none. */
  readonly told?: RunTold;
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

/** What of a run can be read without counting its audits. */
export type RunHead = Pick<RunRecord, "ulid" | "startedAt" | "status" | "vantage" | "toolVersion" | "ruleset">;

export interface AuditHead {
  readonly run: string;
  readonly uid: string;
  readonly integrationId: string;
  readonly vantage: string;
  readonly at: number;
  readonly visibility: Visibility;
  readonly configurationHash: string;
}

/** An audit with everything that its verdicts rested on. Content is not part of it: it is read by hash, when it is needed. */
export interface JudgeableAudit extends AuditHead {
  readonly verdicts: readonly VerdictRecord[];
  readonly observations: readonly KnownObservation[];
}

/** What was known of one question by a run: what was seen in it (at most one per question), and what was known from before (at most one). */
export interface KnownObservation extends Omit<StoredObservation, "evidence" | "carried"> {
  /** SHA-256 of the content, with `observed`. */
  readonly evidence?: string;
  /** The run lies in the time in which the answer was this one. It may not have asked itself. */
  readonly current: boolean;
}

/** An audit with what a report tells of it. */
export interface ReportableAudit extends AuditHead {
  /** Nothing of this vantage was seen before. */
  readonly first: boolean;
  /** No later audit of this vantage is there: findings are as they were left by this one. */
  readonly newest: boolean;
  readonly coverage: number | null;
  readonly sent: SentCounters;
  /** Canonical JSON. */
  readonly configuration: string;
  /** The verdicts of this audit that are fail, unobserved or error; only failed ones with what they cite. */
  readonly verdicts: readonly VerdictRecord[];
  /** The last failed verdict of each question that did not fail in this audit, with the time of the last audit that reached it. */
  readonly failedBefore: readonly { readonly verdict: VerdictRecord; readonly at: number }[];
  /** Everything that was found by then, as it is known now. */
  readonly findings: readonly FindingRecord[];
  /**
   * What this audit changed about these findings; where it is not the newest one, also what happened before it, and what people had
   * decided by then. Oldest first.
   */
  readonly events: readonly RunEvent[];
}

export interface RunEvent extends FindingEvent {
  /** Absent for what concerns an integration as a whole. */
  readonly fingerprint?: string;
}

export interface BaselineRecord {
  readonly name: string;
  /** ULID. */
  readonly run: string;
  readonly by: string;
  readonly reason?: string;
  readonly at: number;
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
  /** Open findings by severity; not those that are waived or put aside. */
  readonly open: Partial<Readonly<Record<Severity, number>>>;
  readonly lastChange?: { readonly at: Instant; readonly kind: string; readonly cause?: string };
  readonly milestones: readonly MilestoneRecord[];
}

export interface LastKnown extends IntegrationTrack {
  readonly lastAuditAt: Instant;
  /** Of the last audit. */
  readonly visibility: Visibility;
  /** Absent where it was never seen. */
  readonly lastSeenAt?: Instant;
  /** When a run found that no inventory declares it any more. */
  readonly removedAt?: Instant;
  /** Open findings by severity; not those that are waived or put aside. */
  readonly open: Partial<Readonly<Record<Severity, number>>>;
  /** Canonical JSON, as of the last audit. */
  readonly configuration: string;
  /** The newest fact of each question, with the time at which it was last confirmed; the newest failure only where no fact was ever seen. */
  readonly observations: readonly StoredObservation[];
}

export interface IntegrationHistory extends IntegrationTrack {
  /** Oldest first. What retention took is there without its score, as seen where it was between audits that saw. */
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
  /** Messages that named it and were not sent yet: they are given up. */
  readonly messages: number;
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

/** The newest runs of each sort, and when each integration was seen. Instants are epoch milliseconds. */
export interface StorePulse {
  readonly path: string;
  readonly bytes: number;
  /** A run of a scheduler (trigger "cron") was ever begun here. */
  readonly scheduled: boolean;
  readonly newest?: RunRecord;
  /** Complete or partial, with at least one integration observed. */
  readonly seen?: RunRecord;
  /** The same, of a scheduler. */
  readonly seenByScheduler?: RunRecord;
  readonly crashed?: RunRecord;
  /** By id. */
  readonly sightings: readonly IntegrationSighting[];
}

export interface IntegrationSighting {
  readonly uid: string;
  readonly integrationId: string;
  /** When an audit last saw it, wholly or in part, from any vantage. */
  readonly lastSeenAt?: number;
  /** Audited more than once. */
  readonly repeated: boolean;
  /** Its newest audits by a scheduler, the newest first. */
  readonly scheduledAt: readonly number[];
}
