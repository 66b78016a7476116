import { createHash } from "node:crypto";
import { type Algorithm, readAlgorithm, readOctets, type Signed } from "./certificate.ts";
import { constructed, DerError, DerReader, primitive, read, readObjectIdentifier, readSmallInteger, readTime, TAG } from "./der.ts";
import { readExtension } from "./extensions.ts";
import { type Name, readName } from "./name.ts";
import { type Period, type RevocationReason, reasonOf } from "./revocation.ts";

/** RFC 6960 section 4.2.1. */
export type OcspResponse = { readonly status: OcspError } | ({ readonly status: "successful" } & OcspAnswers);

export type OcspError = "malformed-request" | "internal-error" | "try-later" | "signature-required" | "unauthorized";

export interface OcspAnswers extends Omit<Signed, "innerAlgorithm"> {
  /** Who says that he signed it. */
  readonly responder: ResponderId;
  /** Epoch milliseconds. */
  readonly producedAt: number;
  readonly answers: readonly OcspAnswer[];
  /** In DER, as they were sent along: not believed yet. */
  readonly certificates: readonly Uint8Array[];
  /** Object identifiers of critical extensions, none of which we know. */
  readonly critical: readonly string[];
}

/** By name, or by the SHA-1 of the key's bits. */
export type ResponderId = { readonly kind: "name"; readonly name: Name } | { readonly kind: "key"; readonly sha1: Uint8Array };

/** About one certificate. */
export interface OcspAnswer extends Period {
  readonly id: CertificateId;
  readonly state:
    | { readonly kind: "good" | "unknown" }
    | { readonly kind: "revoked"; readonly at: number; readonly reason?: RevocationReason };
  readonly critical: readonly string[];
  /** SignedCertificateTimestampList, as TLS has it (RFC 6962 section 3.3). */
  readonly timestamps?: Uint8Array;
}

/** How requests and answers call a certificate (RFC 6960 section 4.1.1). */
export interface CertificateId {
  /** Undefined for one that we do not compute. */
  readonly hash: IdHash | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content of the INTEGER as it was sent, padded or not. */
  readonly serial: Uint8Array;
}

export type IdHash = "sha1" | "sha256" | "sha384" | "sha512";

/** Undefined for what is no response. `der` is hostile. */
export function parseOcspResponse(der: Uint8Array): OcspResponse | undefined {
  return der.length > LONGEST_RESPONSE ? undefined : read(() => response(der));
}

/** For comparing with a `CertificateId`, and for asking. */
export function idHashOf(hash: IdHash, bytes: Uint8Array): Uint8Array {
  return createHash(hash).update(bytes).digest();
}

function response(der: Uint8Array): OcspResponse {
  const whole = new DerReader(der);
  const outer = whole.read(TAG.sequence, "OCSPResponse");
  whole.end("OCSPResponse");
  const status = readSmallInteger(outer.read(TAG.enumerated, "responseStatus"), "responseStatus");
  const bytes = outer.optional(constructed(0), "responseBytes")?.read(TAG.sequence, "responseBytes");
  outer.end("OCSPResponse");
  const error = ERRORS[status];
  if (error !== undefined) return { status: error };
  if (status !== SUCCESSFUL || bytes === undefined) throw new DerError("responseStatus");
  if (readObjectIdentifier(bytes.read(TAG.objectIdentifier, "responseType"), "responseType") !== BASIC) throw new DerError("responseType");
  const basic = new DerReader(bytes.read(TAG.octetString, "response").rest());
  bytes.end("responseBytes");
  const answers = basicResponse(basic.read(TAG.sequence, "BasicOCSPResponse"));
  basic.end("BasicOCSPResponse");
  return { status: "successful", ...answers };
}

function basicResponse(basic: DerReader): OcspAnswers {
  const { tag, raw, content } = basic.next("tbsResponseData");
  if (tag !== TAG.sequence) throw new DerError("tbsResponseData");
  const algorithm: Algorithm = readAlgorithm(basic, "signatureAlgorithm");
  const signature = readOctets(basic, "signature");
  const list = basic.optional(constructed(0), "certs")?.read(TAG.sequence, "certs");
  basic.end("BasicOCSPResponse");
  const certificates = list === undefined ? [] : elements(list, MOST_CERTIFICATES, () => list.next("cert").raw);
  return { signed: raw, algorithm, signature, certificates, ...responseData(content) };
}

