import {
  type CertificateRole,
  type CertificateTimeline,
  type ServedCertificate,
  TIMELINE_SCHEMA_VERSION,
  type TimelineAxis,
  type WithoutReason,
} from "../model/certificate-timeline.ts";
import type { RenewalForecast } from "../model/forecast.ts";
import type { FleetMember, HistoryStore } from "../model/history-store.ts";
import { DAY, type Instant, SECOND } from "../model/instant.ts";
import type { Integration, Inventory } from "../model/integration.ts";
import { seriesOf } from "../remember/changes/forecast/lineage.ts";
import { renewalForecast } from "../remember/changes/forecast/renewal-habit.ts";
import { renewalWindow } from "../remember/changes/forecast/renewal-window.ts";
import { certificatesSeen, type SeenCertificate } from "./certificates-seen.ts";
import { NEWEST_JUDGED, renewalForecasts } from "./forecast.ts";
import { MILESTONE } from "./milestones.ts";
import { lifetimeSteps, nextMaxDays } from "./public-lifetimes.ts";

export interface TimelineQuestion {
  readonly now: Instant;
  /** End of the axis; the last end of a certificate unless given. */
  readonly until?: Instant;
  /** Whose certificates are asked for; those of all that history knows where there is none. */
  readonly inventory?: Inventory;
  readonly owner?: string;
  readonly criticality?: string;
}

/** Every certificate that history knows to be served, and our own, on one axis. Without a history every integration is without one. */
export async function certificateTimeline(store: HistoryStore | undefined, question: TimelineQuestion): Promise<CertificateTimeline> {
  if (store === undefined) return timelineOf([], question);
  const members = await store.fleet([], [MILESTONE.certificate], NEWEST_JUDGED);
  const asked = new Set(subjectsAskedFor(members, question).map(({ remembered }) => remembered?.uid));
  return timelineOf(members, question, await certificatesSeen(store, (uid) => asked.has(uid)));
}

/** `seen`: by uid, what the newest audit knows beside what forecasts are made of. */
export function timelineOf(
  members: readonly FleetMember[],
  question: TimelineQuestion,
  seen: ReadonlyMap<string, readonly SeenCertificate[]> = new Map(),
): CertificateTimeline {
  const { now, inventory } = question;
  const { elsewhere } = subjectsAmong(members, inventory);
  const known = subjectsAskedFor(members, question).map((subject) => ({
    subject,
    certificates: certificatesOf(subject, seen.get(subject.remembered?.uid ?? "") ?? [], now),
  }));
  const certificates = known.flatMap((one) => one.certificates).sort(byEnd);
  return {
    schemaVersion: TIMELINE_SCHEMA_VERSION,
    at: now,
    inventory: inventory?.file ?? null,
    axis: axisOf(certificates, question),
    limits: lifetimeSteps(now),
    certificates,
    without: known
      .filter((one) => one.certificates.length === 0)
      .map(({ subject }) => ({ integration: subject.id, reason: whyWithout(subject) })),
    elsewhere: elsewhere.filter((member) => isAskedFor(member, question)).length,
  };
}

/** An integration by its name of today, and what history knows of it. */
interface Subject extends Pick<FleetMember, "id" | "name" | "owner" | "criticality"> {
  readonly declared?: Integration;
  readonly remembered?: FleetMember;
}

function subjectsAskedFor(members: readonly FleetMember[], question: TimelineQuestion): readonly Subject[] {
  return subjectsAmong(members, question.inventory).subjects.filter((subject) => isAskedFor(subject, question));
}

function subjectsAmong(
  members: readonly FleetMember[],
  inventory: Inventory | undefined,
): { readonly subjects: readonly Subject[]; readonly elsewhere: readonly FleetMember[] } {
  if (inventory === undefined) return { subjects: members.map((member) => ({ ...subjectOf(member), remembered: member })), elsewhere: [] };
  const byUid = new Map(members.map((member) => [member.uid, member]));
  const declared = new Set(inventory.integrations.map(({ uid }) => uid));
  return {
    subjects: inventory.integrations.map((integration) => {
      const remembered = byUid.get(integration.uid);
      return { ...subjectOf(integration), declared: integration, ...(remembered === undefined ? {} : { remembered }) };
    }),
    elsewhere: members.filter(({ uid }) => !declared.has(uid)),
  };
}

