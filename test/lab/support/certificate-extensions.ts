import { createHash } from "node:crypto";
import { boolean, implicit, integer, nothing, objectIdentifier, octetString, sequence } from "../../../src/demo/der.ts";
import { implicitConstructed, namedBits } from "./certificate-der.ts";
import { type KeyPair, keyIdentifierOf, newKey, signingWith } from "./certificate-keys.ts";
import { type GeneralNames, generalNames } from "./certificate-names.ts";

export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  /** What the OCTET STRING holds; or how to make it once the rest of the certificate is known. */
  readonly value: Uint8Array | ((precertificate: Precertificate) => Uint8Array);
}

/** What a log sees of a certificate to come (RFC 6962 section 3.2). */
export interface Precertificate {
  readonly toBeSigned: Uint8Array;
  readonly issuerKey: KeyPair;
}

export interface Critical {
  readonly critical?: boolean;
}

/** RFC 5280 section 4.2.1.9. */
export function basicConstraints({
  ca = false,
  pathLen,
  critical = true,
}: { readonly ca?: boolean; readonly pathLen?: number | Uint8Array } & Critical = {}): Extension {
  const length = typeof pathLen === "number" ? Uint8Array.of(pathLen) : pathLen;
  const value = sequence(...(ca ? [boolean(true)] : []), ...(length === undefined ? [] : [integer(length)]));
  return { id: EXTENSION.basicConstraints, critical, value };
}

/** RFC 5280 section 4.2.1.3, in the order of its bits. */
const KEY_USAGES = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

export function keyUsage(usages: readonly KeyUsage[], { critical = true }: Critical = {}): Extension {
  return { id: EXTENSION.keyUsage, critical, value: namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage))) };
}

/** RFC 5280 section 4.2.1.12. */
const PURPOSES = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  emailProtection: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;
export type Purpose = keyof typeof PURPOSES | `${number}.${string}`;

export function extendedKeyUsage(purposes: readonly Purpose[], { critical = false }: Critical = {}): Extension {
  const ids = purposes.map((purpose) => (purpose in PURPOSES ? PURPOSES[purpose as keyof typeof PURPOSES] : purpose));
  return { id: EXTENSION.extendedKeyUsage, critical, value: sequence(...ids.map(objectIdentifier)) };
}

export function subjectAltName(names: GeneralNames, { critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.subjectAltName, critical, value: sequence(...generalNames(names)) };
}

export function issuerAltName(names: GeneralNames, { critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.issuerAltName, critical, value: sequence(...generalNames(names)) };
}

export interface NameConstraints {
  readonly permitted?: GeneralNames;
  readonly excluded?: GeneralNames;
}

/** RFC 5280 section 4.2.1.10. */
export function nameConstraints({ permitted, excluded }: NameConstraints, { critical = true }: Critical = {}): Extension {
  const subtrees = (number: number, names: GeneralNames | undefined) =>
    names === undefined ? [] : [implicitConstructed(number, ...generalNames(names).map((base) => sequence(base)))];
  return { id: EXTENSION.nameConstraints, critical, value: sequence(...subtrees(0, permitted), ...subtrees(1, excluded)) };
}

/** RFC 5280 section 4.2.1.2. */
export function subjectKeyIdentifier(key: KeyPair | Uint8Array, { critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.subjectKeyIdentifier, critical, value: octetString(identifierOf(key)) };
}

export interface AuthorityKey {
  readonly key?: KeyPair | Uint8Array;
  readonly issuer?: GeneralNames;
  readonly serial?: Uint8Array;
}

/** RFC 5280 section 4.2.1.1. */
export function authorityKeyIdentifier({ key, issuer, serial }: AuthorityKey, { critical = false }: Critical = {}): Extension {
  const value = sequence(
    ...(key === undefined ? [] : [implicit(0, identifierOf(key))]),
    ...(issuer === undefined ? [] : [implicitConstructed(1, ...generalNames(issuer))]),
    ...(serial === undefined ? [] : [implicit(2, serial)]),
  );
  return { id: EXTENSION.authorityKeyIdentifier, critical, value };
}

