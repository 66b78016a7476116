import { type CertificateSighting, LEAST_FOR_A_HABIT, type SurvivalForecast } from "../../../model/forecast.ts";
import { DAY, type Instant } from "../../../model/instant.ts";
import { type CertificateSeries, lifetimeOf } from "./lineage.ts";
import { confidenceOf, shareOf } from "./statistics.ts";

export interface OwnedSeries {
  /** Integration id. */
  readonly integration: string;
  readonly series: CertificateSeries;
}

/**
 * The certificates that end within `HORIZON`, the likeliest to be forgotten first: of all that had as little of their lifetime left and
 * were not replaced yet, how many were not replaced by their end? Own ones where there are enough, else those of the same issuer.
 */
export function survivalForecasts(fleet: readonly OwnedSeries[], now: Instant): readonly SurvivalForecast[] {
  const fates = fleet.flatMap(fatesOf);
  const byIssuer = grouped(fates);
  return fleet
    .flatMap(({ integration, series }) => {
      const { current } = series;
      if (current === undefined || current.notAfter - now > HORIZON || now - series.seenAt > HORIZON) return [];
      const pool = byIssuer.get(current.issuer) ?? [];
      return [forecastFor(integration, current, pool, now)];
    })
    .sort(
      (a, b) =>
        (b.chance?.value ?? EITHER) - (a.chance?.value ?? EITHER) || a.notAfter - b.notAfter || (a.integration < b.integration ? -1 : 1),
    );
}

/** How the life of a certificate ended, where that is certain. */
interface Fate {
  readonly issuer: string;
  readonly origin: string;
  readonly integration: string;
  /** Share of the lifetime that was left when it was replaced; 0 where its end came first. */
  readonly share: number;
  readonly missed: boolean;
}

function forecastFor(integration: string, current: CertificateSighting, pool: readonly Fate[], now: Instant): SurvivalForecast {
  const left = current.notAfter - now;
  const share = left / lifetimeOf(current);
  const alike = pool.filter((fate) => fate.missed || fate.share < share);
  const own = alike.filter((fate) => fate.integration === integration && fate.origin === current.origin);
  const basis = own.length >= LEAST_FOR_A_HABIT ? own : alike;
  const missed = basis.filter((fate) => fate.missed).length;
  const n = basis.length;
  return {
    question: "survival",
    n,
    confidence: confidenceOf(n),
    integration,
    origin: current.origin,
    sha256: current.sha256,
    issuer: current.issuer,
    notAfter: current.notAfter,
    left,
    basis: basis === own ? "own" : "issuer",
    missed,
    ...chanceOf(left, missed, n),
  };
}

/** What has ended is no question of chance any more. */
function chanceOf(left: number, missed: number, n: number): Pick<SurvivalForecast, "chance"> {
  if (left <= 0) return { chance: { value: 1, low: 1, high: 1 } };
  return n < LEAST_FOR_A_HABIT ? {} : { chance: shareOf(missed, n) };
}

/** Replaced in time, for certain; or served past its end, for certain. What happened around the end while we were blind is neither. */
function fatesOf({ integration, series }: OwnedSeries): readonly Fate[] {
  const renewals = new Map(series.renewals.map((renewal) => [renewal.replaced.sha256, renewal]));
  return series.certificates.flatMap((certificate): readonly Fate[] => {
    const { issuer, origin, notAfter } = certificate;
    const renewal = renewals.get(certificate.sha256);
    if (renewal !== undefined && renewal.latest <= notAfter) return [{ issuer, origin, integration, share: renewal.share, missed: false }];
    const servedPastItsEnd = certificate.lastAt > notAfter && (renewal === undefined || renewal.earliest > notAfter);
    return servedPastItsEnd ? [{ issuer, origin, integration, share: 0, missed: true }] : [];
  });
}

function grouped(fates: readonly Fate[]): ReadonlyMap<string, readonly Fate[]> {
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) {
    const group = groups.get(fate.issuer);
    if (group === undefined) groups.set(fate.issuer, [fate]);
    else group.push(fate);
  }
  return groups;
}

/** Where nothing is known, for the ranking only. */
const EITHER = 0.5;
const HORIZON = 30 * DAY;
