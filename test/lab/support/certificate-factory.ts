import { randomBytes } from "node:crypto";
import { boolean, explicit, integer, objectIdentifier, octetString, sequence, time } from "../../../src/demo/der.ts";
import { DAY } from "../../../src/model/instant.ts";
import { contentOf, partsOf, rawInteger } from "./certificate-der.ts";
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  certificatePolicies,
  crlDistributionPoints,
  type Extension,
  extendedKeyUsage,
  keyUsage,
  ocspNoCheck,
  type Precertificate,
  poison,
  subjectAltName,
  subjectKeyIdentifier,
} from "./certificate-extensions.ts";
import { type Digest, type KeyPair, newKey, signed, signingWith } from "./certificate-keys.ts";
import { encodedName, type GeneralNames, type Name } from "./certificate-names.ts";

/** Any certificate, right or wrong. What is left out is as RFC 5280 section 4.1 has it. */
export interface CertificateOptions {
  readonly subject?: Name;
  /** Who signs it; itself where there is none. */
  readonly issuer?: Issuer | undefined;
  /** Put in place of the issuer's name. */
  readonly issuerName?: Name;
  readonly key?: KeyPair;
  /** Put in place of the issuer's key. */
  readonly signWith?: KeyPair;
  /** The octets as they are. */
  readonly serial?: Uint8Array;
  /** A Date, or an encoded Time. */
  readonly notBefore?: Moment;
  readonly notAfter?: Moment;
  readonly version?: 1 | 2 | 3;
  readonly digest?: Digest;
  readonly pss?: boolean;
  /** The algorithm beside the signature, unlike the one within. */
  readonly outerAlgorithm?: Uint8Array;
  /** In this order; an encoded one goes in as it is. None at all leaves the list out. */
  readonly extensions?: readonly (Extension | Uint8Array)[];
  /** Before it is signed. */
  readonly breakToBeSigned?: (toBeSigned: Uint8Array) => Uint8Array;
  /** After it is signed. */
  readonly breakDer?: (der: Uint8Array) => Uint8Array;
}
export type Moment = Date | Uint8Array;
export type Issuer = Pick<Made, "name" | "key">;

export interface Made {
  readonly der: Uint8Array;
  readonly pem: string;
  readonly key: KeyPair;
  /** The encoded subject. */
  readonly name: Uint8Array;
  readonly serial: Uint8Array;
}

export function makeCertificate(options: CertificateOptions = {}): Made {
  const key = options.key ?? newKey();
  const name = encodedName(options.subject ?? "unnamed");
  const serial = options.serial ?? randomSerial();
  const issuer = options.issuer ?? { name, key };
  const signing = signingWith(options.signWith ?? issuer.key, options);
  const fields = (extensions: Uint8Array) =>
    sequence(
      ...(options.version === 1 ? [] : [explicit(0, integer(Uint8Array.of((options.version ?? 3) - 1)))]),
      rawInteger(serial),
      signing.algorithm,
      options.issuerName === undefined ? issuer.name : encodedName(options.issuerName),
      sequence(moment(options.notBefore ?? daysFrom(new Date(), -20)), moment(options.notAfter ?? daysFrom(new Date(), 70))),
      name,
      key.publicKeyInfo,
      extensions,
    );
  const extensions = options.extensions ?? [];
  const toBeSigned = fields(
    extensionList(extensions, { toBeSigned: fields(extensionList(extensions.filter(isFixed))), issuerKey: issuer.key }),
  );
  const signable = options.breakToBeSigned?.(toBeSigned) ?? toBeSigned;
  const whole = signed(signable, signing);
  const mixed = options.outerAlgorithm === undefined ? whole : withOuterAlgorithm(whole, options.outerAlgorithm);
  const der = options.breakDer?.(mixed) ?? mixed;
  return { der, pem: pem("CERTIFICATE", der), key, name, serial };
}

function moment(at: Moment): Uint8Array {
  return at instanceof Date ? time(at) : at;
}

function isFixed(extension: Extension | Uint8Array): boolean {
  return extension instanceof Uint8Array || extension.value instanceof Uint8Array;
}

function extensionList(extensions: readonly (Extension | Uint8Array)[], precertificate?: Precertificate): Uint8Array {
  if (extensions.length === 0) return new Uint8Array();
  return explicit(3, sequence(...extensions.map((extension) => encodedExtension(extension, precertificate))));
}

export function encodedExtension(extension: Extension | Uint8Array, precertificate?: Precertificate): Uint8Array {
  if (extension instanceof Uint8Array) return extension;
  const { id, critical, value } = extension;
  const made = value instanceof Uint8Array ? value : precertificate === undefined ? new Uint8Array() : value(precertificate);
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(made));
}

function withOuterAlgorithm(der: Uint8Array, algorithm: Uint8Array): Uint8Array {
  const [toBeSigned, , signature] = partsOf(contentOf(der)).map(({ whole }) => whole);
  return sequence(...[toBeSigned, algorithm, signature].filter((part) => part !== undefined));
}

/** 127 random bits, never negative (RFC 5280 section 4.1.2.2 asks for at most 20 octets). */
function randomSerial(): Uint8Array {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x7f) | 0x40;
  return octets;
}