function identifierOf(key: KeyPair | Uint8Array): Uint8Array {
  return key instanceof Uint8Array ? key : keyIdentifierOf(key);
}

/** RFC 5280 section 4.2.1.4. */
export function certificatePolicies(policies: readonly string[], { critical = false }: Critical = {}): Extension {
  const value = sequence(...policies.map((policy) => sequence(objectIdentifier(policy))));
  return { id: EXTENSION.certificatePolicies, critical, value };
}

/** RFC 5280 section 4.2.1.5, pairs of an issuer's policy and a subject's. */
export function policyMappings(pairs: readonly (readonly [string, string])[], { critical = true }: Critical = {}): Extension {
  const value = sequence(...pairs.map((pair) => sequence(...pair.map(objectIdentifier))));
  return { id: EXTENSION.policyMappings, critical, value };
}

export interface PolicyConstraints {
  readonly requireExplicit?: number;
  readonly inhibitMapping?: number;
}

/** RFC 5280 section 4.2.1.11. */
export function policyConstraints(skips: PolicyConstraints, { critical = true }: Critical = {}): Extension {
  const skip = (number: number, count: number | undefined) => (count === undefined ? [] : [implicit(number, Uint8Array.of(count))]);
  return {
    id: EXTENSION.policyConstraints,
    critical,
    value: sequence(...skip(0, skips.requireExplicit), ...skip(1, skips.inhibitMapping)),
  };
}

/** RFC 5280 section 4.2.1.14. */
export function inhibitAnyPolicy(skipCertificates: number, { critical = true }: Critical = {}): Extension {
  return { id: EXTENSION.inhibitAnyPolicy, critical, value: integer(Uint8Array.of(skipCertificates)) };
}

export interface AuthorityAccess {
  readonly ocsp?: readonly string[];
  readonly caIssuers?: readonly string[];
}

/** RFC 5280 section 4.2.2.1. */
export function authorityInformationAccess({ ocsp = [], caIssuers = [] }: AuthorityAccess, { critical = false }: Critical = {}): Extension {
  const access = (id: string, uris: readonly string[]) =>
    uris.map((uri) => sequence(objectIdentifier(id), ...generalNames({ uri: [uri] })));
  const value = sequence(...access("1.3.6.1.5.5.7.48.1", ocsp), ...access("1.3.6.1.5.5.7.48.2", caIssuers));
  return { id: EXTENSION.authorityInformationAccess, critical, value };
}

/** RFC 5280 section 4.2.1.13, a point for every address. */
export function crlDistributionPoints(uris: readonly string[], { critical = false }: Critical = {}): Extension {
  const value = sequence(...uris.map((uri) => sequence(distributionPointName({ uri: [uri] }))));
  return { id: EXTENSION.crlDistributionPoints, critical, value };
}

export function distributionPointName(fullName: GeneralNames): Uint8Array {
  return implicitConstructed(0, implicitConstructed(0, ...generalNames(fullName)));
}

/** RFC 7633 section 4; 5 is status_request, "must staple". */
export function tlsFeature(features: readonly number[] = [5], { critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.tlsFeature, critical, value: sequence(...features.map((feature) => integer(Uint8Array.of(feature)))) };
}

/** RFC 6960 section 4.2.2.2.1. */
export function ocspNoCheck({ critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.ocspNoCheck, critical, value: nothing() };
}

/** RFC 6962 section 3.1. */
export function poison({ critical = true }: Critical = {}): Extension {
  return { id: EXTENSION.poison, critical, value: nothing() };
}

export function unknown(id: string, value: Uint8Array, { critical = false }: Critical = {}): Extension {
  return { id, critical, value };
}

/** A certificate transparency log that lives in memory. */
export interface Log {
  readonly key: KeyPair;
  /** SHA-256 of its key (RFC 6962 section 3.2). */
  readonly id: Uint8Array;
}

export function newLog(): Log {
  const key = newKey("ec");
  return { key, id: createHash("sha256").update(key.publicKeyInfo).digest() };
}

export interface Timestamped {
  readonly log: Log;
  readonly at: Date;
  /** Put in place of the one that the log signs. */
  readonly signature?: Uint8Array;
}