function subjectOf({ id, name, owner, criticality }: FleetMember | Integration): Subject {
  return { id, name, criticality, ...(owner === undefined ? {} : { owner }) };
}

function isAskedFor(subject: Pick<Subject, "owner" | "criticality">, { owner, criticality }: TimelineQuestion): boolean {
  return (owner === undefined || subject.owner === owner) && (criticality === undefined || subject.criticality === criticality);
}

function certificatesOf(
  { id, name, owner, remembered }: Subject,
  seen: readonly SeenCertificate[],
  now: Instant,
): readonly ServedCertificate[] {
  if (remembered === undefined) return [];
  const renewed = renewalForecasts(remembered, now);
  const ownLeaf = (forecast: RenewalForecast) => seen.find((one) => one.role !== "client" && isOf(one, forecast));
  const rest = seen.filter((one) => one.role === "client" || !renewed.some((forecast) => isOf(one, forecast)));
  const whose = { integration: id, name, owner: owner ?? null };
  return [
    ...renewed.map((forecast) => ({ ...whose, ...servedCertificate(forecast, "own", ownLeaf(forecast)?.addresses ?? null, now) })),
    ...rest.flatMap(({ sighting, role, addresses }) =>
      seriesOf([sighting])
        .flatMap((series) => renewalForecast(series, now) ?? [])
        .map((forecast) => ({ ...whose, ...servedCertificate(forecast, role, addresses, now) })),
    ),
  ];
}

function isOf({ sighting }: SeenCertificate, { origin, sha256 }: RenewalForecast): boolean {
  return sighting.origin === origin && sighting.sha256 === sha256;
}

function servedCertificate(
  forecast: RenewalForecast,
  role: CertificateRole,
  addresses: number | null,
  now: Instant,
): Omit<ServedCertificate, "integration" | "name" | "owner"> {
  const { origin, keyType, issuer, sha256, notBefore, notAfter, untrusted, standing, seenAt } = forecast;
  return {
    origin,
    role,
    addresses,
    keyType,
    issuer,
    sha256,
    notBefore,
    notAfter,
    secondsLeft: Math.floor((notAfter - now) / SECOND),
    trusted: untrusted !== true,
    renewal: renewalWindow(forecast),
    standing,
    seenAt,
    // Limits are for servers.
    nextMaxDays: role === "client" ? null : nextMaxDays(forecast, now),
  };
}

function byEnd(a: ServedCertificate, b: ServedCertificate): number {
  return a.notAfter - b.notAfter || byText(a.integration, b.integration) || byText(a.origin, b.origin) || byText(a.sha256, b.sha256);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Long enough for what is served; one certificate for a hundred years must not press all others into one column. */
function axisOf(certificates: readonly ServedCertificate[], { now, until }: TimelineQuestion): TimelineAxis {
  const last = certificates.at(-1)?.notAfter ?? now;
  return { from: now, to: until ?? Math.min(Math.max(last, now + SHORTEST), now + LONGEST) };
}

function whyWithout({ declared, remembered }: Subject): WithoutReason {
  if (declared !== undefined && !hasHttps(declared)) return "no-https";
  if (remembered === undefined) return "never-audited";
  return remembered.lastSeenAt === undefined ? "never-seen" : "no-certificate";
}

function hasHttps({ baseUrl, additionalUrls }: Integration): boolean {
  return [baseUrl, ...additionalUrls.map(({ url }) => url)].some((url) => url.startsWith("https:"));
}

const SHORTEST = 90 * DAY;
/** Three years: a certificate of 90 days still has some columns of its own. */
const LONGEST = 1096 * DAY;