function responseData(data: DerReader): Pick<OcspAnswers, "responder" | "producedAt" | "answers" | "critical"> {
  const version = data.optional(constructed(0), "version");
  if (version !== undefined && readSmallInteger(version.read(TAG.integer, "version"), "version") !== 0) throw new DerError("version");
  const responder = responderId(data);
  const producedAt = readTime(data, "producedAt");
  const list = data.read(TAG.sequence, "responses");
  const answers = elements(list, MOST_ANSWERS, () => answer(list.read(TAG.sequence, "singleResponse")));
  const { critical } = extensions(data);
  data.end("tbsResponseData");
  return { responder, producedAt, answers, critical };
}

function responderId(data: DerReader): ResponderId {
  const byName = data.optional(constructed(1), "byName");
  if (byName !== undefined) return { kind: "name", name: readName(byName, "byName") };
  return { kind: "key", sha1: data.read(constructed(2), "byKey").read(TAG.octetString, "byKey").rest() };
}

function answer(single: DerReader): OcspAnswer {
  const id = certificateId(single.read(TAG.sequence, "certID"));
  const state = certificateState(single);
  const thisUpdate = readTime(single, "thisUpdate");
  const next = single.optional(constructed(0), "nextUpdate");
  const nextUpdate = next === undefined ? {} : { nextUpdate: readTime(next, "nextUpdate") };
  const more = extensions(single);
  single.end("singleResponse");
  return { id, state, thisUpdate, ...nextUpdate, ...more };
}

function certificateId(id: DerReader): CertificateId {
  const hash = ID_HASHES[readAlgorithm(id, "hashAlgorithm").id];
  const issuerNameHash = id.read(TAG.octetString, "issuerNameHash").rest();
  const issuerKeyHash = id.read(TAG.octetString, "issuerKeyHash").rest();
  const serial = id.read(TAG.integer, "serialNumber").rest();
  id.end("certID");
  return { hash, issuerNameHash, issuerKeyHash, serial };
}

function certificateState(single: DerReader): OcspAnswer["state"] {
  const { tag, content } = single.next("certStatus");
  const kind = STATES[tag];
  if (kind === undefined) throw new DerError("certStatus");
  if (kind !== "revoked") {
    content.end("certStatus");
    return { kind };
  }
  const at = readTime(content, "revocationTime");
  const given = content.optional(constructed(0), "revocationReason");
  content.end("revokedInfo");
  const reason = given === undefined ? undefined : reasonOf(readSmallInteger(given.read(TAG.enumerated, "reason"), "reason"));
  return { kind, at, ...(reason !== undefined && { reason }) };
}

/** [1] of the data, and of each answer. */
function extensions(reader: DerReader): Pick<OcspAnswer, "critical" | "timestamps"> {
  const list = reader.optional(constructed(1), "extensions")?.read(TAG.sequence, "extensions");
  if (list === undefined) return { critical: [] };
  const all = elements(list, MOST_EXTENSIONS, () => readExtension(list));
  const found = all.find(({ id }) => id === TIMESTAMPS);
  const timestamps = found === undefined ? undefined : read(() => new DerReader(found.value).read(TAG.octetString, "timestamps").rest());
  return { critical: all.flatMap(({ id, isCritical }) => (isCritical ? [id] : [])), ...(timestamps !== undefined && { timestamps }) };
}

function elements<T>(list: DerReader, most: number, next: () => T): readonly T[] {
  const found: T[] = [];
  while (!list.isDone) {
    if (found.length === most) throw new DerError("too many elements");
    found.push(next());
  }
  return found;
}

const SUCCESSFUL = 0;
const ERRORS: Readonly<Record<number, OcspError>> = {
  1: "malformed-request",
  2: "internal-error",
  3: "try-later",
  5: "signature-required",
  6: "unauthorized",
};
const STATES: Readonly<Record<number, OcspAnswer["state"]["kind"]>> = {
  [primitive(0)]: "good",
  [constructed(1)]: "revoked",
  [primitive(2)]: "unknown",
};
const ID_HASHES: Readonly<Record<string, IdHash>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
/** id-pkix-ocsp-basic. */
const BASIC = "1.3.6.1.5.5.7.48.1.1";
/** RFC 6962 section 3.3: unlike the one of certificates. */
const TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.5";
/** Those of public authorities have half a kilobyte to two, one answer and at most one certificate. */
const LONGEST_RESPONSE = 65_536;
const MOST_ANSWERS = 100;
const MOST_CERTIFICATES = 8;
const MOST_EXTENSIONS = 32;