/** RFC 6962 section 3.3, over the certificate without this extension. */
export function signedCertificateTimestamps(list: readonly Timestamped[], { critical = false }: Critical = {}): Extension {
  return {
    id: EXTENSION.signedCertificateTimestamps,
    critical,
    value: ({ toBeSigned, issuerKey }) => {
      const issuer = createHash("sha256").update(issuerKey.publicKeyInfo).digest();
      return octetString(timestampList(list, Buffer.concat([bigEndian(PRECERTIFICATE_ENTRY, 2), issuer, vector(3, toBeSigned)])));
    },
  };
}

/** SignedCertificateTimestampList over a certificate as it is, as TLS and OCSP carry it. */
export function certificateTimestamps(list: readonly Timestamped[], der: Uint8Array): Uint8Array {
  return timestampList(list, Buffer.concat([bigEndian(CERTIFICATE_ENTRY, 2), vector(3, der)]));
}

/** Of an answer about a certificate (RFC 6962 section 3.3). */
export function ocspTimestamps(list: readonly Timestamped[], der: Uint8Array): Extension {
  return { id: EXTENSION.ocspTimestamps, critical: false, value: octetString(certificateTimestamps(list, der)) };
}

function timestampList(list: readonly Timestamped[], entry: Uint8Array): Uint8Array {
  return vector(2, ...list.map((one) => vector(2, timestamp(one, entry))));
}

function timestamp({ log, at, signature }: Timestamped, entry: Uint8Array): Uint8Array {
  const noExtensions = vector(2);
  const signed = [Uint8Array.of(SCT_VERSION_1, CERTIFICATE_TIMESTAMP), bigEndian(at.getTime(), 8), entry, noExtensions];
  return Buffer.concat([
    Uint8Array.of(SCT_VERSION_1),
    log.id,
    bigEndian(at.getTime(), 8),
    noExtensions,
    Uint8Array.of(...SHA256_WITH_ECDSA),
    vector(2, signature ?? signingWith(log.key).signature(Buffer.concat(signed))),
  ]);
}

/** A vector of variable length (RFC 8446 section 3.4). */
function vector(lengthBytes: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([bigEndian(content.length, lengthBytes), content]);
}

function bigEndian(value: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}

const SCT_VERSION_1 = 0;
const CERTIFICATE_TIMESTAMP = 0;
const CERTIFICATE_ENTRY = 0;
const PRECERTIFICATE_ENTRY = 1;
const SHA256_WITH_ECDSA = [4, 3] as const;

export interface IssuingPoint {
  readonly uris?: readonly string[];
  readonly onlyUserCertificates?: boolean;
  readonly onlyAuthorityCertificates?: boolean;
  readonly indirect?: boolean;
}

/** Of a CRL (RFC 5280 section 5.2.5). */
export function issuingDistributionPoint(point: IssuingPoint, { critical = true }: Critical = {}): Extension {
  const flag = (number: number, isSet: boolean | undefined) => (isSet ? [implicit(number, Uint8Array.of(0xff))] : []);
  const value = sequence(
    ...(point.uris === undefined ? [] : [distributionPointName({ uri: point.uris })]),
    ...flag(1, point.onlyUserCertificates),
    ...flag(2, point.onlyAuthorityCertificates),
    ...flag(4, point.indirect),
  );
  return { id: EXTENSION.issuingDistributionPoint, critical, value };
}

/** RFC 5280 section 5.2.3. */
export function crlNumber(number: number, { critical = false }: Critical = {}): Extension {
  return { id: EXTENSION.crlNumber, critical, value: integer(bigEndian(number, 6)) };
}

export const EXTENSION = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  issuingDistributionPoint: "2.5.29.28",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInformationAccess: "1.3.6.1.5.5.7.1.1",
  tlsFeature: "1.3.6.1.5.5.7.1.24",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
  signedCertificateTimestamps: "1.3.6.1.4.1.11129.2.4.2",
  ocspTimestamps: "1.3.6.1.4.1.11129.2.4.5",
  poison: "1.3.6.1.4.1.11129.2.4.3",
} as const;
