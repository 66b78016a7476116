import type { IntegrationForecast, RenewalForecast, SharedFateForecast, SurvivalForecast } from "./forecast.ts";
import type { IntegrationTrack } from "./history-store.ts";
import type { Instant } from "./instant.ts";
import type { Visibility } from "./report.ts";
import type { Verdict } from "./rule.ts";
import type { Severity } from "./severity.ts";

export const HISTORY_SCHEMA_VERSION = "1.0.0";

/** `apirisk history --json`. Instants are epoch milliseconds UTC, durations milliseconds, shares 0..1. */
export interface FleetDocument {
  readonly schemaVersion: string;
  readonly at: Instant;
  /** Instants of `integrations[].scores`, oldest first; the first is 30 days ago, the last is now. */
  readonly samples: readonly Instant[];
  /** Of how many `integrations` are the first. */
  readonly total: number;
  /** Late renewals first, then the most severe open findings. */
  readonly integrations: readonly FleetRow[];
  readonly forecasts: { readonly ends: readonly SurvivalForecast[]; readonly sharedFates: readonly SharedFateForecast[] };
}

export interface FleetRow extends IntegrationTrack {
  readonly lastAuditAt: Instant;
  readonly visibility: Visibility;
  readonly lastSeenAt: Instant | null;
  readonly score: number | null;
  readonly score30DaysAgo: number | null;
  readonly scores: readonly (number | null)[];
  /** Findings that are open, by severity. */
  readonly open: Partial<Readonly<Record<Severity, number>>>;
  readonly lastChange: { readonly at: Instant; readonly kind: string; readonly cause?: string } | null;
  /** Of the certificates that are served, the one that ends first. */
  readonly nextCertificateEnd: Instant | null;
  readonly late: boolean;
  readonly renewals: readonly RenewalForecast[];
}

/** `apirisk history ID --json`. */
export interface IntegrationDocument {
  readonly schemaVersion: string;
  readonly at: Instant;
  readonly integration: IntegrationTrack & {
    readonly lastAuditAt: Instant;
    readonly lastSeenAt: Instant | null;
    readonly score: number | null;
  };
  /** Of how many entries `timeline` shows the newest. */
  readonly total: number;
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  /** What is known of each question, failures first. */
  readonly standing: readonly StandingVerdict[];
  readonly forecasts: readonly IntegrationForecast[];
}

export type TimelineEntry = TimelineEvent | TimelineUpgrade | TimelineGap;

/** Something happened to a finding, or a person decided about it. */
export interface TimelineEvent {
  readonly what: "event";
  readonly at: Instant;
  readonly kind: string;
  readonly cause?: string;
  readonly fingerprint?: string;
  readonly rule?: string;
  readonly subject?: string;
  readonly title?: string;
  /** After the event. */
  readonly severity?: Severity;
  /** Nothing was known of it before: no cause is to be blamed for what may always have been there. */
  readonly firstSight?: true;
  /** What a person decided, where the event is that. */
  readonly decision?: Readonly<Record<string, unknown>>;
}

/** Our rules or our eyes changed: what is new from here on may be our doing. */
export interface TimelineUpgrade {
  readonly what: "upgrade";
  readonly at: Instant;
  readonly toolVersion: string;
  readonly tool: boolean;
  readonly rules: { readonly added: readonly string[]; readonly revised: readonly string[]; readonly removed: readonly string[] };
}

/** Nothing was seen in between; what changed meanwhile changed at a time that nobody knows. */
export interface TimelineGap {
  readonly what: "gap";
  /** Of its end, or of its beginning where it lasts. */
  readonly at: Instant;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** The last conclusive verdict of a question, and since when it is that. */
export interface StandingVerdict {
  readonly rule: string;
  readonly subject: string;
  readonly verdict: Verdict;
  readonly outcome: string;
  readonly severity?: Severity;
  readonly title?: string;
  readonly since: Instant;
  /** The last time before `since` that it was something else; null where it never was. It changed in between. */
  readonly otherUntil: Instant | null;
  readonly confirmedAt: Instant;
  /** Asked later without an answer. */
  readonly unseen: boolean;
}
