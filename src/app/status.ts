import type { FindingRecord } from "../model/finding.ts";
import type { HistoryStore, IntegrationSighting, RunRecord, StorePulse } from "../model/history-store.ts";
import { DAY, type Instant, isoInstant, MINUTE, SECOND } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { SEVERITIES, type Severity } from "../model/severity.ts";
import { isPutAside } from "../remember/changes/waivers.ts";

export interface StatusRequest {
  readonly now: Instant;
  /** The newest run may be this old, in milliseconds; when left out, somebody has to have been seen within two intervals. */
  readonly maxAgeMs?: number;
  /** The integrations that should have been seen; without an inventory, those that were audited more than once. */
  readonly expected?: readonly Pick<Integration, "id" | "uid">[];
}

/** Whether anybody is still watching. Instants are ISO 8601 UTC, durations whole seconds. */
export interface Status {
  readonly schemaVersion: string;
  readonly checkedAt: string;
  readonly alive: boolean;
  /** Why not. */
  readonly reason: string | null;
  readonly maxAgeSeconds: number | null;
  /** The newest run that observed something; only runs of a scheduler count once there was one. */
  readonly lastRun: StatusRun | null;
  /** Whatever became of it. */
  readonly newestRun: StatusRun | null;
  readonly lastCrashedRun: StatusRun | null;
  /** Not seen within two of their intervals. */
  readonly unseen: readonly UnseenIntegration[];
  /** Null, like what follows, where there is no history. */
  readonly openFindings: Readonly<Record<Severity, number>> | null;
  /** Open, and a person said that this is all right or no defect. */
  readonly putAside: number | null;
  readonly overdue: readonly OverdueFinding[] | null;
  readonly database: { readonly path: string; readonly bytes: number } | null;
}

export interface StatusRun {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly status: RunRecord["status"];
  readonly trigger: RunRecord["trigger"];
  readonly observed: number;
  readonly planned: number;
  readonly coverage: number | null;
  readonly ageSeconds: number;
}

export interface UnseenIntegration {
  readonly integration: string;
  readonly lastSeenAt: string | null;
  readonly intervalSeconds: number;
}

export interface OverdueFinding {
  readonly fingerprint: string;
  readonly integration: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly dueAt: string;
}

/** The state of the watcher and of what it watches, from history alone. Without a history nobody watches. */
export async function statusOf(history: HistoryStore | undefined, request: StatusRequest): Promise<Status> {
  if (history === undefined) return { ...heartOf(undefined, request), unseen: unseenOf([], request), ...NOTHING_KNOWN };
  const pulse = await history.pulse();
  const findings = await history.findings({ presence: ["open", "clearing"] });
  return {
    ...heartOf(pulse, request),
    unseen: unseenOf(pulse.sightings, request),
    ...findingsOf(findings, request.now),
    database: { path: pulse.path, bytes: pulse.bytes },
  };
}

function heartOf(pulse: StorePulse | undefined, request: StatusRequest) {
  const { now, maxAgeMs } = request;
  const last = pulse?.scheduled === true ? pulse.seenByScheduler : pulse?.seen;
  const nobodySeen = maxAgeMs === undefined && pulse !== undefined && seesNobody(pulse.sightings, request) ? OUT_OF_RHYTHM : undefined;
  const reason = whyDead(last, pulse?.scheduled === true, now, maxAgeMs) ?? nobodySeen;
  return {
    schemaVersion: "1.0.0",
    checkedAt: isoInstant(now),
    alive: reason === undefined,
    reason: reason ?? null,
    maxAgeSeconds: maxAgeMs === undefined ? null : Math.floor(maxAgeMs / SECOND),
    lastRun: runOf(last, now),
    newestRun: runOf(pulse?.newest, now),
    lastCrashedRun: runOf(pulse?.crashed, now),
  };
}

