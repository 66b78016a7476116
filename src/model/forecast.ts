import type { Instant } from "./instant.ts";
import type { Severity } from "./severity.ts";

/**
 * What history says of what comes next: the data of sentences, never the sentences.
 * Durations are milliseconds, shares are of 0..1. No forecast ever changes an exit code.
 */

/** Below this many observations there is no habit, only the number of them. */
export const LEAST_FOR_A_HABIT = 3;

/** By the number of observations, and by how far they lie apart. `none` below LEAST_FOR_A_HABIT. */
export type Confidence = "none" | "low" | "medium" | "high";

/** A middle and where it may lie as well; in the unit of what it estimates. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface ForecastBase {
  /** Observations that it rests on. */
  readonly n: number;
  readonly confidence: Confidence;
}

/**
 * From when to when something was seen. What was first seen at `firstAt` was not there yet at `seenBefore`, when its place was looked at
 * the last time before: it began in between, and nobody knows when. Without `seenBefore` it was there at the first look.
 */
export interface Sighting {
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly seenBefore?: Instant;
}

/** A leaf certificate at an origin, whatever the address. */
export interface CertificateSighting extends Sighting {
  readonly origin: string;
  /** SHA-256 of the DER, hex. */
  readonly sha256: string;
  readonly issuer: string;
  /** "rsa", "ec" ...: a server with a certificate of each kind has two series. */
  readonly keyType: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hex; absent where it could not be read. */
  readonly keySha256?: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** By the verifier, apart from its end: a stranger's certificate must not continue the series of the real one. */
  readonly trusted: boolean;
}

/** A certificate that took the place of another one. */
export interface Renewal {
  readonly replaced: CertificateSighting;
  readonly by: CertificateSighting;
  /** It began to be served in this interval: after the last look without it, and after it was issued. */
  readonly earliest: Instant;
  readonly latest: Instant;
  /** End of the replaced one minus the first sight of the new one: how much was left. Negative: too late. */
  readonly lead: number;
  /** The same as a share of the replaced one's lifetime. */
  readonly share: number;
  /**
   * How long nobody looked before the first sight, as a share of the replaced one's lifetime. More than the width of the interval: a
   * certificate that was issued meanwhile may have followed one that was never seen.
   */
  readonly width: number;
}

/** How an origin renews its certificates, and how the one that it serves stands to that. */
export interface RenewalForecast extends ForecastBase {
  readonly question: "renewal";
  readonly origin: string;
  readonly keyType: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Set where the verifier refused it, and not for its end. */
  readonly untrusted?: true;
  /** When this certificate was seen last. */
  readonly seenAt: Instant;
  /** Until its end, from now. 0 and less have to be said. */
  readonly left: number;
  /** Renewals that were seen, but not closely enough to say when they happened: we were blind around them, or look too seldom. */
  readonly uncertain: number;
  /** Absent below LEAST_FOR_A_HABIT. */
  readonly habit?: RenewalHabit;
  /** What is common among others, where there is no habit yet: information, never grounds for `late`. */
  readonly prior?: { readonly share: number; readonly lead: number };
  readonly standing: RenewalStanding;
  /** Later than usual, with `late`, and with `ended` where there is a habit. */
  readonly lateBy?: number;
}

/**
 * `early`: before the usual time; `due`: about the usual time; `late`: beyond it; `ended`: past its end;
 * `unknown`: no habit yet; `unseen`: not looked at lately enough to say.
 */
export type RenewalStanding = "early" | "due" | "late" | "ended" | "unknown" | "unseen";

export interface RenewalHabit {
  /** How long before the end the certificate of today is usually replaced. Half of the renewals lie in the interval, or it is as wide as we look. */
  readonly lead: Estimate;
  /** The same as a share of the lifetime. */
  readonly share: Estimate;
  /** Median absolute deviation of the share. */
  readonly deviation: number;
  /** Later than usual by more than this share of the lifetime is late. */
  readonly tolerance: number;
}

/** Whether people or programs renew: a hint about risk, from at least LEAST_FOR_A_MANNER renewals. */
export interface MannerForecast extends ForecastBase {
  readonly question: "renewal-manner";
  readonly origin: string;
  readonly keyType: string;
  /** Absent where there are too few renewals. */
  readonly manner?: "automatic" | "manual" | "unclear";
  readonly signals: MannerSignals;
}
export const LEAST_FOR_A_MANNER = 4;

