import type { Cause } from "../../model/finding.ts";
import type { Instant } from "../../model/instant.ts";
import { type Alert, type AlertKind, isNewlyDetected, type Urgency, urgencyOf } from "../../model/notification.ts";
import { type Severity, severityRank } from "../../model/severity.ts";
import { clean } from "./clean.ts";

/** What one message tells, whatever its channel. Stored as JSON in the outbox; holds ids, titles, severities, times and counts only. */
export interface Digest {
  /** `alert`: one urgent matter, ahead of the digest. `test`: nothing happened. */
  readonly type: "digest" | "alert" | "test";
  /** Worst first. */
  readonly lines: readonly DigestLine[];
  /** Alerts that no line tells of, because there are too many. */
  readonly more: number;
  readonly counts: DigestCounts;
  /** The worst few of what was newly detected, which is counted and has no lines: nothing critical may hide in a number. */
  readonly newlyDetected?: readonly DigestLine[];
}

export interface DigestCounts {
  /** By urgency; `line` are those of the next three. */
  readonly immediate: number;
  readonly digest: number;
  /** Seen by new rules, a new tool or a new configuration: nobody's regression. */
  readonly newlyDetected: number;
  /** Findings that flap. */
  readonly unstable: number;
  /** First audits that were recorded. */
  readonly baseline: number;
}

/** One alert, or all alerts with one root cause. */
export interface DigestLine {
  readonly urgency: Urgency;
  readonly kind: AlertKind;
  /** Of the worst alert. */
  readonly severity?: Severity;
  readonly cause?: Cause;
  readonly title?: string;
  readonly rule?: string;
  readonly owner?: string;
  /** Soonest. */
  readonly dueAt?: Instant;
  /** Of what concerns a whole run: when it ended. A message may arrive long after it. */
  readonly at?: Instant;
  readonly rootCause?: string;
  /** Alerts behind this line. */
  readonly count: number;
  /** The first few ids; `integrationCount` says how many there are. */
  readonly integrations: readonly string[];
  readonly integrationCount: number;
  /** The first few. */
  readonly fingerprints: readonly string[];
}

/** Undefined when nothing of it is worth a message: a first audit and flapping findings alone are not. */
export function digestOf(alerts: readonly Alert[], type: "digest" | "alert"): Digest | undefined {
  const told = oncePerIntegration(alerts.filter((alert) => urgencyOf(alert) !== "line"));
  const quiet = alerts.filter((alert) => urgencyOf(alert) === "line");
  const unstable = quiet.filter(isUnstable).length;
  const detected = quiet.filter((alert) => !isUnstable(alert) && isNewlyDetected(alert));
  const newlyDetected = detected.length;
  if (told.length === 0 && newlyDetected === 0) return undefined;
  const lines = linesOf(told);
  const shown = lines.slice(0, MOST_LINES);
  return {
    type,
    lines: shown,
    more: told.length - shown.reduce((sum, { count }) => sum + count, 0),
    counts: {
      immediate: told.filter((alert) => urgencyOf(alert) === "immediate").length,
      digest: told.filter((alert) => urgencyOf(alert) === "digest").length,
      newlyDetected,
      unstable,
      baseline: quiet.length - unstable - newlyDetected,
    },
    ...(newlyDetected === 0
      ? {}
      : {
          newlyDetected: worstFirst(detected)
            .slice(0, MOST_DETECTED)
            .map((alert) => lineOf([alert])),
        }),
  };
}

/** Alerts that belong together: all of one root cause, else each on its own. Worst first. */
export function matters(alerts: readonly Alert[]): readonly (readonly Alert[])[] {
  const groups = groupBy(alerts, ({ rootCause, dedupKey }) => (rootCause === undefined ? `alert ${dedupKey}` : `cause ${rootCause}`));
  return groups.map(worstFirst).sort(byWorst);
}

