import { type Cause, CHANGE_KINDS, isRegression } from "./finding.ts";
import type { Instant } from "./instant.ts";
import type { UnobservedReason } from "./reason.ts";
import { atLeast, type Severity } from "./severity.ts";

/** The nine kinds of change, and what else a run can tell that is news to somebody. */
export const ALERT_KINDS = [
  ...CHANGE_KINDS,
  "waiver-expired",
  "waiver-void", // the severity rose above what was accepted, or the evidence is another
  "waiver-fulfilled", // the finding that it was for is gone
  "waiver-unused",
  "retired", // nobody asks about it any more: neither fixed nor watched
  "visibility-lost", // one per integration, never one per finding
  "blind", // the whole run saw nothing: it is us
  "clock-suspect",
  "baseline", // a first audit: recorded, no alarm. Without an integration: the first run ever
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * What one change of state has to tell. It leaves this machine, so it holds ids, titles, severities and times only:
 * no URL, subject, message, evidence or value.
 */
export interface Alert {
  /** Unique in all of history, for example "<fingerprint>:<kind>:<reopened>" or "<run>:blind". */
  readonly dedupKey: string;
  readonly at: Instant;
  /** ULID. */
  readonly run?: string;
  readonly kind: AlertKind;
  readonly cause?: Cause;
  /** Integration id. */
  readonly integration?: string;
  readonly owner?: string;
  readonly rule?: string;
  readonly title?: string;
  readonly severity?: Severity;
  readonly fingerprint?: string;
  /** The finding flaps. */
  readonly unstable?: boolean;
  /** Alerts with the same text have one cause. */
  readonly rootCause?: string;
  readonly dueAt?: Instant;
}

/** `immediate`: somebody should act now. `digest`: news. `line`: counted in one line, and never a reason to write on its own. */
export type Urgency = "immediate" | "digest" | "line";

export function urgencyOf(alert: Alert): Urgency {
  const { kind, cause, severity, unstable = false } = alert;
  if (kind === "blind") return "immediate";
  if (unstable || kind === "baseline" || isNewlyDetected(alert)) return "line";
  if (severity === undefined || !atLeast(severity, "high")) return "digest";
  if (kind === "waiver-expired" || kind === "waiver-void") return "immediate";
  return cause !== undefined && isRegressionKind(kind) && isRegression({ kind, cause }) ? "immediate" : "digest";
}

/** Our rules, our tool or our configuration see more than before: nobody's regression (history.md section 4). */
export function isNewlyDetected({ kind, cause }: Alert): boolean {
  return kind === "newly-detected" || (isRegressionKind(kind) && cause !== undefined && ["rules", "tool", "config"].includes(cause));
}

function isRegressionKind(kind: AlertKind): kind is "new" | "worse" | "reopened" {
  return kind === "new" || kind === "worse" || kind === "reopened";
}

export const CHANNEL_TYPES = ["slack", "teams", "email", "webhook", "pagerduty", "command"] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** What a channel wants to hear. */
export interface ChannelInterest {
  readonly id: string;
  readonly type: ChannelType;
  /** `immediate`: urgent changes get a message of their own, before the digest of the rest. */
  readonly mode: "digest" | "immediate";
  /** Alerts without a severity always pass. */
  readonly minSeverity?: Severity;
  /** Only integrations of this owner; what concerns the whole run always passes. */
  readonly owner?: string;
  readonly kinds?: readonly AlertKind[];
}

/** A message on its way into the outbox. */
export interface NewMessage {
  /** UUID, the same each time it is sent: receivers recognise a repetition by it. */
  readonly id: string;
  readonly channel: string;
  /** At most one message of a channel has it. */
  readonly dedupKey: string;
  /** A newer message of the same thread replaces an older one that was not sent yet. */
  readonly thread?: string;
  /** JSON of what is to be told; holds no secret. */
  readonly payload: string;
  readonly createdAt: Instant;
}

export interface OutboxMessage extends NewMessage {
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly lastProblem?: DeliveryProblem;
}

/** Why a message did not arrive: a closed vocabulary, because it is stored and printed. Never text of a receiver. */
export type DeliveryProblem =
  | UnobservedReason
  | "redirected" // a redirect is not followed: the message would go somewhere else
  | `http_${number}`
  | `smtp_${number}`
  | "smtp_failed"
  | "smtp_auth" // the server refused user and password, or offers no way to give them
  | "smtp_no_starttls"
  | "secret_unavailable"
  | "url_invalid"
  | "channel_missing" // no longer configured
  | "command_failed"
  | "erased" // it named an integration that history was made to forget
  | "superseded" // a newer message of its thread was queued
  | "payload_unreadable";

export interface DeliveryStats {
  /** Alerts that no digest has taken yet. */
  readonly pendingAlerts: number;
  readonly channels: readonly ChannelStats[];
}

export interface ChannelStats {
  readonly channel: string;
  /** In the outbox, to be sent. */
  readonly waiting: number;
  readonly oldestWaitingAt?: Instant;
  /** Since the instant that was asked about. */
  readonly sent: number;
  /** Given up since then. */
  readonly dead: number;
  readonly lastSentAt?: Instant;
  /** Of the newest message that did not arrive at its last attempt. */
  readonly lastProblem?: DeliveryProblem;
}
