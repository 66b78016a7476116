import { isFirstSight } from "../model/finding.ts";
import {
  type FleetDocument,
  type FleetRow,
  HISTORY_SCHEMA_VERSION,
  type IntegrationDocument,
  type TimelineEntry,
  type TimelineUpgrade,
} from "../model/history.ts";
import type { FleetMember, HistoryStore, IntegrationEvent, IntegrationHistory, ToolChange } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import { nearest } from "../model/nearest.ts";
import { err, ok, type Result } from "../model/result.ts";
import { SEVERITIES } from "../model/severity.ts";
import { sightGaps } from "../remember/changes/forecast/sight.ts";
import { standingVerdicts } from "../remember/changes/forecast/standing.ts";
import { FLEET_KINDS, type FleetForecast, fleetForecast, integrationForecast, NEWEST_JUDGED, needsFleet } from "./forecast.ts";

export interface HistoryQuestion {
  readonly now: Instant;
  /** Nothing that happened before. */
  readonly since?: Instant;
  /** At most this many integrations, or entries of the timeline. */
  readonly limit: number;
}

/** How every integration stands, and what is to be expected; with `since`, those to which something happened. */
export async function fleetHistory(store: HistoryStore, { now, since, limit }: HistoryQuestion): Promise<FleetDocument> {
  const samples = SAMPLES_AGO.map((ago) => now - ago);
  const members = await store.fleet(samples, FLEET_KINDS, NEWEST_JUDGED);
  const forecast = fleetForecast(members, now);
  const rows = members
    .filter(({ lastChange }) => since === undefined || (lastChange !== undefined && lastChange.at >= since))
    .map((member) => fleetRow(member, forecast))
    .sort(byUrgency);
  return {
    schemaVersion: HISTORY_SCHEMA_VERSION,
    at: now,
    samples,
    total: rows.length,
    integrations: rows.slice(0, limit),
    forecasts: { ends: forecast.ends, sharedFates: forecast.sharedFates },
  };
}

export interface UnknownIntegration {
  /** A known id that reads like the one asked for. */
  readonly meant?: string;
}

/** What happened to one integration, what is true since when, and what is to be expected. */
export async function historyOf(
  store: HistoryStore,
  id: string,
  { now, since, limit }: HistoryQuestion,
): Promise<Result<IntegrationDocument, UnknownIntegration>> {
  const history = await store.integrationHistory(id);
  if (history === undefined) {
    const known = (await store.fleet([], [], 0)).map((member) => member.id);
    const meant = nearest(id, known);
    return err(meant === undefined ? {} : { meant });
  }
  const fleet = needsFleet(history, now) ? await store.fleet([], FLEET_KINDS, NEWEST_JUDGED) : [];
  const timeline = timelineOf(history).filter(({ at }) => since === undefined || at >= since);
  return ok({
    schemaVersion: HISTORY_SCHEMA_VERSION,
    at: now,
    integration: headOf(history),
    total: timeline.length,
    timeline: timeline.slice(0, limit),
    standing: standingVerdicts(history.verdicts),
    forecasts: integrationForecast(history, fleet, now),
  });
}

function fleetRow(
  { milestones: _milestones, scores, lastSeenAt, lastChange, ...member }: FleetMember,
  { renewals }: FleetForecast,
): FleetRow {
  const own = renewals.get(member.id) ?? [];
  const ends = own.map(({ notAfter }) => notAfter);
  return {
    ...member,
    lastSeenAt: lastSeenAt ?? null,
    score: scores.at(-1) ?? null,
    score30DaysAgo: scores[0] ?? null,
    scores,
    lastChange: lastChange ?? null,
    nextCertificateEnd: ends.length === 0 ? null : Math.min(...ends),
    late: own.some(({ standing }) => standing === "late" || standing === "ended"),
    renewals: own,
  };
}

/** Late renewals, the one that ends first before the others; then by what is open. */
function byUrgency(a: FleetRow, b: FleetRow): number {
  const late = Number(b.late) - Number(a.late);
  if (late !== 0) return late;
  if (a.late) return (a.nextCertificateEnd ?? 0) - (b.nextCertificateEnd ?? 0);
  const differing = SEVERITIES.find((severity) => (a.open[severity] ?? 0) !== (b.open[severity] ?? 0));
  if (differing !== undefined) return (b.open[differing] ?? 0) - (a.open[differing] ?? 0);
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function headOf({
  audits,
  toolChanges: _t,
  events: _e,
  verdicts: _v,
  milestones: _m,
  ...track
}: IntegrationHistory): IntegrationDocument["integration"] {
  const seen = audits.filter(({ visibility }) => isSeen(visibility));
  return {
    ...track,
    lastAuditAt: audits.at(-1)?.at ?? track.firstSeenAt,
    lastSeenAt: seen.at(-1)?.at ?? null,
    score: audits.findLast(({ score }) => score !== null)?.score ?? null,
  };
}

/** Newest first. What happened in one run stands together, upgrades before what came with them. */
function timelineOf(history: IntegrationHistory): readonly TimelineEntry[] {
  const gaps = sightGaps(history.audits.map(({ at, visibility }) => ({ at, seen: isSeen(visibility) })));
  const entries: readonly TimelineEntry[] = [
    ...history.toolChanges.map(upgradeOf),
    ...gaps.map(({ from, to }) => ({ what: "gap", at: to ?? from ?? history.firstSeenAt, from: from ?? null, to: to ?? null }) as const),
    ...history.events.map(eventEntry),
  ];
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => b.entry.at - a.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
}

function eventEntry({ detail, run: _run, ...event }: IntegrationEvent): TimelineEntry {
  const told = JSON.parse(detail ?? "{}") as { readonly before?: object; readonly after?: { readonly severity?: unknown } };
  const first = isFirstSight(event.kind, told) ? { firstSight: true as const } : {};
  const severity = SEVERITIES.find((word) => word === told.after?.severity);
  const decision = event.kind === "triage" ? { decision: { ...told } } : {};
  return { what: "event", ...event, ...first, ...decision, ...(severity === undefined ? {} : { severity }) };
}

function upgradeOf({ at, tool, toolVersion, rules }: ToolChange): TimelineUpgrade {
  const before = manifestOf(rules?.before);
  const after = manifestOf(rules?.after);
  const added = [...after.keys()].filter((rule) => !before.has(rule));
  const removed = [...before.keys()].filter((rule) => !after.has(rule));
  const revised = [...after].filter(([rule, revision]) => before.has(rule) && before.get(rule) !== revision).map(([rule]) => rule);
  return { what: "upgrade", at, tool, toolVersion, rules: { added, revised, removed } };
}

function manifestOf(json: string | undefined): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(JSON.parse(json ?? "{}") as Readonly<Record<string, unknown>>));
}

function isSeen(visibility: string): boolean {
  return visibility === "observed" || visibility === "partial";
}

/** Score trend of a month. */
const SAMPLES_AGO = [30, 25, 20, 15, 10, 5, 0].map((days) => days * DAY);
