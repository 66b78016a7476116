import type { TlsOffer } from "../../model/tls-offer.ts";
import { encodeClientHello } from "./client-hello.ts";
import { EXTENSION, type Extension } from "./extension.ts";
import { encodeHandshake, HANDSHAKE_TYPE } from "./handshake.ts";
import {
  alpn,
  ecPointFormats,
  flag,
  keyShare,
  pskKeyExchangeModes,
  renegotiationInfo,
  serverName,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  statusRequest,
  supportedGroups,
  supportedVersions,
} from "./hello-extensions.ts";
import { paddingFor } from "./hello-padding.ts";
import { encodeRecords, RECORD_TYPE } from "./record.ts";
import { versionCode, versionsDownTo } from "./version.ts";

export interface HelloOptions {
  /** Host name without a trailing dot; undefined for an address (RFC 6066 section 3). */
  readonly serverName?: string;
  /** 32 fresh octets. */
  readonly random: Uint8Array;
  /** 32 fresh octets; sent with TLS 1.3 only, for middleboxes (RFC 8446 appendix D.4). */
  readonly sessionId: Uint8Array;
  /** A public key for each group that the offer has a share of. */
  readonly shares: ReadonlyMap<number, Uint8Array>;
  /** "h2", "http/1.1". */
  readonly alpn?: readonly string[];
  /** Asks for all that tells of the server: a staple, SCTs, a ticket, encrypt-then-MAC. Makes its flight longer. */
  readonly features?: boolean;
  /** DEFLATE is offered beside no compression (RFC 3749). */
  readonly deflate?: boolean;
  /** Values that nobody knows stand among suites, groups and versions, and there is an extension of that kind (RFC 8701). */
  readonly grease?: boolean;
  /** The message is padded to as many octets at least; SSL 3.0 has no padding. */
  readonly minLength?: number;
}

/**
 * The records that open a handshake, in a shape that old and odd servers survive. To be written in one piece.
 * Throws a RangeError for an offer that no hello can make: more than 128 suites, or a share without its key.
 */
export function helloRecords(plainOffer: TlsOffer, options: HelloOptions): Uint8Array {
  if (plainOffer.cipherSuites.length > MAX_SUITES) throw new RangeError("a hello holds at most 128 cipher suites");
  const offer = options.grease === true ? greased(plainOffer) : plainOffer;
  const extensions = extensionsOf(offer, options);
  const plain = handshake(offer, options, extensions);
  const padding = offer.version === "SSL 3.0" ? undefined : paddingFor(plain.length, extensions, options.minLength ?? 0);
  const payload = padding === undefined ? plain : handshake(offer, options, [...extensions, padding]);
  return encodeRecords({ type: RECORD_TYPE.handshake, version: recordVersion(offer), payload });
}

function handshake(offer: TlsOffer, options: HelloOptions, extensions: readonly Extension[]): Uint8Array {
  const body = encodeClientHello({
    version: Math.min(versionCode(offer.version), versionCode("TLS 1.2")),
    random: options.random,
    sessionId: offer.version === "TLS 1.3" ? options.sessionId : new Uint8Array(),
    cipherSuites: hasRoomForSignal(offer) ? [...offer.cipherSuites, RENEGOTIATION_SCSV] : offer.cipherSuites,
    compressionMethods: options.deflate === true ? [DEFLATE, NO_COMPRESSION] : [NO_COMPRESSION],
    ...(extensions.length === 0 ? {} : { extensions }),
  });
  return encodeHandshake({ type: HANDSHAKE_TYPE.clientHello, body });
}

/** In front, where a server that chokes on it cannot miss it; a full list of suites keeps its length. */
function greased(offer: TlsOffer): TlsOffer {
  const { cipherSuites, groups } = offer;
  return {
    ...offer,
    cipherSuites: cipherSuites.length < MAX_SUITES ? [GREASE, ...cipherSuites] : cipherSuites,
    groups: groups.length > 0 ? [GREASE, ...groups] : groups,
  };
}

/** RFC 8446 section 5.1: a first record says TLS 1.0, so that old parsers read on. */
function recordVersion(offer: TlsOffer): number {
  return offer.version === "SSL 3.0" ? versionCode("SSL 3.0") : versionCode("TLS 1.0");
}

/** Servers were seen to refuse a hello without the signal (RFC 5746 section 3.3); the extension says the same. */
function hasRoomForSignal({ cipherSuites }: TlsOffer): boolean {
  return cipherSuites.length < MAX_SUITES && !cipherSuites.includes(RENEGOTIATION_SCSV);
}

function extensionsOf(offer: TlsOffer, options: HelloOptions): readonly Extension[] {
  if (offer.version === "SSL 3.0") return [];
  const signalled = hasRoomForSignal(offer) || offer.cipherSuites.includes(RENEGOTIATION_SCSV);
  return [
    ...(options.grease === true ? [{ type: GREASE, data: Uint8Array.of(0) }] : []),
    ...(options.serverName === undefined ? [] : [serverName(options.serverName)]),
    ...(signalled ? [] : [renegotiationInfo()]),
    ...(reaches12(offer) ? [flag(EXTENSION.extendedMasterSecret)] : []),
    ...(options.features === true ? featureRequests(offer) : []),
    ...(options.alpn === undefined ? [] : [alpn(options.alpn)]),
    ...(reaches12(offer) && offer.groups.length > 0 ? [ecPointFormats()] : []),
    ...(offer.version === "TLS 1.3" ? keysOf13(offer, options) : []),
    ...algorithms(offer),
  ];
}

function featureRequests(offer: TlsOffer): readonly Extension[] {
  const older = reaches12(offer) ? [flag(EXTENSION.encryptThenMac), flag(EXTENSION.sessionTicket)] : [];
  return [...older, flag(EXTENSION.signedCertificateTimestamp), statusRequest()];
}

function keysOf13(offer: TlsOffer, options: HelloOptions): readonly Extension[] {
  const shares = offer.shares.map((group) => [group, publicKey(options.shares, group)] as const);
  const versions = versionsDownTo(offer.downTo ?? "TLS 1.3");
  const listed = options.grease === true ? [GREASE, ...versions] : versions;
  return [keyShare(shares), pskKeyExchangeModes(), supportedVersions(listed)];
}

function publicKey(shares: HelloOptions["shares"], group: number): Uint8Array {
  const key = shares.get(group);
  if (key === undefined) throw new RangeError(`there is no key for the share of group ${group}`);
  return key;
}

/** RFC 5246 section 7.4.1.4.1: clients of earlier versions do not offer signature algorithms. */
function algorithms(offer: TlsOffer): readonly Extension[] {
  const { signatureSchemes, certificateSchemes, groups } = offer;
  const signs = offer.version === "TLS 1.2" || offer.version === "TLS 1.3";
  return [
    ...(signs && signatureSchemes.length > 0 ? [signatureAlgorithms(signatureSchemes)] : []),
    ...(signs && certificateSchemes !== undefined ? [signatureAlgorithmsCert(certificateSchemes)] : []),
    ...(groups.length > 0 ? [supportedGroups(groups)] : []),
  ];
}

/** The server may choose TLS 1.2 or older. */
function reaches12(offer: TlsOffer): boolean {
  return offer.version !== "TLS 1.3" || offer.downTo !== undefined;
}

/** Some servers fail beyond, testssl.sh calls it the size limit bug. */
const MAX_SUITES = 128;
const RENEGOTIATION_SCSV = 0x00ff;
/** One of the values of RFC 8701 section 2. */
const GREASE = 0x4a4a;
const NO_COMPRESSION = 0;
const DEFLATE = 1;
