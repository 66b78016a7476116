import type { RenewalWindow } from "../../../model/certificate-timeline.ts";
import type { RenewalForecast } from "../../../model/forecast.ts";
import type { Instant } from "../../../model/instant.ts";

/** When the certificate that is served is usually replaced: by habit, else by what is common, else not known. May lie in the past. */
export function renewalWindow({ habit, prior, n, notAfter }: RenewalForecast): RenewalWindow {
  if (habit !== undefined)
    return { basis: "habit", n, from: Math.round(notAfter - habit.lead.high), to: Math.round(notAfter - habit.lead.low) };
  if (prior !== undefined) return { basis: "prior", n, from: Math.round(notAfter - prior.lead), to: notAfter };
  return { basis: "unknown", n, from: null, to: null };
}

/** The likeliest time of the renewal that is to come, never before `now`; its end, where nobody can say more. */
export function expectedRenewal({ habit, prior, notAfter }: RenewalForecast, now: Instant): Instant {
  return Math.max(now, notAfter - (habit?.lead.value ?? prior?.lead ?? 0));
}
