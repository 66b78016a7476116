import type { TlsOffer } from "../../model/tls-offer.ts";

export type OfferVersion = TlsOffer["version"];
export type State = "accepted" | "refused" | "unknown";

/** What a state rests on. */
export interface Seen {
  readonly what:
    | "hello"
    | "hello-retry"
    /** The server answered with an older version, or with something else of what was offered. */
    | "other-choice"
    | "alert"
    /** FIN before a byte, more than once, while the server went on to answer others. */
    | "close"
    | "cut"
    | "reset"
    | "timeout"
    | "malformed"
    /** Accepted last time, and not asked again. */
    | "remembered"
    | "not-asked";
  readonly alert?: number;
  readonly version?: string;
}

export interface Item {
  readonly code: number;
  readonly state: State;
  readonly seen: Seen;
}

/** What the hello that accepted a suite showed of it: the key of the certificate, and whether the exchange was elliptic and signed. */
export interface SuiteItem extends Item {
  readonly shown?: { readonly key: string; readonly elliptic: boolean; readonly signed: boolean };
}

/** A certificate, and with which suites and schemes it was served. `sha256` is "" where the wire could not read it. */
export interface ServedCertificate {
  readonly sha256: string;
  readonly key: string;
  readonly group?: number;
  /** Of an RSA key. */
  readonly bits?: number;
  readonly suites: readonly number[];
  readonly schemes: readonly number[];
}

export type Preference = "server" | "client" | "unknown";

export interface KnownVersion {
  readonly version: OfferVersion;
  readonly support: State;
  readonly suites: readonly SuiteItem[];
  readonly groups: readonly Item[];
  readonly schemes: readonly Item[];
  readonly preference: Preference;
  /** Of last time: what is not to be taken over without being seen again. */
  readonly suspects?: Suspects;
}

/** Code points that were accepted and had better not be, or that had better stay: one of each kind has to show itself again. */
export interface Suspects {
  readonly suites: readonly (readonly number[])[];
  readonly groups: readonly number[];
  readonly schemes: readonly number[];
}

export interface VersionResult extends KnownVersion {
  readonly seen: Seen;
  /** Accepted suites, best first, as far as the server's preference was seen: what is left out comes after these. */
  readonly order?: readonly number[];
  readonly certificates: readonly ServedCertificate[];
  /** Octets of the primes that were seen, times eight. */
  readonly dhBits: readonly number[];
  /** Nothing that this depth is to find out of this version stayed unseen. */
  readonly complete: boolean;
  /** "stopped": by whoever asks, who knows why. */
  readonly reason?: "depth" | "budget" | "stopped" | "limited" | "unclear";
}

/** The pace that did no harm: at once, and the rest before each, in milliseconds. */
export interface SafePace {
  readonly lanes: number;
  readonly gapMs: number;
}

export type Quirk =
  /** Only the first 64 suites, or fewer, can be relied upon to be read. */
  | "long-list-unproven"
  /** Answers short hellos with well-known groups only. */
  | "intolerant"
  /** Chose what was not offered. */
  | "odd-choice"
  /** TLS 1.3 without HelloRetryRequest. */
  | "no-hello-retry"
  /** TLS 1.3 that asks for a share and refuses the hello that brings one. */
  | "share-refused"
  /** Closes connections that it would answer another time. */
  | "random-close";

export interface EnumerationResult {
  readonly versions: readonly VersionResult[];
  readonly connections: number;
  readonly pace: SafePace;
  readonly limited: boolean;
  readonly readsLongLists: boolean;
  readonly quirks: readonly Quirk[];
}
