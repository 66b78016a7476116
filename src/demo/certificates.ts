import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { DAY } from "../model/instant.ts";
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from "./der.ts";

/** A certificate authority that lives in memory for as long as a demo or a test does. */
export interface Authority {
  readonly certificatePem: string;
  issue(request: CertificateRequest): IssuedCertificate;
}

export interface AuthorityOptions {
  readonly name?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

export interface CertificateRequest {
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  /** IPv4 in dotted form, IPv6 in any form that a URL may hold, without brackets. */
  readonly ipAddresses?: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hex digits; random when left out. */
  readonly serial?: string;
  readonly keyType?: KeyType;
  /** Of a key of type "ec"; P-256 when left out. In OpenSSL's words. */
  readonly curve?: string;
  /** Signed by its own key: no authority vouches for it. */
  readonly selfSigned?: boolean;
}
type KeyType = "ec" | "rsa";

export interface IssuedCertificate {
  /** The leaf alone. */
  readonly certificatePem: string;
  readonly keyPem: string;
  /** What a server sends. The authority is a root, which clients have: it stays out. */
  readonly chainPem: string;
}

/** Version 3 certificates in the profile of RFC 5280 section 4, signed with SHA-256. */
export function createAuthority(options: AuthorityOptions = {}): Authority {
  const name = options.name ?? "apirisk demo authority";
  const keys = newKeyPair("ec");
  const certificatePem = pem(
    certificate({
      subject: name,
      issuer: name,
      notBefore: options.notBefore ?? new Date(Date.now() - 365 * DAY),
      notAfter: options.notAfter ?? new Date(Date.now() + 3650 * DAY),
      serial: randomSerial(),
      subjectKey: keys.publicKey,
      signer: keys,
      extensions: authorityExtensions(keys.publicKey),
    }),
  );
  return {
    certificatePem,
    issue: (request) => issue(request, { name, keys, certificatePem }),
  };
}

interface Signer {
  readonly name: string;
  readonly keys: KeyPair;
  readonly certificatePem: string;
}

function issue(request: CertificateRequest, authority: Signer): IssuedCertificate {
  const keys = newKeyPair(request.keyType ?? "ec", request.curve);
  const subject = request.commonName ?? request.dnsNames?.[0] ?? request.ipAddresses?.[0] ?? "unnamed";
  const signer = request.selfSigned ? keys : authority.keys;
  const certificatePem = pem(
    certificate({
      subject,
      issuer: request.selfSigned ? subject : authority.name,
      notBefore: request.notBefore,
      notAfter: request.notAfter,
      serial: request.serial === undefined ? randomSerial() : Buffer.from(request.serial, "hex"),
      subjectKey: keys.publicKey,
      signer,
      extensions: leafExtensions(request, keys.publicKey, signer.publicKey),
    }),
  );
  return {
    certificatePem,
    keyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    chainPem: certificatePem,
  };
}

interface CertificateContent {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly serial: Uint8Array;
  readonly subjectKey: KeyObject;
  readonly signer: KeyPair;
  readonly extensions: readonly Uint8Array[];
}

/** RFC 5280 section 4.1. */
function certificate(content: CertificateContent): Uint8Array {
  const algorithm = signatureAlgorithm(content.signer.privateKey);
  const toBeSigned = sequence(
    explicit(0, integer(Uint8Array.of(VERSION_3))),
    integer(content.serial),
    algorithm,
    distinguishedName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.subject),
    publicKeyInfo(content.subjectKey),
    explicit(3, sequence(...content.extensions)),
  );
  return sequence(toBeSigned, algorithm, bitString(sign("sha256", toBeSigned, content.signer.privateKey)));
}

function authorityExtensions(key: KeyObject): readonly Uint8Array[] {
  return [
    extension(OID.basicConstraints, CRITICAL, sequence(boolean(true))),
    extension(OID.keyUsage, CRITICAL, bitString(Uint8Array.of(0b0000_0110), 1)), // keyCertSign, cRLSign
    extension(OID.subjectKeyIdentifier, USUAL, octetString(keyIdentifier(key))),
  ];
}

function leafExtensions(request: CertificateRequest, key: KeyObject, issuerKey: KeyObject): readonly Uint8Array[] {
  const names = [
    ...(request.dnsNames ?? []).map((name) => implicit(2, Buffer.from(name, "latin1"))),
    ...(request.ipAddresses ?? []).map((address) => implicit(7, addressBytes(address))),
  ];
  return [
    extension(OID.basicConstraints, CRITICAL, sequence()),
    extension(OID.keyUsage, CRITICAL, leafKeyUsage(key)),
    extension(OID.extendedKeyUsage, USUAL, sequence(objectIdentifier(OID.serverAuth))),
    extension(OID.subjectKeyIdentifier, USUAL, octetString(keyIdentifier(key))),
    extension(OID.authorityKeyIdentifier, USUAL, sequence(implicit(0, keyIdentifier(issuerKey)))),
    ...(names.length === 0 ? [] : [extension(OID.subjectAlternativeName, USUAL, sequence(...names))]),
  ];
}

/** digitalSignature; for RSA keyEncipherment too, which key exchange without forward secrecy needs. */
function leafKeyUsage(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === "rsa" ? bitString(Uint8Array.of(0b1010_0000), 5) : bitString(Uint8Array.of(0b1000_0000), 7);
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value));
}

function distinguishedName(commonName: string): Uint8Array {
  return sequence(set(sequence(objectIdentifier(OID.commonName), utf8String(commonName))));
}

function signatureAlgorithm(key: KeyObject): Uint8Array {
  return key.asymmetricKeyType === "rsa"
    ? sequence(objectIdentifier(OID.sha256WithRsa), nothing())
    : sequence(objectIdentifier(OID.ecdsaWithSha256));
}

/** SHA-1 over the key itself, without its algorithm (RFC 5280 section 4.2.1.2, method 1). */
function keyIdentifier(key: KeyObject): Uint8Array {
  const bits =
    key.asymmetricKeyType === "rsa" ? key.export({ type: "pkcs1", format: "der" }) : publicKeyInfo(key).subarray(-EC_P256_POINT_BYTES);
  return createHash("sha1").update(bits).digest();
}

function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: "spki", format: "der" });
}

/** iPAddress of RFC 5280 section 4.2.1.6: 4 or 16 bytes in network order. */
function addressBytes(address: string): Uint8Array {
  if (!address.includes(":")) return Uint8Array.from(address.split(".").map(Number));
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return Uint8Array.from(
    [...before, ...gap, ...after].flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function newKeyPair(type: KeyType, namedCurve = "P-256"): KeyPair {
  return type === "rsa" ? generateKeyPairSync("rsa", { modulusLength: 2048 }) : generateKeyPairSync("ec", { namedCurve });
}

/** 127 random bits, never negative (RFC 5280 section 4.1.2.2 asks for at most 20 bytes). */
function randomSerial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

const VERSION_3 = 2;
const CRITICAL = true;
const USUAL = false;
const EC_P256_POINT_BYTES = 65;

const OID = {
  commonName: "2.5.4.3",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAlternativeName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  sha256WithRsa: "1.2.840.113549.1.1.11",
} as const;
