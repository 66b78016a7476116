import { cipherSuiteByCode } from "../../catalog/cipher-suites.ts";
import { decodeCertificate12, decodeCertificate13, decodeCertificateStatus, stapleOf } from "./certificate.ts";
import { decodeCertificateRequest12, decodeCertificateRequest13 } from "./certificate-request.ts";
import { type Extension, readExtensions, repeatedTypes } from "./extension.ts";
import type { Flight } from "./flight.ts";
import { HANDSHAKE_TYPE, type HandshakeMessage } from "./handshake.ts";
import { decodeServerKeyExchange } from "./key-exchange.ts";
import { ByteReader } from "./reader.ts";
import { decodeServerHello, isHelloRetryRequest, selectedKeyShare, selectedVersionCode } from "./server-hello.ts";
import { type RecordVersion, versionOfCode } from "./version.ts";
import { WireError } from "./wire-error.ts";

/** What the first message of a flight adds to it. Throws a `WireError` unless it is a hello of a version that there is. */
export function withHello(flight: Flight, { type, body }: HandshakeMessage): Flight & { readonly version: RecordVersion } {
  if (type !== HANDSHAKE_TYPE.serverHello) throw new WireError("malformed", "handshake.msg_type");
  const hello = decodeServerHello(body);
  const version = versionOfCode(selectedVersionCode(hello));
  if (version === undefined) throw new WireError("malformed", "server-hello.version");
  const helloRetryRequest = isHelloRetryRequest(hello);
  const keyShare = version === "TLS 1.3" ? selectedKeyShare(hello) : undefined;
  return {
    ...flight,
    hello,
    version,
    helloRetryRequest,
    ...(keyShare === undefined ? {} : { keyShare }),
    oddities: [...flight.oddities, ...repetitions("server-hello", hello.extensions ?? [])],
    complete: helloRetryRequest,
  };
}

/** What a message after ServerHello adds, up to TLS 1.2 (RFC 5246 section 7.3). */
export function withMessage12(flight: Flight, { type, body }: HandshakeMessage, version: RecordVersion): Flight {
  switch (type) {
    case HANDSHAKE_TYPE.certificate:
      return { ...flight, certificates: decodeCertificate12(body) };
    case HANDSHAKE_TYPE.certificateStatus:
      return { ...flight, staple: decodeCertificateStatus(body) };
    case HANDSHAKE_TYPE.serverKeyExchange:
      return { ...flight, keyExchange: decodeServerKeyExchange(body, cipherSuiteByCode(flight.hello?.cipherSuite ?? 0), version) };
    case HANDSHAKE_TYPE.certificateRequest:
      return { ...flight, certificateRequest: decodeCertificateRequest12(body, version) };
    case HANDSHAKE_TYPE.serverHelloDone:
      return { ...flight, complete: true };
    default:
      return withOddity(flight, `handshake.msg_type ${type}`);
  }
}

/** What a protected message after ServerHello adds (RFC 8446 section 4.3 and 4.4). */
export function withMessage13(flight: Flight, { type, body }: HandshakeMessage): Flight {
  switch (type) {
    case HANDSHAKE_TYPE.encryptedExtensions:
      return withEncryptedExtensions(flight, body);
    case HANDSHAKE_TYPE.certificateRequest:
      return { ...flight, certificateRequest: decodeCertificateRequest13(body) };
    case HANDSHAKE_TYPE.certificate: {
      const certificates = decodeCertificate13(body);
      const staple = stapleOf(certificates);
      return { ...flight, certificates, ...(staple === undefined ? {} : { staple }) };
    }
    case HANDSHAKE_TYPE.certificateVerify:
      return { ...flight, signatureScheme: new ByteReader(body, "certificate-verify", "malformed").uint(2, "algorithm"), complete: true };
    case HANDSHAKE_TYPE.finished:
      return { ...flight, complete: true };
    default:
      return withOddity(flight, `handshake.msg_type ${type}`);
  }
}

function withEncryptedExtensions(flight: Flight, body: Uint8Array): Flight {
  const reader = new ByteReader(body, "encrypted-extensions", "malformed");
  const encryptedExtensions = readExtensions(reader.vector(2, "extensions"));
  reader.end();
  return { ...flight, encryptedExtensions, oddities: [...flight.oddities, ...repetitions("encrypted-extensions", encryptedExtensions)] };
}

function repetitions(message: string, extensions: readonly Extension[]): readonly string[] {
  return repeatedTypes(extensions).map((type) => `${message}.extension ${type} repeated`);
}

/** A server that repeats itself is noted once, so that a flood stays small. */
export function withOddity(flight: Flight, oddity: string): Flight {
  return flight.oddities.includes(oddity) ? flight : { ...flight, oddities: [...flight.oddities, oddity] };
}
