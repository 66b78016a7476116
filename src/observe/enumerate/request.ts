import type { Depth } from "../../model/depth.ts";
import type { TlsOffer } from "../../model/tls-offer.ts";
import type { KnownVersion, OfferVersion, SafePace } from "./result.ts";

export interface EnumerationRequest {
  /** `quick` asks what is best and whether anything bad is accepted; `standard` lists what answered; `full` lists everything, history or none. */
  readonly depth: Depth;
  /** A version that is left out is not asked about. */
  readonly candidates: Readonly<Partial<Record<OfferVersion, Candidates>>>;
  /** The groups that the wire can make a key share for. */
  readonly shareable: readonly number[];
  /** The most connections that may be opened. */
  readonly budget: number;
  /** The most connections at once. */
  readonly lanes: number;
  /** What the last enumeration of this address found. */
  readonly remembered?: Remembered;
  /** What a connection of TLS 1.3 to the same address has just negotiated. */
  readonly negotiated?: Negotiated;
}

export interface Negotiated {
  readonly cipherSuite: number;
  readonly group: number;
}

/** IANA code points, each list in the order in which it is to be offered: what is likely to be accepted first. */
export interface Candidates {
  readonly suites: {
    readonly good: readonly number[];
    readonly bad: readonly number[];
    /**
     * Some of these, for which neither groups nor schemes matter, and which no server has that would choose an elliptic suite without
     * looking at the groups: they may be asked together with groups that are likely to be refused.
     */
    readonly riders?: readonly number[];
    /**
     * Every suite in one of these sets, of which no two are asked for in one hello: servers that choose a certificate by what a client knows,
     * or a suite before they look whether they can serve it, refuse all of a hello for the sake of one suite in it.
     */
    readonly apart?: Sets;
    /** Finite-field exchanges that a certificate of RSA signs: refused without a group of RFC 7919 in the hello, they are asked for with all. */
    readonly finite?: readonly number[];
    /** All finite-field exchanges with ephemeral keys. */
    readonly ephemeral?: readonly number[];
  };
  /** `core`: what every stack knows, for those that choke on more. */
  readonly groups: { readonly postQuantum: readonly number[]; readonly core: readonly number[]; readonly others: readonly number[] };
  readonly schemes: { readonly good: readonly number[]; readonly bad: readonly number[] };
  /**
   * What is rarely accepted alone: with one of a set, the others are likely. They are asked for one by one and at once then, which takes less
   * time than one after another, and no connection more where they are accepted.
   */
  readonly companions?: { readonly suites: Sets; readonly groups: Sets; readonly schemes: Sets };
}

/** RFC 7919. */
export const FFDHE: readonly number[] = [0x0100, 0x0101, 0x0102, 0x0103, 0x0104];

export type Sets = readonly (readonly number[])[];

export interface Remembered {
  readonly versions: readonly KnownVersion[];
  readonly pace: SafePace;
  readonly readsLongLists: boolean;
}

export function groupsOf(candidates: Candidates): readonly number[] {
  return [...candidates.groups.postQuantum, ...candidates.groups.core, ...candidates.groups.others];
}

/** A whole offer from its parts: below TLS 1.2 there are no signature schemes, in SSL 3.0 no extensions (RFC 5246 section 7.4.1.4.1). */
export function offerOf(
  version: OfferVersion,
  parts: Pick<TlsOffer, "cipherSuites" | "groups" | "signatureSchemes"> & Partial<TlsOffer>,
): TlsOffer {
  const signed = version === "TLS 1.2" || version === "TLS 1.3";
  const { certificateSchemes, ...rest } = parts;
  return {
    shares: [],
    ...rest,
    version,
    groups: version === "SSL 3.0" ? [] : [...new Set(parts.groups)],
    signatureSchemes: signed ? [...new Set(parts.signatureSchemes)] : [],
    ...(signed && certificateSchemes !== undefined && { certificateSchemes }),
  };
}

/** Nothing is known of the version, or nothing is to be taken over: what is not asked for yet is as likely to be accepted as not. */
export function listsAnew(version: OfferVersion, { depth, remembered }: EnumerationRequest): boolean {
  return depth === "full" || (depth === "standard" && !remembered?.versions.some((known) => known.version === version));
}
