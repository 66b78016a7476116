import { DAY, type Instant, SECOND } from "../model/instant.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** What holds of public server certificates that were issued on this day or later, until the next row. */
export interface LifetimeLimit {
  /** ISO day, which begins in UTC. */
  readonly from: string;
  readonly days: number;
}

/** The longest that public authorities may issue for, oldest row first. */
export function lifetimeLimits(): readonly LifetimeLimit[] {
  return facts().longest;
}

/** Up to how many days a certificate is called short-lived, and needs nothing that would revoke it; oldest row first. */
export function shortLivedLimits(): readonly LifetimeLimit[] {
  return facts().shortLived;
}

/** Undefined for what was issued before the oldest row. */
export function lifetimeLimitAt(notBefore: Instant): LifetimeLimit | undefined {
  return rowAt(lifetimeLimits(), notBefore);
}

export function isShortLived(notBefore: Instant, notAfter: Instant): boolean {
  const limit = rowAt(shortLivedLimits(), notBefore);
  return limit !== undefined && lifetimeDays(notBefore, notAfter) <= limit.days;
}

/** Days that have begun: both ends belong to the period, and any second above a day is another day. */
export function lifetimeDays(notBefore: Instant, notAfter: Instant): number {
  return Math.ceil((notAfter - notBefore + SECOND) / DAY);
}

function rowAt(rows: readonly LifetimeLimit[], at: Instant): LifetimeLimit | undefined {
  return rows.findLast(({ from }) => at >= Date.parse(`${from}T00:00:00Z`));
}

interface LifetimeFacts extends DatedFacts {
  readonly longest: readonly LifetimeLimit[];
  readonly shortLived: readonly LifetimeLimit[];
}

function facts(): LifetimeFacts {
  return loadFacts("certificate-lifetimes", isLifetimeFacts);
}

function isLifetimeFacts(candidate: unknown): candidate is LifetimeFacts {
  const { longest, shortLived } = candidate as Partial<LifetimeFacts>;
  return [longest, shortLived].every((rows) => Array.isArray(rows) && rows.length > 0 && rows.every(isRow));
}

function isRow(candidate: unknown): boolean {
  const { from, days } = candidate as Partial<LifetimeLimit>;
  return /^\d{4}-\d\d-\d\d$/.test(String(from)) && Number.isInteger(days) && Number(days) > 0;
}