/** A date in the future would keep a dead watcher alive for as long as the clock was wrong. */
function whyDead(last: RunRecord | undefined, scheduled: boolean, now: Instant, maxAgeMs: number | undefined): string | undefined {
  const which = scheduled ? "run by a scheduler" : "run";
  if (last === undefined) return `no ${which} has observed anything yet`;
  const age = now - endOf(last);
  if (age < -CLOCK_SLACK_MS) return `the last ${which} is dated in the future: the clock is wrong now, or was wrong then`;
  return maxAgeMs !== undefined && age > maxAgeMs ? `the last ${which} that observed something is too old` : undefined;
}

function runOf(run: RunRecord | undefined, now: Instant): StatusRun | null {
  if (run === undefined) return null;
  const { ulid, startedAt, finishedAt, status, trigger, observed, planned, coverage } = run;
  return {
    id: ulid,
    startedAt: isoInstant(startedAt),
    finishedAt: finishedAt === undefined ? null : isoInstant(finishedAt),
    status,
    trigger,
    observed,
    planned,
    coverage,
    ageSeconds: Math.floor((now - endOf(run)) / SECOND),
  };
}

function endOf({ startedAt, finishedAt }: RunRecord): Instant {
  return finishedAt ?? startedAt;
}

function unseenOf(sightings: readonly IntegrationSighting[], { now, expected }: StatusRequest): readonly UnseenIntegration[] {
  return expectedSightings(sightings, expected).flatMap(({ integrationId, lastSeenAt, scheduledAt }) => {
    const intervalMs = intervalOf(scheduledAt);
    if (lastSeenAt !== undefined && now - lastSeenAt <= 2 * intervalMs) return [];
    return [
      {
        integration: integrationId,
        lastSeenAt: lastSeenAt === undefined ? null : isoInstant(lastSeenAt),
        intervalSeconds: Math.floor(intervalMs / SECOND),
      },
    ];
  });
}

/** Where no age was given, the rhythm of the audits themselves says what is too old. */
function seesNobody(sightings: readonly IntegrationSighting[], request: StatusRequest): boolean {
  const expected = expectedSightings(sightings, request.expected).length;
  return expected > 0 && unseenOf(sightings, request).length === expected;
}

function expectedSightings(
  sightings: readonly IntegrationSighting[],
  expected: StatusRequest["expected"],
): readonly Pick<IntegrationSighting, "integrationId" | "lastSeenAt" | "scheduledAt">[] {
  if (expected === undefined) return sightings.filter(({ repeated }) => repeated);
  const byUid = new Map(sightings.map((sighting) => [sighting.uid, sighting]));
  return expected.map(({ id, uid }) => byUid.get(uid) ?? { integrationId: id, scheduledAt: [] });
}

/** The middle one of the times between its scheduled audits, so that neither a missed night nor an extra run counts. A day, where there is no rhythm yet. */
function intervalOf(scheduledAt: readonly Instant[]): number {
  const gaps = scheduledAt
    .slice(1)
    .map((at, index) => (scheduledAt[index] ?? at) - at)
    .filter((gap) => gap > 0)
    .sort((a, b) => a - b);
  return gaps.length < LEAST_GAPS ? DAY : (gaps[Math.floor(gaps.length / 2)] ?? DAY);
}

function findingsOf(findings: readonly FindingRecord[], now: Instant) {
  const open = findings.filter((finding) => !isPutAside(finding));
  return {
    openFindings: countBySeverity(open),
    putAside: findings.length - open.length,
    overdue: open.flatMap(({ fingerprint, integrationId, rule, severity, title, dueAt }) =>
      dueAt === undefined || dueAt >= now
        ? []
        : [{ fingerprint, integration: integrationId, rule, severity, title, dueAt: isoInstant(dueAt) }],
    ),
  };
}

function countBySeverity(findings: readonly FindingRecord[]): Readonly<Record<Severity, number>> {
  const counts = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const);
  return Object.fromEntries(counts) as Record<Severity, number>;
}

const OUT_OF_RHYTHM = "no integration was seen within two of its intervals";
const NOTHING_KNOWN = { openFindings: null, putAside: null, overdue: null, database: null };
const LEAST_GAPS = 2;
const CLOCK_SLACK_MS = 5 * MINUTE;
