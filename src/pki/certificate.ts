import { createHash } from "node:crypto";
import {
  constructed,
  DerError,
  DerReader,
  primitive,
  read,
  readBitString,
  readInteger,
  readObjectIdentifier,
  readSmallInteger,
  readTime,
  TAG,
} from "./der.ts";
import { NO_EXTENSIONS, type ReadExtensions, readExtensions } from "./extensions.ts";
import { type Name, readName } from "./name.ts";

/** A certificate as it stands (RFC 5280 section 4.1). Its names are from outside: not cleaned. */
export interface Certificate extends Signed {
  readonly der: Uint8Array;
  /** Of the DER, in hexadecimal. */
  readonly sha256: string;
  readonly version: 1 | 2 | 3;
  /** Content of the INTEGER: two's complement. */
  readonly serial: Uint8Array;
  readonly issuer: Name;
  readonly subject: Name;
  /** Epoch milliseconds, both inclusive (RFC 5280 section 4.1.2.5). */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly key: PublicKey;
  readonly extensions: ReadExtensions;
}

/** What somebody put a signature under. */
export interface Signed {
  /** The octets that were signed. */
  readonly signed: Uint8Array;
  readonly algorithm: Algorithm;
  /** The same, as the signed part says it: has to be equal (RFC 5280 section 4.1.1.2). */
  readonly innerAlgorithm: Algorithm;
  readonly signature: Uint8Array;
}

export interface Algorithm {
  /** Dotted decimal. */
  readonly id: string;
  readonly raw: Uint8Array;
  /** Element after the identifier, with its tag. */
  readonly parameters?: Uint8Array;
}

export interface PublicKey {
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array;
  readonly algorithm: Algorithm;
  /** Content of the BIT STRING. */
  readonly bits: Uint8Array;
}

/** Undefined for what is no certificate. `der` is hostile. */
export function parseCertificate(der: Uint8Array): Certificate | undefined {
  return read(() => certificate(der));
}

/** The key alone, of a certificate of which the rest need not make sense. */
export function publicKeyOf(der: Uint8Array): PublicKey | undefined {
  return read(() => {
    const body = new DerReader(der).read(TAG.sequence, "certificate").read(TAG.sequence, "tbsCertificate");
    body.optional(constructed(0), "version");
    for (const field of ["serialNumber", "signature", "issuer", "validity", "subject"]) body.next(field);
    return publicKey(body);
  });
}

export function readAlgorithm(reader: DerReader, field: string): Algorithm {
  const { tag, raw, content } = reader.next(field);
  if (tag !== TAG.sequence) throw new DerError(field);
  const id = readObjectIdentifier(content.read(TAG.objectIdentifier, field), field);
  if (content.isDone) return { id, raw };
  const parameters = content.next(field).raw;
  content.end(field);
  return { id, raw, parameters };
}

/** BIT STRING of whole octets. */
export function readOctets(reader: DerReader, field: string): Uint8Array {
  const { octets, unused } = readBitString(reader.read(TAG.bitString, field), field);
  if (unused !== 0) throw new DerError(field);
  return octets;
}

function certificate(der: Uint8Array): Certificate {
  const whole = new DerReader(der);
  const outer = whole.read(TAG.sequence, "certificate");
  whole.end("certificate");
  const body = outer.next("tbsCertificate");
  if (body.tag !== TAG.sequence) throw new DerError("tbsCertificate");
  const algorithm = readAlgorithm(outer, "signatureAlgorithm");
  const signature = readOctets(outer, "signatureValue");
  outer.end("certificate");
  return {
    der,
    sha256: createHash("sha256").update(der).digest("hex"),
    signed: body.raw,
    algorithm,
    signature,
    ...bodyOf(body.content),
  };
}

function bodyOf(body: DerReader): Omit<Certificate, "der" | "sha256" | "signed" | "algorithm" | "signature"> {
  const version = versionOf(body.optional(constructed(0), "version"));
  const serial = readInteger(body.read(TAG.integer, "serialNumber"), "serialNumber");
  const innerAlgorithm = readAlgorithm(body, "signature");
  const issuer = readName(body, "issuer");
  const validity = body.read(TAG.sequence, "validity");
  const notBefore = readTime(validity, "notBefore");
  const notAfter = readTime(validity, "notAfter");
  validity.end("validity");
  const subject = readName(body, "subject");
  const key = publicKey(body);
  if (version !== 1) for (const unique of [1, 2]) body.optional(primitive(unique), "uniqueID");
  const more = version === 3 ? body.optional(constructed(3), "extensions") : undefined;
  const extensions = more === undefined ? NO_EXTENSIONS : readExtensions(more);
  body.end("tbsCertificate");
  return { version, serial, innerAlgorithm, issuer, notBefore, notAfter, subject, key, extensions };
}

/** Version 1 is the default, which DER leaves out (X.690 section 11.5). */
function versionOf(reader: DerReader | undefined): Certificate["version"] {
  if (reader === undefined) return 1;
  const number = readSmallInteger(reader.read(TAG.integer, "version"), "version");
  reader.end("version");
  if (number !== 1 && number !== 2) throw new DerError("version");
  return number === 1 ? 2 : 3;
}

function publicKey(body: DerReader): PublicKey {
  const { tag, raw, content } = body.next("subjectPublicKeyInfo");
  if (tag !== TAG.sequence) throw new DerError("subjectPublicKeyInfo");
  const algorithm = readAlgorithm(content, "algorithm");
  const bits = readOctets(content, "subjectPublicKey");
  content.end("subjectPublicKeyInfo");
  return { spki: raw, algorithm, bits };
}
