import { ownClassFacts } from "../catalog/data-classes.ts";
import { DATA_CLASSES } from "../model/data-class.ts";
import type { CertificateSighting, IntegrationForecast, RenewalForecast, SharedFateForecast, SurvivalForecast } from "../model/forecast.ts";
import type { FleetMember, IntegrationHistory, MilestoneRecord } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";
import { SEVERITIES } from "../model/severity.ts";
import { countdowns, type EndSighting } from "../remember/changes/forecast/countdown.ts";
import { driftForecast } from "../remember/changes/forecast/drift.ts";
import { type CertificateSeries, seriesOf } from "../remember/changes/forecast/lineage.ts";
import { creepForecasts, type PathSighting } from "../remember/changes/forecast/oversharing-creep.ts";
import { type FindingStep, recurrenceForecast, repairForecasts } from "../remember/changes/forecast/recurrence.ts";
import { renewalForecast } from "../remember/changes/forecast/renewal-habit.ts";
import { mannerForecast } from "../remember/changes/forecast/renewal-manner.ts";
import { sharedFates } from "../remember/changes/forecast/shared-fate.ts";
import { sightOf } from "../remember/changes/forecast/sight.ts";
import { type OwnedSeries, survivalForecasts } from "../remember/changes/forecast/survival.ts";
import { type CertificateDetail, classOf, type EndDetail, MILESTONE } from "./milestones.ts";

/** Kinds of milestones that the fleet's forecasts read, and how many of each origin: habits change, and a fleet is large. */
export const FLEET_KINDS = [MILESTONE.certificate, MILESTONE.address] as const;
export const NEWEST_JUDGED = 12;

export interface FleetForecast {
  /** By integration id: one per origin and kind of key that is served. */
  readonly renewals: ReadonlyMap<string, readonly RenewalForecast[]>;
  /** Certificates that end within 30 days, the likeliest to be forgotten first. */
  readonly ends: readonly SurvivalForecast[];
  readonly sharedFates: readonly SharedFateForecast[];
}

export function fleetForecast(members: readonly FleetMember[], now: Instant): FleetForecast {
  const owned = members.map((member) => ({ member, series: certificateSeries(member.milestones) }));
  return {
    renewals: new Map(owned.map(({ member, series }) => [member.id, renewalsOf(series, now)])),
    ends: survivalForecasts(
      owned.flatMap(({ member, series }) => ownedBy(member.id, series)),
      now,
    ),
    sharedFates: sharedFates(
      owned.flatMap(({ member, series }) =>
        series.flatMap((one) => {
          const certificate = one.current;
          return certificate === undefined
            ? []
            : [{ integration: member.id, certificate, addresses: addressesOf(member.milestones, certificate.origin) }];
        }),
      ),
      now,
    ),
  };
}

/** How each certificate that is served stands to its renewal: one per origin and kind of key. */
export function renewalForecasts({ milestones }: Pick<FleetMember, "milestones">, now: Instant): readonly RenewalForecast[] {
  return renewalsOf(certificateSeries(milestones), now);
}

/** Whether a certificate ends soon of which its own history says too little: then those of the same issuer are asked. */
export function needsFleet({ milestones, id }: IntegrationHistory, now: Instant): boolean {
  return survivalForecasts(ownedBy(id, certificateSeries(milestones)), now).some(({ chance }) => chance === undefined);
}

/** Every forecast of one integration. `fleet`: where `needsFleet`, else empty. */
export function integrationForecast(
  history: IntegrationHistory,
  fleet: readonly FleetMember[],
  now: Instant,
): readonly IntegrationForecast[] {
  const { milestones, id } = history;
  const series = certificateSeries(milestones);
  const others = fleet.filter((member) => member.uid !== history.uid);
  const pool = [...ownedBy(id, series), ...others.flatMap((member) => ownedBy(member.id, certificateSeries(member.milestones)))];
  const looks = history.audits.map(({ at, visibility }) => ({ at, seen: visibility === "observed" || visibility === "partial" }));
  const sight = sightOf(looks);
  const eyes = history.toolChanges.filter(({ tool }) => tool).map(({ at }) => at);
  const ours = [...eyes, ...requestChanges(milestones)];
  const steps = history.events.flatMap(stepOf);
  const drifts = [
    driftForecast("tls", ofKind(milestones, MILESTONE.tls), eyes, sight),
    driftForecast("headers", ofKind(milestones, MILESTONE.header), ours, sight),
  ];
  return [
    ...renewalsOf(series, now),
    ...survivalForecasts(pool, now).filter(({ integration }) => integration === id),
    ...series.filter(({ current }) => current !== undefined).flatMap((one) => mannerForecast(one) ?? []),
    ...countdowns(endSightings(milestones, looks), now),
    ...creepForecasts(pathSightings(milestones), ours),
    recurrenceForecast(steps, sight),
    ...repairForecasts(steps, now),
    ...drifts.flatMap((drift) => drift ?? []),
  ];
}

