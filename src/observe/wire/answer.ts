import type { TlsAnswer, TlsCertificateRequest, TlsFeatures } from "../../model/tls-offer.ts";
import type { CertificateRequest } from "./certificate-request.ts";
import { distinguishedName } from "./distinguished-name.ts";
import { EXTENSION, type Extension, findExtension } from "./extension.ts";
import { sha256 } from "./fingerprint.ts";
import type { Flight } from "./flight.ts";
import { bitLength, type ServerKeyExchange, withoutLeadingZeros } from "./key-exchange.ts";
import { leafKey } from "./leaf-key.ts";
import { ByteReader } from "./reader.ts";
import type { ServerHello } from "./server-hello.ts";
import { WireError } from "./wire-error.ts";

/** What was read, as the enumeration takes it: a hello counts whatever came after it; undefined while nothing was answered. */
export function answerOf(flight: Flight): TlsAnswer | undefined {
  const { hello, version, alert } = flight;
  if (hello === undefined || version === undefined) return alert === undefined ? undefined : { type: "alert", ...alert };
  const group = flight.keyShare?.group;
  const certificate = flight.certificates?.[0];
  return {
    type: "hello",
    version,
    cipherSuite: hello.cipherSuite,
    helloRetryRequest: flight.helloRetryRequest === true,
    ...(group === undefined ? {} : { group }),
    ...(flight.keyShare?.publicKey === undefined ? {} : { ephemeralKey: sha256(flight.keyShare.publicKey) }),
    ...(flight.signatureScheme === undefined ? {} : { signatureScheme: flight.signatureScheme }),
    ...(flight.keyExchange === undefined ? {} : keyExchangeFacts(flight.keyExchange)),
    ...(certificate === undefined ? {} : { certificate: { sha256: sha256(certificate.der), ...leafKey(certificate.der) } }),
    ...(alert === undefined || flight.complete ? {} : { brokenOff: alert.description }),
    features: featuresOf(flight, hello),
  };
}

function keyExchangeFacts(exchange: ServerKeyExchange): Partial<Extract<TlsAnswer, { type: "hello" }>> {
  const signed = exchange.signatureScheme === undefined ? {} : { signatureScheme: exchange.signatureScheme };
  switch (exchange.type) {
    case "ecdhe":
      return { ...signed, ...(exchange.group === undefined ? {} : { group: exchange.group }), ephemeralKey: sha256(exchange.publicKey) };
    case "dhe": {
      const { prime, publicKey } = exchange;
      return { ...signed, dhBits: bitLength(prime), dhPrime: sha256(withoutLeadingZeros(prime)), ephemeralKey: sha256(publicKey) };
    }
    case "rsa":
      return { ...signed, rsaBits: bitLength(exchange.modulus), ephemeralKey: sha256(exchange.modulus) };
    default:
      return signed;
  }
}

function featuresOf(flight: Flight, hello: ServerHello): TlsFeatures {
  const extensions = [...(hello.extensions ?? []), ...(flight.encryptedExtensions ?? [])];
  const has = (type: number) => findExtension(extensions, type) !== undefined;
  const alpn = selectedProtocol(findExtension(extensions, EXTENSION.alpn));
  const chain = flight.certificates?.map(({ der }) => der);
  const timestamps = timestampExtension(flight, extensions)?.data;
  return {
    secureRenegotiation: has(EXTENSION.renegotiationInfo),
    extendedMasterSecret: has(EXTENSION.extendedMasterSecret),
    encryptThenMac: has(EXTENSION.encryptThenMac),
    compression: hello.compression,
    sessionTicket: has(EXTENSION.sessionTicket),
    stapled: flight.staple !== undefined,
    sctOctets: timestamps?.length ?? 0,
    ...(timestamps === undefined ? {} : { timestamps }),
    ...(alpn === undefined ? {} : { alpn }),
    ...(chain === undefined ? {} : { chain }),
    ...(flight.certificateRequest === undefined ? {} : { certificateRequest: requestFacts(flight.certificateRequest) }),
    extensions: extensions.map(({ type }) => type),
    oddities: flight.oddities,
    complete: flight.complete,
  };
}

/** RFC 7301 section 3.1: exactly one protocol. What is none is not named. */
function selectedProtocol(extension: Extension | undefined): string | undefined {
  if (extension === undefined) return undefined;
  try {
    const list = new ByteReader(extension.data, "alpn", "malformed").vector(2, "protocol_name_list");
    return Buffer.from(list.vector(1, "protocol_name", { min: 1 }).rest()).toString("latin1");
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** RFC 6962 section 3.3.1: in ServerHello, since TLS 1.3 with the leaf (RFC 8446 section 4.4.2). */
function timestampExtension(flight: Flight, extensions: readonly Extension[]): Extension | undefined {
  const type = EXTENSION.signedCertificateTimestamp;
  return findExtension(extensions, type) ?? findExtension(flight.certificates?.[0]?.extensions, type);
}

function requestFacts({ signatureSchemes, authorities }: CertificateRequest): TlsCertificateRequest {
  const named = authorities.slice(0, MAX_AUTHORITIES).map((name) => distinguishedName(name) ?? "(not a name)");
  return { signatureSchemes, authorities: named, authorityCount: authorities.length };
}

const MAX_AUTHORITIES = 64;
