import type { DataClass } from "./data-class.ts";
import type { Cause, Change, ChangeKind, FindingLabel, HistoryEvent, Presence, Triage } from "./finding.ts";
import type { Criticality } from "./integration.ts";
import type { UnobservedReason } from "./reason.ts";
import type { Citation, EvidenceReference, Remediation } from "./rule.ts";
import type { Severity } from "./severity.ts";

export const REPORT_SCHEMA_VERSION = "1.1.0";

export const BANDS = ["critical", "high", "medium", "low", "very-low"] as const;
export type Band = (typeof BANDS)[number];

export const VISIBILITIES = ["observed", "partial", "unreachable", "error", "skipped"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const FAIL_ON = ["open", "regression", "newly-detected", "none"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** The JSON report, field by field (product.md section 4). Instants are ISO 8601 UTC. */
export interface Report {
  readonly schemaVersion: string;
  readonly tool: {
    readonly name: "apirisk";
    readonly version: string;
    readonly ruleset: string;
  };
  readonly run: ReportRun;
  readonly gate: GateVerdict;
  readonly integrations: readonly ReportIntegration[];
  readonly changes: readonly ReportChange[];
  /** What happened to waivers and to what is not asked about any more. */
  readonly events: readonly ReportEvent[];
  readonly notices: readonly string[];
}

export interface ReportRun {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: "complete" | "partial" | "aborted";
  /** Nothing to compare with. */
  readonly first: boolean;
  /** 0..1, over all integrations; null when nothing was applicable. */
  readonly coverage: number | null;
  readonly connections: number;
  readonly requests: number;
  readonly vantage: string;
  /** What the dry run promised at most. */
  readonly bound: { readonly connections: number; readonly requests: number };
}

export interface GateVerdict {
  readonly passed: boolean;
  readonly failOn: FailOn;
  readonly severity: Severity;
  readonly reasons: readonly string[];
}

export interface ReportIntegration {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly owner: string | null;
  readonly criticality: Criticality;
  readonly dataClasses: readonly DataClass[];
  readonly tags: readonly string[];
  readonly visibility: Visibility;
  /** 100 minus the worst finding's risk; null when nothing could be judged. */
  readonly score: number | null;
  /** Null when coverage is too low to name one. */
  readonly band: Band | null;
  readonly coverage: number | null;
  readonly findings: readonly Finding[];
  readonly unobserved: readonly {
    readonly rule: string;
    readonly subject: string;
    readonly reason: UnobservedReason;
  }[];
  readonly errors: readonly {
    readonly rule: string;
    readonly subject: string;
  }[];
  /** How it stands towards the policy packs that were chosen; absent where none was. */
  readonly policies?: readonly PolicyStanding[];
  /** Sent to this provider. */
  readonly connections: number;
  readonly requests: number;
  /** The permission that an authProof of `shape` or `full` rested on. */
  readonly permission?: {
    readonly basis: string;
    readonly reference?: string;
    readonly by: string;
    readonly until: string;
  };
  /** Keyed by kind; only with --evidence. */
  readonly evidence?: Readonly<Record<string, readonly unknown[]>>;
}

/** Requirements count here, recommendations do not. */
export interface PolicyStanding {
  readonly pack: string;
  /** Null: nothing is violated, and not everything could be seen. */
  readonly complies: boolean | null;
  readonly violated: number;
  readonly unknown: number;
  /** ISO day: the first one on which a requirement begins that what was seen does not meet; null where none is known. */
  readonly nextDate: string | null;
  readonly nextRequirement: string | null;
}

export interface Finding {
  readonly fingerprint: string;
  readonly rule: string;
  readonly ruleRevision: number;
  readonly subject: string;
  readonly severity: Severity;
  readonly outcome: string;
  readonly title: string;
  readonly message: string;
  readonly confidence: number;
  readonly state: {
    readonly presence: Presence;
    readonly triage: Triage;
    readonly label: FindingLabel;
  };
  readonly firstSeenAt: string;
  readonly openedAt: string | null;
  readonly lastSeenAt: string;
  /** Ask the provider by; null where the consumer can mend it alone. */
  readonly contactBy: string | null;
  /** Mitigate or accept by. */
  readonly dueAt: string | null;
  readonly risk: Risk;
  readonly evidence: readonly EvidenceReference[];
  readonly remediation: Remediation;
  readonly citations: readonly Citation[];
  readonly cwe: readonly string[];
  readonly owasp: readonly string[];
  readonly controls: readonly string[];
  readonly waiver?: {
    readonly kind: string;
    readonly until: string;
    readonly reason: string;
    readonly by: string;
  };
}

/** A documented triage order, expert opinion (facts/inventory.md 4.2): not a measurement of loss. */
export interface Risk {
  readonly likelihood: number;
  readonly impact: number;
  /** 0..100, bigger is worse. */
  readonly score: number;
  readonly band: Band;
  readonly action: "immediate" | "out-of-cycle" | "scheduled" | "next review" | "note";
  /** Stable, greppable sum of how it came about. */
  readonly vector: string;
}

export interface ReportEvent {
  /** Integration id. */
  readonly integration: string;
  readonly kind: HistoryEvent["kind"];
  readonly fingerprint?: string;
  readonly rule?: string;
  readonly subject?: string;
  readonly cause?: Cause;
}

/** A waiver or an acceptance that holds no longer, though its finding may still be there. */
export function isLapse({ kind }: Pick<ReportEvent, "kind">): boolean {
  return kind === "waiver-expired" || kind === "waiver-void";
}

/** Fingerprints of the findings that were accepted, and are so no longer. */
export function lapsedIn(events: readonly ReportEvent[]): ReadonlySet<string> {
  return new Set(events.filter(isLapse).flatMap(({ fingerprint }) => fingerprint ?? []));
}

export interface ReportChange extends Omit<Change, "kind" | "cause"> {
  readonly kind: ChangeKind;
  readonly cause: Cause;
  /** The rule's failure title, for people. */
  readonly title?: string;
}
