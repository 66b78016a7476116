import type { CertificateTimeline, LifetimeStep, ServedCertificate } from "../../model/certificate-timeline.ts";
import type { RenewalStanding } from "../../model/forecast.ts";
import type { Instant } from "../../model/instant.ts";

/** The timeline made ready for print: placed on the axis, counted and shortened here, and nowhere else. */
export interface CertificateTimelineView {
  readonly document: CertificateTimeline;
  readonly integrations: number;
  /** How many certificates stand how; those that ask for somebody's attention, the worst first. */
  readonly alarms: readonly { readonly standing: RenewalStanding; readonly count: number }[];
  readonly rows: readonly CertificateRow[];
  /** Limits that begin on the axis. */
  readonly marks: readonly TimelineMark[];
  /** The limit of today; absent before the oldest one that is known. */
  readonly limitNow?: LifetimeStep;
  readonly laterLimits: readonly LifetimeStep[];
}

/** Places are shares of the axis: below 0 lies the past, above 1 what comes after its end. */
export interface CertificateRow {
  readonly certificate: ServedCertificate;
  /** Host and port; absent where they are the integration's own name. */
  readonly host?: string;
  readonly issuer: string;
  readonly end: number;
  readonly window?: { readonly from: number; readonly to: number; readonly isHabit: boolean };
}

export interface TimelineMark {
  readonly at: number;
  readonly maxDays: number;
}

export function certificateTimelineView(document: CertificateTimeline): CertificateTimelineView {
  const { at, axis, limits, certificates } = document;
  const place = (instant: Instant) => (instant - axis.from) / (axis.to - axis.from);
  const limitNow = limits.find(({ from }) => dayOf(from) <= at);
  const laterLimits = limits.filter((limit) => limit !== limitNow);
  return {
    document,
    integrations: new Set(certificates.map(({ integration }) => integration)).size,
    alarms: ALARMS.map((standing) => ({ standing, count: certificates.filter((one) => one.standing === standing).length })).filter(
      ({ count }) => count > 0,
    ),
    rows: certificates.map((certificate) => rowOf(certificate, place)),
    marks: laterLimits.map(({ from, maxDays }) => ({ at: place(dayOf(from)), maxDays })).filter((mark) => mark.at > 0 && mark.at < 1),
    ...(limitNow === undefined ? {} : { limitNow }),
    laterLimits,
  };
}

function rowOf(certificate: ServedCertificate, place: (instant: Instant) => number): CertificateRow {
  const { origin, integration, renewal, issuer, notAfter } = certificate;
  const { from, to, basis } = renewal;
  return {
    certificate,
    ...(origin === integration ? {} : { host: origin.replace(/^https:\/\//, "") }),
    issuer: shortName(issuer),
    end: place(notAfter),
    ...(from === null || to === null ? {} : { window: { from: place(from), to: place(to), isHabit: basis === "habit" } }),
  };
}

/** The common name, else the organisation, of a name like "C=US, O=Example, CN=R3"; the last of each, which is the narrowest. */
function shortName(name: string): string {
  const attribute = (key: string) => name.split(/, (?=[A-Za-z0-9.]+=)/).findLast((part) => part.startsWith(`${key}=`));
  return (attribute("CN") ?? attribute("O"))?.replace(/^\w+=/, "") || name || "an issuer without a name";
}

function dayOf(day: string): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}

const ALARMS = ["ended", "late", "unseen", "due"] as const;
