import { createHash } from "node:crypto";
import { explicit, implicit, integer, nothing, objectIdentifier, octetString, sequence, time } from "../../../src/demo/der.ts";
import { enumerated, generalizedTimeOf, implicitConstructed, rawInteger } from "./certificate-der.ts";
import type { Extension } from "./certificate-extensions.ts";
import { encodedExtension, type Issuer, type Made, pem } from "./certificate-factory.ts";
import { type Digest, type KeyPair, keyBitsOf, keyIdentifierOf, type SignatureOptions, signed, signingWith } from "./certificate-keys.ts";

/** RFC 5280 section 5.3.1. */
const REASON = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  removeFromCRL: 8,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;
export type Reason = keyof typeof REASON;

export interface Answer {
  /** The certificate, or a serial that is in none. */
  readonly of: Pick<Made, "serial">;
  readonly status: "good" | "unknown" | { readonly revokedAt: Date; readonly reason?: Reason };
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  /** Of the issuer in the CertID; SHA-1 unless given. */
  readonly hash?: "sha1" | "sha256";
  /** Put in place of the issuer in the CertID. */
  readonly issuer?: Issuer;
  readonly extensions?: readonly Extension[];
}

export interface OcspOptions extends SignatureOptions {
  readonly issuer: Issuer;
  readonly answers: readonly Answer[];
  /** A delegated responder; the issuer where there is none. */
  readonly responder?: Issuer;
  readonly responderId?: "byKey" | "byName";
  /** Put in place of the responder's key. */
  readonly signWith?: KeyPair;
  readonly certificates?: readonly Made[];
  readonly producedAt?: Date;
  readonly extensions?: readonly Extension[];
  readonly breakToBeSigned?: (toBeSigned: Uint8Array) => Uint8Array;
}

/** RFC 6960 section 4.2.1. */
export function makeOcspResponse(options: OcspOptions): Uint8Array {
  const responder = options.responder ?? options.issuer;
  const data = sequence(
    responderId(responder, options.responderId ?? "byKey"),
    generalizedTimeOf(options.producedAt ?? options.answers[0]?.thisUpdate ?? new Date()),
    sequence(...options.answers.map((answer) => singleResponse(answer, options.issuer))),
    extensionsAt(1, options.extensions),
  );
  const certificates = (options.certificates ?? []).map(({ der }) => der);
  const basic = signed(
    options.breakToBeSigned?.(data) ?? data,
    signingWith(options.signWith ?? responder.key, options),
    certificates.length === 0 ? [] : [explicit(0, sequence(...certificates))],
  );
  return sequence(enumerated(SUCCESSFUL), explicit(0, sequence(objectIdentifier(OCSP_BASIC), octetString(basic))));
}

/** RFC 6960 section 4.2.1: 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized. */
export function makeOcspError(status: 1 | 2 | 3 | 5 | 6): Uint8Array {
  return sequence(enumerated(status));
}

function responderId(responder: Issuer, way: "byKey" | "byName"): Uint8Array {
  return way === "byName" ? explicit(1, responder.name) : explicit(2, octetString(keyIdentifierOf(responder.key)));
}

function singleResponse(answer: Answer, issuer: Issuer): Uint8Array {
  return sequence(
    certificateId(answer, answer.issuer ?? issuer),
    certificateStatus(answer.status),
    generalizedTimeOf(answer.thisUpdate),
    ...(answer.nextUpdate === undefined ? [] : [explicit(0, generalizedTimeOf(answer.nextUpdate))]),
    extensionsAt(1, answer.extensions),
  );
}

/** RFC 6960 section 4.1.1. */
function certificateId({ of, hash = "sha1" }: Answer, issuer: Issuer): Uint8Array {
  const digest = (bytes: Uint8Array) => octetString(createHash(hash).update(bytes).digest());
  return sequence(
    sequence(objectIdentifier(HASH[hash]), nothing()),
    digest(issuer.name),
    digest(keyBitsOf(issuer.key)),
    rawInteger(of.serial),
  );
}

function certificateStatus(status: Answer["status"]): Uint8Array {
  if (status === "good") return implicit(0, new Uint8Array());
  if (status === "unknown") return implicit(2, new Uint8Array());
  const reason = status.reason === undefined ? [] : [explicit(0, enumerated(REASON[status.reason]))];
  return implicitConstructed(1, generalizedTimeOf(status.revokedAt), ...reason);
}

function extensionsAt(number: number, extensions: readonly Extension[] = []): Uint8Array {
  return extensions.length === 0 ? new Uint8Array() : explicit(number, extensionSequence(extensions));
}

function extensionSequence(extensions: readonly Extension[]): Uint8Array {
  return sequence(...extensions.map((extension) => encodedExtension(extension)));
}

export interface Revoked {
  /** The octets as they are, leading zeros too. */
  readonly serial: Uint8Array;
  readonly at: Date;
  readonly reason?: Reason;
  readonly extensions?: readonly Extension[];
}

export interface CrlOptions extends SignatureOptions {
  readonly issuer: Issuer;
  /** Put in place of the issuer's key. */
  readonly signWith?: KeyPair;
  readonly revoked?: readonly Revoked[];
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly version?: 1 | 2;
  readonly extensions?: readonly Extension[];
  readonly breakToBeSigned?: (toBeSigned: Uint8Array) => Uint8Array;
}

export interface MadeCrl {
  readonly der: Uint8Array;
  readonly pem: string;
}

/** RFC 5280 section 5.1. */
export function makeCrl({ version = 2, revoked = [], ...options }: CrlOptions): MadeCrl {
  const signing = signingWith(options.signWith ?? options.issuer.key, options);
  const list = sequence(
    ...(version === 1 ? [] : [integer(Uint8Array.of(version - 1))]),
    signing.algorithm,
    options.issuer.name,
    time(options.thisUpdate),
    ...(options.nextUpdate === undefined ? [] : [time(options.nextUpdate)]),
    ...(revoked.length === 0 ? [] : [sequence(...revoked.map(entry))]),
    extensionsAt(0, options.extensions),
  );
  const der = signed(options.breakToBeSigned?.(list) ?? list, signing);
  return { der, pem: pem("X509 CRL", der) };
}

function entry({ serial, at, reason, extensions = [] }: Revoked): Uint8Array {
  const own = reason === undefined ? [] : [{ id: "2.5.29.21", critical: false, value: enumerated(REASON[reason]) }];
  const all = [...own, ...extensions];
  return sequence(rawInteger(serial), time(at), ...(all.length === 0 ? [] : [extensionSequence(all)]));
}

const SUCCESSFUL = 0;
const OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
const HASH: Readonly<Record<Extract<Digest, "sha1" | "sha256">, string>> = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1" };
