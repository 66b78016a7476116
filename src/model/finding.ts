import type { UnobservedReason } from "./reason.ts";
import type { Verdict } from "./rule.ts";
import type { Severity } from "./severity.ts";

export const PRESENCES = ["suspect", "open", "clearing", "resolved", "retired"] as const;
/** What the machine knows. */
export type Presence = (typeof PRESENCES)[number];

export const TRIAGES = ["none", "acknowledged", "accepted", "false_positive", "not_applicable", "disputed", "fixing"] as const;
/** What a person decided. Never written by the machine, except when a waiver ends. */
export type Triage = (typeof TRIAGES)[number];

/** An event of a first audit: of what it found nobody knows whether it was always there. */
export function isFirstSight(kind: string, detail: { readonly before?: object }): boolean {
  return kind === "opened" && detail.before !== undefined && Object.keys(detail.before).length === 0;
}

/** Decisions that put a finding aside: listed, and no longer counted. */
export const PUT_ASIDE: ReadonlySet<Triage> = new Set(["accepted", "false_positive", "not_applicable"]);

/** Derived from presence, triage and sight, for people. */
export const FINDING_LABELS = [
  "new",
  "open",
  "worse",
  "reopened",
  "unconfirmed", // failed, and its rule wants to see that once more
  "clearing", // passed, and has to pass once more
  "unverified", // not seen in this run
  "unstable", // came and went three times in three weeks
  "accepted",
  "accepted-expiring", // within a fortnight
  "fixed",
  "retired",
] as const;
export type FindingLabel = (typeof FINDING_LABELS)[number];

