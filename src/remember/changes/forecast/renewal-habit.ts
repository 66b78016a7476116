import { LEAST_FOR_A_HABIT, type Renewal, type RenewalForecast, type RenewalHabit, type RenewalStanding } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { type CertificateSeries, lifetimeOf } from "./lineage.ts";
import { confidenceOf, median, medianDeviation } from "./statistics.ts";

/**
 * When the certificate of a series is usually replaced, and whether that is late this time. Judged in shares of the lifetime, so that
 * 24 hours, 47 days and 398 days are one question. Undefined where the series is not served any more.
 */
export function renewalForecast(series: CertificateSeries, now: Instant): RenewalForecast | undefined {
  const { current, renewals } = series;
  if (current === undefined) return undefined;
  const usable = closelySeen(renewals);
  const lifetime = lifetimeOf(current);
  const habit = habitOf(usable, lifetime);
  const left = current.notAfter - now;
  const late = habit === undefined ? undefined : habit.share.value - left / lifetime;
  const standing = standingOf({ left, lifetime, habit, late, unseen: now - series.seenAt });
  const isLate = late !== undefined && late > 0 && (standing === "late" || standing === "ended");
  return {
    question: "renewal",
    n: usable.length,
    confidence: confidenceOf(usable.length, habit?.deviation),
    origin: series.origin,
    keyType: series.keyType,
    issuer: current.issuer,
    sha256: current.sha256,
    notBefore: current.notBefore,
    notAfter: current.notAfter,
    ...(current.trusted ? {} : { untrusted: true as const }),
    seenAt: current.lastAt,
    left,
    uncertain: renewals.length - usable.length,
    ...(habit === undefined ? priorFor(lifetime) : { habit }),
    standing,
    ...(isLate ? { lateBy: late * lifetime } : {}),
  };
}

/** Renewals of which the time is known as well as this series can be known: not those that happened while we were blind. */
export function closelySeen(renewals: readonly Renewal[]): readonly Renewal[] {
  if (renewals.length === 0) return [];
  const usual = median(renewals.map(({ width }) => width));
  const most = Math.min(WIDEST, Math.max(CLOSE, 2 * usual));
  return renewals.filter(({ width }) => width <= most);
}

function habitOf(renewals: readonly Renewal[], lifetime: number): RenewalHabit | undefined {
  if (renewals.length < LEAST_FOR_A_HABIT) return undefined;
  const shares = renewals.map(({ share }) => share);
  const value = median(shares);
  const deviation = medianDeviation(shares);
  const resolution = median(renewals.map(({ width }) => width));
  const half = Math.max(deviation, resolution);
  const share = { value, low: value - half, high: value + half };
  return {
    share,
    lead: { value: share.value * lifetime, low: share.low * lifetime, high: share.high * lifetime },
    deviation,
    tolerance: Math.max(3 * deviation, resolution, FLOOR),
  };
}

interface Situation {
  readonly left: number;
  readonly lifetime: number;
  readonly habit: RenewalHabit | undefined;
  /** Share of the lifetime by which the usual time has passed; negative before it. */
  readonly late: number | undefined;
  /** Since the last look. */
  readonly unseen: number;
}

function standingOf({ left, lifetime, habit, late, unseen }: Situation): RenewalStanding {
  if (unseen > Math.max(CLOSE, habit?.tolerance ?? 0) * lifetime) return "unseen";
  if (left <= 0) return "ended";
  if (habit === undefined || late === undefined) return "unknown";
  if (late > habit.tolerance) return "late";
  return left / lifetime <= habit.share.high ? "due" : "early";
}

/** ACME clients commonly renew when a third is left (certbot and Let's Encrypt: 30 of 90 days); longer ones are bought, and renewed at will. */
function priorFor(lifetime: number): Pick<RenewalForecast, "prior"> {
  return lifetime > LONGEST_AUTOMATED ? {} : { prior: { share: 1 / 3, lead: lifetime / 3 } };
}

/** 3 days of 90, 13 of 398, 48 minutes of a day: nobody is late for less. */
const FLOOR = 1 / 30;
/** Always close enough: 4.5 days of 90. */
const CLOSE = 1 / 20;
/** Never close enough beyond it, however seldom we look. */
const WIDEST = 1 / 4;
const LONGEST_AUTOMATED = 100 * DAY;
