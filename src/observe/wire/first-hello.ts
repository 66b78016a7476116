import { encodeClientHello } from "./client-hello.ts";
import { EXTENSION, type Extension } from "./extension.ts";
import { encodeHandshake, HANDSHAKE_TYPE } from "./handshake.ts";
import { encodeRecord, RECORD_TYPE } from "./record.ts";
import { suitesFor } from "./suites.ts";
import { type RecordVersion, versionCode } from "./version.ts";
import { ByteWriter } from "./writer.ts";

export interface FirstHello {
  /** Offered alone: whoever answers with a ServerHello says what he chose instead. */
  readonly version: RecordVersion;
  /** Host name without a trailing dot; undefined for an address (RFC 6066 section 3). */
  readonly serverName?: string;
  /** 32 fresh octets. */
  readonly random: Uint8Array;
  /** 32 fresh octets; sent with TLS 1.3 only, for middleboxes (RFC 8446 appendix D.4). */
  readonly sessionId: Uint8Array;
  /** A fresh X25519 public key, 32 octets; sent with TLS 1.3 only. */
  readonly x25519: Uint8Array;
}

/** The record that opens a handshake, in a shape that old and odd servers survive. To be written in one piece. */
export function firstHelloRecord(hello: FirstHello): Uint8Array {
  const plain = handshake(hello, extensionsOf(hello));
  const padding = paddingFor(plain.length);
  const payload = padding === undefined ? plain : handshake(hello, [...extensionsOf(hello), padding]);
  return encodeRecord({ type: RECORD_TYPE.handshake, version: recordVersion(hello.version), payload });
}

function handshake(hello: FirstHello, extensions: readonly Extension[]): Uint8Array {
  const body = encodeClientHello({
    version: Math.min(versionCode(hello.version), versionCode("TLS 1.2")),
    random: hello.random,
    sessionId: hello.version === "TLS 1.3" ? hello.sessionId : new Uint8Array(),
    cipherSuites: suitesFor(hello.version),
    ...(extensions.length === 0 ? {} : { extensions }),
  });
  return encodeHandshake({ type: HANDSHAKE_TYPE.clientHello, body });
}

/** RFC 8446 section 5.1: a first record says TLS 1.0, so that old parsers read on. */
function recordVersion(version: RecordVersion): number {
  return version === "SSL 3.0" ? versionCode("SSL 3.0") : versionCode("TLS 1.0");
}

/** The last one is not empty: some servers drop a hello that ends in an empty extension. SSL 3.0 knows none. */
function extensionsOf(hello: FirstHello): readonly Extension[] {
  if (hello.version === "SSL 3.0") return [];
  const name = hello.serverName === undefined ? [] : [serverName(hello.serverName)];
  const common = [...name, { type: EXTENSION.extendedMasterSecret, data: new Uint8Array() }, ecPointFormats()];
  if (hello.version === "TLS 1.3") {
    return [...name, keyShare(hello.x25519), pskKeyExchangeModes(), supportedVersions(), signatureAlgorithms(), supportedGroups(GROUPS_13)];
  }
  // RFC 5246 section 7.4.1.4.1: not offered by clients of earlier versions.
  const signatures = hello.version === "TLS 1.2" ? [signatureAlgorithms()] : [];
  return [...common, ...signatures, supportedGroups(GROUPS_12)];
}

function serverName(name: string): Extension {
  return extension(EXTENSION.serverName, (data) =>
    data.vector(2, (list) => list.uint(1, 0).vector(2, (host) => host.bytes(Buffer.from(name, "latin1")))),
  );
}

function ecPointFormats(): Extension {
  return extension(EXTENSION.ecPointFormats, (data) => data.vector(1, (list) => list.uint(1, 0)));
}

function supportedGroups(groups: readonly number[]): Extension {
  return extension(EXTENSION.supportedGroups, (data) => data.vector(2, (list) => eachUint16(list, groups)));
}

function signatureAlgorithms(): Extension {
  return extension(EXTENSION.signatureAlgorithms, (data) => data.vector(2, (list) => eachUint16(list, SIGNATURE_SCHEMES)));
}

function supportedVersions(): Extension {
  return extension(EXTENSION.supportedVersions, (data) => data.vector(1, (list) => list.uint(2, versionCode("TLS 1.3"))));
}

/** psk_dhe_ke. One server was seen to fail without it. */
function pskKeyExchangeModes(): Extension {
  return extension(EXTENSION.pskKeyExchangeModes, (data) => data.vector(1, (list) => list.uint(1, 1)));
}

function keyShare(publicKey: Uint8Array): Extension {
  return extension(EXTENSION.keyShare, (data) =>
    data.vector(2, (shares) => shares.uint(2, X25519).vector(2, (key) => key.bytes(publicKey))),
  );
}

/** RFC 7685: some servers hang on hellos of 256 to 511 octets. */
function paddingFor(length: number): Extension | undefined {
  if (length < 256 || length > 511) return undefined;
  return { type: EXTENSION.padding, data: new Uint8Array(Math.max(512 - length - EXTENSION_HEADER, 1)) };
}

function extension(type: number, write: (data: ByteWriter) => void): Extension {
  const data = new ByteWriter();
  write(data);
  return { type, data: data.finish() };
}

function eachUint16(list: ByteWriter, values: readonly number[]): void {
  for (const value of values) list.uint(2, value);
}

const EXTENSION_HEADER = 4;
const X25519 = 0x001d;

/** NIST, X25519, X448, secp256k1 and Brainpool curves, so that a certificate on a rare one is not refused (RFC 8422, 7027). */
const GROUPS_12 = [X25519, 0x0017, 0x0018, 0x0019, 0x001e, 0x001a, 0x001b, 0x001c, 0x0016];

/** Those of TLS 1.3, the hybrids with ML-KEM and the finite fields (RFC 8446 section 4.2.7, RFC 8734, RFC 8998). */
const GROUPS_13 = [
  ...[X25519, 0x0017, 0x0018, 0x0019, 0x001e, 0x11ec, 0x11eb, 0x11ed],
  ...[0x0100, 0x0101, 0x0102, 0x0103, 0x0104, 0x001f, 0x0020, 0x0021, 0x0029],
];

/** ECDSA, EdDSA, RSA-PSS, RSA PKCS#1, then those with SHA-1 and DSA (RFC 8446 section 4.2.3, RFC 5246 section 7.4.1.4.1). */
const SIGNATURE_SCHEMES = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0808],
  ...[0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601],
  ...[0x081a, 0x081b, 0x081c, 0x0708, 0x0303, 0x0301, 0x0402, 0x0302, 0x0203, 0x0201, 0x0202],
];
