import type { RenewalStanding } from "./forecast.ts";
import type { Instant } from "./instant.ts";

export const TIMELINE_SCHEMA_VERSION = "1.1.0";

/** `apirisk certificate timeline --json`. Instants are epoch milliseconds UTC. */
export interface CertificateTimeline {
  readonly schemaVersion: string;
  readonly at: Instant;
  /** The file whose integrations these are; null: all that history knows. */
  readonly inventory: string | null;
  readonly axis: TimelineAxis;
  /** How long public certificates may live: the limit of today, and every later one, on the axis or beyond it. */
  readonly limits: readonly LifetimeStep[];
  /** What ends first stands first, and so what has ended. */
  readonly certificates: readonly ServedCertificate[];
  /** Integrations of which no certificate is known. */
  readonly without: readonly { readonly integration: string; readonly reason: WithoutReason }[];
  /** How many integrations history knows beside those of the inventory. */
  readonly elsewhere: number;
}

export interface TimelineAxis {
  readonly from: Instant;
  readonly to: Instant;
}

export interface LifetimeStep {
  /** ISO day, which begins in UTC: holds of what is issued from then on. */
  readonly from: string;
  readonly maxDays: number;
}

/**
 * Whose it is. `own`: our own connection got it. `other`: others get it, because they know other keys or another machine answers them.
 * `without-name`: so do clients that send no name, and it is for the host. `client`: ours, which we show when we are asked for one.
 */
export const CERTIFICATE_ROLES = ["own", "other", "without-name", "client"] as const;
export type CertificateRole = (typeof CERTIFICATE_ROLES)[number];

/** A certificate that an origin serves, or is shown, as far as history knows. */
export interface ServedCertificate {
  readonly integration: string;
  readonly name: string;
  readonly owner: string | null;
  readonly origin: string;
  readonly role: CertificateRole;
  /** How many of the addresses served it when they were asked last; null where that is not known, and of our own. */
  readonly addresses: number | null;
  readonly keyType: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Negative after its end. */
  readonly secondsLeft: number;
  readonly trusted: boolean;
  readonly renewal: RenewalWindow;
  readonly standing: RenewalStanding;
  readonly seenAt: Instant;
  /** What its successor may live at most, where that is less than it lives itself, and if its authority is a public one; else null. */
  readonly nextMaxDays: number | null;
}

/**
 * When it is usually replaced. `habit`: half of the renewals that were seen lie in it; `prior`: its last third, as is common where programs
 * renew; `unknown`: nobody can say.
 */
export interface RenewalWindow {
  readonly basis: "habit" | "prior" | "unknown";
  /** Renewals that were seen closely enough. */
  readonly n: number;
  /** Null with `unknown`. */
  readonly from: Instant | null;
  readonly to: Instant | null;
}

export const WITHOUT_REASONS = ["no-https", "never-audited", "never-seen", "no-certificate"] as const;
export type WithoutReason = (typeof WITHOUT_REASONS)[number];