export const CHANGE_KINDS = [
  "new",
  "worse",
  "reopened",
  "improved",
  "resolved",
  "changed",
  "newly-detected",
  "lost-sight",
  "regained-sight",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What the log of a finding, an integration or a run can say beside the changes. */
export const EVENT_KINDS = [
  ...CHANGE_KINDS,
  "opened", // in the first audit of an integration, where nothing is a change
  "suspected",
  "unconfirmed", // suspected, and then passed
  "clearing",
  "relapsed", // failed while clearing
  "evidence-changed", // fails as before, on other facts
  "retired",
  "visibility-lost", // of an integration as a whole
  "visibility-regained",
  "credential-rotated", // another one behind the same reference: of an integration as a whole
  "waiver-expired",
  "waiver-void", // the severity rose above what was accepted
  "waiver-fulfilled", // what was accepted is fixed
  "waiver-withdrawn", // taken out of the inventory
  "waiver-unused",
  "triage", // a person decided
  "run-crashed",
  "run-resumed",
  "run-blind", // almost nothing could be seen: our side, no news of anybody
  "clock-suspect",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const RETIREMENTS = ["integration_removed", "rule_off", "rule_removed"] as const;
/** Why a finding is not asked about any more. */
export type Retirement = (typeof RETIREMENTS)[number];

/** Whose fault a change is. Several at once: tool > config > rules > target > time. */
export const CAUSES = ["target", "time", "rules", "config", "tool"] as const;
export type Cause = (typeof CAUSES)[number];

/** Kinds and causes that make a regression (product.md section 2, gate). */
export function isRegression(change: { readonly kind: ChangeKind; readonly cause: Cause }): boolean {
  return ["new", "worse", "reopened"].includes(change.kind) && ["target", "time"].includes(change.cause);
}

/** The four things a verdict rests on. Each is a SHA-256 in hex; a change is blamed on what differs. */
export interface CauseHashes {
  /** Content of the evidence that the verdict cites (or of all that the rule needed, where it cites none). */
  readonly evidence: string;
  /** Rule revision and the knowledge it reads. */
  readonly rules: string;
  /** Effective configuration of the integration, and policy. */
  readonly config: string;
  /** Tool capability: probe, normaliser and classifier revisions, Node and OpenSSL versions, vantage. */
  readonly tool: string;
}

/** What history remembers of one question: one row per (integration, rule, subject). */
export interface FindingRecord {
  readonly fingerprint: string;
  readonly integrationUid: string;
  readonly integrationId: string;
  readonly rule: string;
  readonly ruleRevision: number;
  readonly subject: string;
  readonly presence: Presence;
  readonly triage: Triage;
  /** Who decided that, and on what terms; absent with triage none. */
  readonly decision?: Decision;
  /** The waiver of the inventory that covers it, as the last run found it. */
  readonly cover?: WaiverCover;
  readonly severity: Severity;
  readonly outcome: string;
  readonly title: string;
  readonly message: string;
  readonly confidence: number;
  /** Cause of the last change of presence or severity. */
  readonly cause: Cause;
  /** Observations in a row that speak for the next presence (open for a suspect, resolved while clearing). */
  readonly streak: number;
  /** When the evidence of the last one of them was observed. */
  readonly streakAt?: number;
  /** Of a suspect: what its opening will be called; absent where it will be no change. */
  readonly opensAs?: OpeningKind;
  /** Times at which it failed again after it had passed, of the last three weeks. */
  readonly flaps: readonly number[];
  readonly reopened: number;
  /** Epoch milliseconds. */
  readonly firstSeenAt: number;
  readonly openedAt?: number;
  readonly lastSeenAt: number;
  readonly resolvedAt?: number;
  readonly unobservedSince?: number;
  /** Runs in a row that could not see it. */
  readonly blindRuns: number;
  /** Since when it counts as lost from sight: told once. */
  readonly staleSince?: number;
  readonly retired?: Retirement;
  /** Ask the provider by. Only where the consumer cannot mend it alone. */
  readonly contactBy?: number;
  /** Mitigate or accept by. */
  readonly dueAt?: number;
  /** Run whose verdict was applied last: applying it again changes nothing. */
  readonly lastRunApplied: string;
}

export type OpeningKind = Extract<ChangeKind, "new" | "reopened" | "newly-detected">;

/** What a person decided about a finding, in history. */
export interface Decision {
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** First moment at which it does not hold any more. */
  readonly until?: number;
  /** Severity at that time: a rise above it ends the decision. */
  readonly severity: Severity;
  /** Where the proof is: a ticket, a contract, the provider's answer. */
  readonly reference?: string;
}

/** How a waiver of the inventory stands to one finding. */
export interface WaiverCover {
  /** Identity of the waiver's text (remember/changes/waivers): another date or reason is another waiver. */
  readonly waiver: string;
  /** Severity when it first covered the finding. */
  readonly severity: Severity;
  readonly since: number;
  /** It covers no more, and why. After a void or a fulfilled one only a waiver that is written later covers again. */
  readonly ended?: "expired" | "void" | "fulfilled";
  /** Absent in what releases wrote that kept none. */
  readonly endedAt?: number;
}

/** An entry of the log of a finding, an integration or a run; `Change`s become one each. */
export interface HistoryEvent {
  /** Absent for what concerns an integration or the run as a whole. */
  readonly fingerprint?: string;
  readonly kind: Exclude<EventKind, ChangeKind>;
  readonly cause?: Cause;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** What is asked, of one integration: every verdict and every finding answers one question. */
export function questionOf({ rule, subject }: { readonly rule: string; readonly subject: string }): string {
  return JSON.stringify([rule, subject]);
}

/** One verdict as history keeps it. */
export interface VerdictRecord {
  readonly rule: string;
  readonly ruleRevision: number;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly outcome: string;
  readonly reason?: UnobservedReason;
  readonly severity?: Severity;
  readonly title?: string;
  readonly message?: string;
  readonly confidence: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** Content hashes of the evidence it rests on; several for verdicts over addresses or endpoints. */
  readonly evidence: readonly {
    readonly kind: string;
    readonly key: string;
    readonly pointer: string;
    readonly summary: string;
    readonly hash: string;
  }[];
  readonly causes: CauseHashes;
}

/** A change between the last complete observation of an integration and this one. */
export interface Change {
  readonly fingerprint: string;
  /** Integration id. */
  readonly integration: string;
  readonly rule: string;
  readonly subject: string;
  readonly kind: ChangeKind;
  readonly cause: Cause;
  readonly before: ChangeSide;
  readonly after: ChangeSide;
}

export interface ChangeSide {
  readonly verdict?: Verdict;
  readonly outcome?: string;
  readonly severity?: Severity;
  readonly reason?: UnobservedReason;
  readonly presence?: Presence;
}
