import { LEAST_FOR_A_MANNER, type MannerForecast, type MannerSignals, type Renewal } from "../../../model/forecast.ts";
import { DAY, HOUR, type Instant } from "../../../model/instant.ts";
import type { CertificateSeries } from "./lineage.ts";
import { closelySeen } from "./renewal-habit.ts";
import { confidenceOf, medianDeviation } from "./statistics.ts";

/** Whether programs or people renew. Undefined where nothing was ever renewed. A hint: working days alone prove nothing. */
export function mannerForecast(series: CertificateSeries): MannerForecast | undefined {
  const renewals = closelySeen(series.renewals);
  if (renewals.length === 0) return undefined;
  const signals = signalsOf(renewals);
  const enough = renewals.length >= LEAST_FOR_A_MANNER;
  return {
    question: "renewal-manner",
    n: renewals.length,
    confidence: enough ? confidenceOf(renewals.length, signals.deviation) : "none",
    origin: series.origin,
    keyType: series.keyType,
    ...(enough ? { manner: mannerOf(signals) } : {}),
    signals,
  };
}

function signalsOf(renewals: readonly Renewal[]): MannerSignals {
  const shares = renewals.map(({ share }) => share);
  const issued = renewals.map(({ by }) => by.notBefore);
  const timed = issued.filter((instant) => instant % DAY !== 0);
  const keyed = renewals.filter(({ replaced, by }) => replaced.keySha256 !== undefined && by.keySha256 !== undefined);
  return {
    deviation: medianDeviation(shares),
    range: Math.max(...shares) - Math.min(...shares),
    weekdays: shareThat(issued, isWeekday),
    ...(timed.length === 0 ? {} : { daytime: shareThat(timed, isDaytime) }),
    ...(keyed.length === 0 ? {} : { keptKey: shareThat(keyed, ({ replaced, by }) => replaced.keySha256 === by.keySha256) }),
  };
}

/** A timer keeps its distance from the end; people keep office hours, and neither distance nor key is theirs to repeat. */
function mannerOf({ deviation, range, weekdays, daytime }: MannerSignals): NonNullable<MannerForecast["manner"]> {
  const inOfficeHours = weekdays === 1 && (daytime ?? 1) === 1;
  if (deviation <= STEADY && range <= 5 * STEADY) return "automatic";
  return inOfficeHours && deviation > STEADY ? "manual" : "unclear";
}

function shareThat<T>(values: readonly T[], holds: (value: T) => boolean): number {
  return values.filter(holds).length / values.length;
}

function isWeekday(instant: Instant): boolean {
  const day = new Date(instant).getUTCDay();
  return day >= 1 && day <= 5;
}

function isDaytime(instant: Instant): boolean {
  const hour = (instant % DAY) / HOUR;
  return hour >= 6 && hour < 18;
}

/** Of the lifetime: 2 days of 90. */
const STEADY = 1 / 45;