export interface MannerSignals {
  /** Median absolute deviation of the lead, as a share of the lifetime. */
  readonly deviation: number;
  /** Distance of the earliest from the latest renewal, as a share of the lifetime. */
  readonly range: number;
  /** Share of certificates that were issued on Monday to Friday, UTC. */
  readonly weekdays: number;
  /** Share that was issued from 06:00 to 18:00 UTC; midnight sharp is a CA's rounding and left out. Absent where all of them are. */
  readonly daytime?: number;
  /** Share of renewals that kept the key. Absent where no key could be read. */
  readonly keptKey?: number;
}

/** How likely it is that a certificate is not replaced by its end, given that it is not yet. */
export interface SurvivalForecast extends ForecastBase {
  readonly question: "survival";
  readonly integration: string;
  readonly origin: string;
  readonly sha256: string;
  readonly issuer: string;
  readonly notAfter: Instant;
  readonly left: number;
  /** Own renewals, or those of every integration with the same issuer, where there are too few. */
  readonly basis: "own" | "issuer";
  /** How many of the n were not replaced in time. */
  readonly missed: number;
  /** Absent below LEAST_FOR_A_HABIT. */
  readonly chance?: Estimate;
}

export const FATE_TIES = ["leaf", "address", "issuer"] as const;
/** What certificates have in common, the closest first: the certificate itself, the address that serves it, who issued it. */
export type FateTie = (typeof FATE_TIES)[number];

/** A week in which certificates of several integrations end together. n counts the integrations. */
export interface SharedFateForecast extends ForecastBase {
  readonly question: "shared-fate";
  /** Monday 00:00 UTC. */
  readonly week: Instant;
  /** Every tie that holds exactly these integrations together, the closest first. */
  readonly ties: readonly { readonly tie: FateTie; readonly name: string }[];
  readonly integrations: readonly string[];
}

/** What an endpoint sends more than it used to. n counts the paths that appeared after the first LEARNING days. */
export interface CreepForecast extends ForecastBase {
  readonly question: "oversharing";
  readonly endpoint: string;
  /** Distinct paths ever seen, and at the last look. */
  readonly paths: { readonly ever: number; readonly now: number };
  /** Distinct classified paths ever seen, and at the last look. */
  readonly classified: { readonly ever: number; readonly now: number };
  /** New paths a year. Absent below LEAST_FOR_A_HABIT. */
  readonly perYear?: Estimate;
  /** Paths with sensitive data that came later, the newest first. */
  readonly sensitive: readonly NewPath[];
}

export interface NewPath extends Sighting {
  readonly path: string;
  readonly class: string;
}

/** An end that the provider announced. n counts the dates that were announced for it. */
export interface CountdownForecast extends ForecastBase {
  readonly question: "end";
  readonly place: string;
  /** "sunset", "deprecation", or the rule that dated it. */
  readonly signal: string;
  readonly date: Instant;
  readonly left: number;
  readonly announcedAt: Instant;
  /** False where the place was looked at later and no longer said so. */
  readonly standing: boolean;
  /** Dates that were announced before, the newest first. */
  readonly moved: readonly { readonly date: Instant; readonly announcedAt: Instant }[];
}

/** How often the provider gets worse. n counts the runs in which it did. */
export interface RecurrenceForecast extends ForecastBase {
  readonly question: "recurrence";
  /** Runs in which it was found worse after a time of not looking: when that happened is not known, so they are in no rate. */
  readonly undated: number;
  /** Time in which the integration was in sight. */
  readonly observedMs: number;
  readonly lastAt?: Instant;
  /** Absent below LEAST_FOR_A_HABIT. */
  readonly perYear?: Estimate;
  readonly meanBetween?: Estimate;
}

/** How long findings of a severity stand. n counts those that were repaired. */
export interface RepairForecast extends ForecastBase {
  readonly question: "repair";
  readonly severity: Severity;
  /** Still open, or ended by something that was no repair: they count for as long as they were seen to last. */
  readonly censored: number;
  /** Median over repaired and open ones. Absent below LEAST_FOR_A_HABIT, and where less than half is repaired. */
  readonly median?: number;
  /** With n at least LEAST_FOR_A_HABIT and no median: it is more than this. */
  readonly moreThan?: number;
}

/** How often something changes without notice. n counts the changes. */
export interface DriftForecast extends ForecastBase {
  readonly question: "drift";
  readonly what: "tls" | "headers";
  /** Changes that were found after a time of not looking. */
  readonly undated: number;
  readonly observedMs: number;
  readonly lastAt?: Instant;
  /** Absent below LEAST_FOR_A_HABIT. */
  readonly perQuarter?: Estimate;
}

export type IntegrationForecast =
  | RenewalForecast
  | MannerForecast
  | SurvivalForecast
  | CreepForecast
  | CountdownForecast
  | RecurrenceForecast
  | RepairForecast
  | DriftForecast;