/** RFC 7468 section 2. */
export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** A preset is right until something is changed. */
export interface PresetOptions extends Omit<CertificateOptions, "extensions" | "issuer"> {
  /** What its dates are counted from; now unless given. */
  readonly at?: Date;
  /** Each in place of the preset's own of that kind, or added at the end. */
  readonly with?: readonly Extension[];
  /** By identifier, as in EXTENSION. */
  readonly without?: readonly string[];
}

export interface AuthorityPresetOptions extends PresetOptions {
  readonly pathLen?: number;
}

/** CA/Browser Forum Baseline Requirements section 7.1.2.1. */
export function rootAuthority(options: AuthorityPresetOptions = {}): Made {
  const key = options.key ?? newKey();
  return preset({ ...authorityDefaults(options), key, days: [-365, 9 * 365], subject: options.subject ?? "test root" }, [
    basicConstraints({ ca: true, ...pathLengthOf(options) }),
    keyUsage(["keyCertSign", "cRLSign"]),
    subjectKeyIdentifier(key),
  ]);
}

/** Baseline Requirements section 7.1.2.6. */
export function intermediate(parent: Issuer, options: AuthorityPresetOptions = {}): Made {
  const key = options.key ?? newKey();
  return preset(
    { ...authorityDefaults(options), key, issuer: parent, days: [-180, 5 * 365], subject: options.subject ?? "test intermediate" },
    [
      authorityInformationAccess({ caIssuers: ["http://ca.example/root.cer"] }),
      authorityKeyIdentifier({ key: parent.key }),
      basicConstraints({ ca: true, ...pathLengthOf(options) }),
      certificatePolicies([DOMAIN_VALIDATED]),
      crlDistributionPoints(["http://crl.example/root.crl"]),
      extendedKeyUsage(["serverAuth", "clientAuth"]),
      keyUsage(["digitalSignature", "keyCertSign", "cRLSign"]),
      subjectKeyIdentifier(key),
    ],
  );
}

function authorityDefaults({ pathLen: _, ...options }: AuthorityPresetOptions): PresetOptions {
  return options;
}

function pathLengthOf({ pathLen }: AuthorityPresetOptions): { readonly pathLen?: number } {
  return pathLen === undefined ? {} : { pathLen };
}

export interface LeafOptions extends PresetOptions {
  readonly dns?: readonly string[];
  readonly ip?: readonly string[];
  /** Put in place of `dns` and `ip`. */
  readonly names?: GeneralNames;
}

/** Baseline Requirements section 7.1.2.7: domain validated, for 90 days. */
export function serverLeaf(parent: Issuer, { dns, ip, names, ...options }: LeafOptions = {}): Made {
  const key = options.key ?? newKey();
  const own = names ?? { dns: dns ?? (ip === undefined ? ["api.acme.example"] : []), ip: ip ?? [] };
  const first = own.dns?.[0];
  const subject = options.subject ?? (first === undefined ? [] : first.slice(0, LONGEST_COMMON_NAME));
  return preset({ ...options, key, issuer: parent, days: [-20, 70], subject }, [
    authorityInformationAccess({ ocsp: ["http://ocsp.example/"], caIssuers: ["http://ca.example/intermediate.cer"] }),
    authorityKeyIdentifier({ key: parent.key }),
    certificatePolicies([DOMAIN_VALIDATED]),
    crlDistributionPoints(["http://crl.example/intermediate.crl"]),
    extendedKeyUsage(["serverAuth"]),
    keyUsage(["digitalSignature"]),
    subjectAltName(own, { critical: isEmptyName(subject) }),
  ]);
}

/** A certificate that a log has not answered for yet (RFC 6962 section 3.1). */
export function precertificate(parent: Issuer, options: LeafOptions = {}): Made {
  return serverLeaf(parent, { ...options, with: [...(options.with ?? []), poison()] });
}

/** It answers for its parent (RFC 6960 section 4.2.2.2). */
export function ocspResponder(parent: Issuer, options: PresetOptions = {}): Made {
  return preset({ ...options, issuer: parent, days: [-10, 20], subject: options.subject ?? "test responder" }, [
    authorityKeyIdentifier({ key: parent.key }),
    extendedKeyUsage(["ocspSigning"]),
    keyUsage(["digitalSignature"]),
    ocspNoCheck(),
  ]);
}

type Preset = PresetOptions & Pick<CertificateOptions, "issuer"> & { readonly days: readonly [number, number] };

function preset({ at = new Date(), days, with: added = [], without = [], ...options }: Preset, usual: readonly Extension[]): Made {
  const changed = new Set([...without, ...added.map(({ id }) => id)]);
  const kept = usual.filter(({ id }) => !changed.has(id));
  return makeCertificate({
    notBefore: daysFrom(at, days[0]),
    notAfter: daysFrom(at, days[1]),
    ...options,
    extensions: [...kept, ...added],
  });
}

function isEmptyName(name: Name): boolean {
  return contentOf(encodedName(name)).length === 0;
}

export function daysFrom(at: Date, days: number): Date {
  return new Date(at.getTime() + days * DAY);
}

/** RFC 5280 appendix A.1, ub-common-name. */
const LONGEST_COMMON_NAME = 64;
/** Baseline Requirements section 7.1.6.1. */
const DOMAIN_VALIDATED = "2.23.140.1.2.1";