/** By root cause, then by integration, so that what one owner has to do stands together. */
function linesOf(alerts: readonly Alert[]): readonly DigestLine[] {
  const caused = alerts.filter(({ rootCause }) => rootCause !== undefined);
  const single = alerts.filter(({ rootCause }) => rootCause === undefined);
  const blocks = [...matters(caused), ...groupBy(single, ({ integration = "" }) => integration).map(worstFirst)].sort(byWorst);
  return blocks.flatMap((block) => (block[0]?.rootCause === undefined ? block.map((alert) => lineOf([alert])) : [lineOf(block)]));
}

/** `group` is not empty and its worst stands first. */
function lineOf(group: readonly Alert[]): DigestLine {
  const { at, kind, severity, cause, title, rule, owner, rootCause } = group[0] as Alert;
  const integrations = [...new Set(group.flatMap(({ integration }) => integration ?? []))];
  const due = group.flatMap(({ dueAt }) => dueAt ?? []);
  return {
    urgency: urgencyOf(group[0] as Alert),
    kind,
    ...(severity === undefined ? {} : { severity }),
    ...(cause === undefined ? {} : { cause }),
    ...(title === undefined ? {} : { title: clean(title) }),
    ...(rule === undefined ? {} : { rule }),
    ...(owner === undefined ? {} : { owner: clean(owner) }),
    ...(due.length === 0 ? {} : { dueAt: due.reduce((a, b) => Math.min(a, b)) }),
    ...(kind === "blind" || kind === "clock-suspect" ? { at } : {}),
    ...(rootCause === undefined ? {} : { rootCause: clean(rootCause) }),
    count: group.length,
    integrations: integrations.slice(0, MOST_NAMED).map(clean),
    integrationCount: integrations.length,
    fingerprints: [...new Set(group.flatMap(({ fingerprint }) => fingerprint ?? []))].slice(0, MOST_FINGERPRINTS),
  };
}

/** Visibility is lost per integration, not per finding, however many said so. */
function oncePerIntegration(alerts: readonly Alert[]): readonly Alert[] {
  const lost = new Set<string | undefined>();
  return alerts.filter(({ kind, integration }) => {
    if (kind !== "visibility-lost") return true;
    const isFirst = !lost.has(integration);
    lost.add(integration);
    return isFirst;
  });
}

function isUnstable(alert: Alert): boolean {
  return alert.unstable === true && alert.kind !== "baseline";
}

function groupBy(alerts: readonly Alert[], key: (alert: Alert) => string): readonly (readonly Alert[])[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const group = groups.get(key(alert)) ?? [];
    group.push(alert);
    groups.set(key(alert), group);
  }
  return [...groups.values()];
}

function worstFirst(alerts: readonly Alert[]): readonly Alert[] {
  return [...alerts].sort(byRank);
}

function byWorst(a: readonly Alert[], b: readonly Alert[]): number {
  return byRank(a[0] as Alert, b[0] as Alert);
}

/** The key last, so that the same alerts give the same message in whatever order they come. */
function byRank(a: Alert, b: Alert): number {
  return rankOf(b) - rankOf(a) || compare(a.integration ?? "", b.integration ?? "") || compare(a.dedupKey, b.dedupKey);
}

/** Urgent before news, then by severity; that the whole run was blind comes before all. */
function rankOf(alert: Alert): number {
  const severity = alert.severity === undefined ? -1 : severityRank(alert.severity);
  return (
    (alert.kind === "blind" ? 1000 : 0) + (urgencyOf(alert) === "immediate" ? 100 : 0) + (GOOD_NEWS.has(alert.kind) ? -50 : 0) + severity
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const GOOD_NEWS: ReadonlySet<AlertKind> = new Set(["improved", "resolved", "regained-sight", "waiver-fulfilled"]);
const MOST_LINES = 20;
const MOST_DETECTED = 3;
const MOST_NAMED = 5;
const MOST_FINGERPRINTS = 20;
