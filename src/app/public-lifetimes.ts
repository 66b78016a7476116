import { lifetimeDays, lifetimeLimitAt, lifetimeLimits } from "../catalog/certificate-lifetimes.ts";
import type { LifetimeStep } from "../model/certificate-timeline.ts";
import type { RenewalForecast } from "../model/forecast.ts";
import type { Instant } from "../model/instant.ts";
import { expectedRenewal } from "../remember/changes/forecast/renewal-window.ts";

/** The limit of today, and every one that is to come. */
export function lifetimeSteps(now: Instant): readonly LifetimeStep[] {
  const current = lifetimeLimitAt(now);
  return lifetimeLimits()
    .filter((limit) => limit === current || Date.parse(`${limit.from}T00:00:00Z`) > now)
    .map(({ from, days }) => ({ from, maxDays: days }));
}

/**
 * How many days the successor may live at most, where that is less than the certificate of today lives; null where nothing can be said.
 * History does not know which authorities are public: the answer holds if this one is. It is none where no public authority could have
 * issued for so long, or where the verifier refused the certificate. Nor is the successor known of what was not seen lately.
 */
export function nextMaxDays(forecast: RenewalForecast, now: Instant): number | null {
  const { notBefore, notAfter, untrusted, standing } = forecast;
  if (untrusted === true || standing === "unseen") return null;
  const days = lifetimeDays(notBefore, notAfter);
  if (days > (lifetimeLimitAt(notBefore)?.days ?? 0)) return null;
  const next = lifetimeLimitAt(expectedRenewal(forecast, now));
  return next !== undefined && next.days < days ? next.days : null;
}
