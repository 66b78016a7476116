import type { UnobservedReason } from "./reason.ts";
import type { Verdict } from "./rule.ts";
import type { Severity } from "./severity.ts";

export const PRESENCES = ["suspect", "open", "clearing", "resolved", "retired"] as const;
/** What the machine knows. */
export type Presence = (typeof PRESENCES)[number];

export const TRIAGES = ["none", "acknowledged", "accepted", "false_positive", "not_applicable", "fixing"] as const;
/** What a person decided. Never written by the machine, except when a waiver ends. */
export type Triage = (typeof TRIAGES)[number];

/** Derived from presence, triage and sight, for people. */
export const FINDING_LABELS = ["new", "open", "worse", "reopened", "unconfirmed", "unverified", "accepted", "fixed", "retired"] as const;
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
  readonly severity: Severity;
  readonly outcome: string;
  readonly title: string;
  readonly message: string;
  readonly confidence: number;
  /** Cause of the last change of presence or severity. */
  readonly cause: Cause;
  /** Consecutive confirming observations towards the next presence. */
  readonly streak: number;
  readonly flaps: number;
  readonly reopened: number;
  /** Epoch milliseconds. */
  readonly firstSeenAt: number;
  readonly openedAt?: number;
  readonly lastSeenAt: number;
  readonly resolvedAt?: number;
  readonly unobservedSince?: number;
  readonly dueAt?: number;
  /** Run whose verdict was applied last: applying it again changes nothing. */
  readonly lastRunApplied: string;
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