function renewalsOf(series: readonly CertificateSeries[], now: Instant): readonly RenewalForecast[] {
  return series.flatMap((one) => renewalForecast(one, now) ?? []);
}

function ownedBy(integration: string, series: readonly CertificateSeries[]): readonly OwnedSeries[] {
  return series.map((one) => ({ integration, series: one }));
}

/** Field by field: a fleet has tens of thousands of them. */
function certificateSeries(milestones: readonly MilestoneRecord[]): readonly CertificateSeries[] {
  return seriesOf(
    newestOf(ofKind(milestones, MILESTONE.certificate)).map(({ place, mark, firstAt, lastAt, seenBefore, detail }): CertificateSighting => {
      const { issuer, keyType, keySha256, notBefore, notAfter, trusted } = detailOf<CertificateDetail>(detail);
      return {
        origin: place,
        sha256: mark,
        issuer,
        keyType,
        ...(keySha256 === undefined ? {} : { keySha256 }),
        notBefore,
        notAfter,
        trusted,
        firstAt,
        lastAt,
        ...(seenBefore === undefined ? {} : { seenBefore }),
      };
    }),
  );
}

/** The same ones of each origin that the store gives for a fleet. */
function newestOf(records: readonly MilestoneRecord[]): readonly MilestoneRecord[] {
  if (records.length <= NEWEST_JUDGED) return records;
  const sorted = [...records].sort((a, b) => b.lastAt - a.lastAt || b.firstAt - a.firstAt || (a.mark < b.mark ? -1 : 1));
  const taken = new Map<string, number>();
  return sorted.filter(({ place }) => {
    const position = (taken.get(place) ?? 0) + 1;
    taken.set(place, position);
    return position <= NEWEST_JUDGED;
  });
}

/** Those that answered when the origin was looked at last. */
function addressesOf(milestones: readonly MilestoneRecord[], origin: string): readonly string[] {
  const there = ofKind(milestones, MILESTONE.address).filter(({ place }) => place === origin);
  const newest = Math.max(...there.map(({ lastAt }) => lastAt));
  return there.filter(({ lastAt }) => lastAt === newest).map(({ mark }) => mark);
}

function pathSightings(milestones: readonly MilestoneRecord[]): readonly PathSighting[] {
  return [
    ...ofKind(milestones, MILESTONE.path).map((record): PathSighting => ({ ...record, endpoint: record.place, path: record.mark })),
    ...ofKind(milestones, MILESTONE.class).map((record): PathSighting => {
      const found = classOf(record.mark);
      return { ...record, endpoint: record.place, path: found.path, class: found.class, sensitive: isSensitive(found.class) };
    }),
  ];
}

/** Of classes of ours: one that a consumer defines comes when it is defined, which says nothing of the provider. */
function isSensitive(name: string): boolean {
  const known = DATA_CLASSES.find((dataClass) => dataClass === name);
  return known !== undefined && ownClassFacts(known).sensitive;
}

function endSightings(
  milestones: readonly MilestoneRecord[],
  looks: readonly { readonly at: Instant; readonly seen: boolean }[],
): readonly EndSighting[] {
  const answers = new Map<string, Instant>();
  for (const { place, lastAt } of ofKind(milestones, MILESTONE.answer)) answers.set(place, Math.max(lastAt, answers.get(place) ?? lastAt));
  const lastSight = looks.reduce((last, { at, seen }) => (seen ? Math.max(last, at) : last), 0);
  return ofKind(milestones, MILESTONE.end).map((record): EndSighting => {
    const { signal, date } = detailOf<EndDetail>(record.detail);
    return { ...record, signal, date, placeSeenAt: answers.get(record.place) ?? lastSight };
  });
}

/** When an endpoint was first asked something else than before: what came with it is our doing. */
function requestChanges(milestones: readonly MilestoneRecord[]): readonly Instant[] {
  return ofKind(milestones, MILESTONE.answer)
    .filter(({ seenBefore }) => seenBefore !== undefined)
    .map(({ firstAt }) => firstAt);
}

function stepOf({ fingerprint, detail, at, kind, cause, run }: IntegrationHistory["events"][number]): readonly FindingStep[] {
  if (fingerprint === undefined) return [];
  const { after } = detailOf<{ readonly after?: { readonly severity?: unknown } }>(detail);
  const severity = SEVERITIES.find((word) => word === after?.severity);
  return [
    {
      at,
      fingerprint,
      kind,
      ...(run === undefined ? {} : { run }),
      ...(cause === undefined ? {} : { cause }),
      ...(severity === undefined ? {} : { severity }),
    },
  ];
}

function ofKind(milestones: readonly MilestoneRecord[], kind: string): readonly MilestoneRecord[] {
  return milestones.filter((record) => record.kind === kind);
}

/** Written by us, in this shape. */
function detailOf<T>(detail: string | undefined): T {
  return JSON.parse(detail ?? "{}") as T;
}
