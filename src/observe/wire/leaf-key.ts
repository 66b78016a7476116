import { X509Certificate } from "node:crypto";
import type { TlsServedCertificate } from "../../model/tls-offer.ts";
import { DER, readDer, readObjectIdentifier, readTagged } from "./der.ts";
import { ByteReader } from "./reader.ts";
import { WireError } from "./wire-error.ts";

type Key = Pick<TlsServedCertificate, "key" | "group" | "bits">;

/** The kind of key that a certificate is for (RFC 5280 section 4.1), and its named curve or the length of its modulus. "other" where it cannot be read. */
export function leafKey(der: Uint8Array): Key {
  try {
    return readKey(der);
  } catch (error) {
    if (error instanceof WireError) return { key: "other" };
    throw error;
  }
}

function readKey(der: Uint8Array): Key {
  const certificate = readTagged(new ByteReader(der, "certificate", "malformed"), DER.sequence, "certificate");
  const body = readTagged(certificate, DER.sequence, "tbsCertificate");
  // A certificate of version 1 says no version and begins with the serial number.
  const first = readDer(body, "version");
  const before = first.tag === DER.version ? ["serialNumber", "signature", "issuer", "validity", "subject"] : AFTER_SERIAL;
  for (const field of before) readDer(body, field);
  const algorithm = readTagged(readTagged(body, DER.sequence, "subjectPublicKeyInfo"), DER.sequence, "algorithm");
  const key = KEYS[readObjectIdentifier(algorithm, "algorithm")] ?? "other";
  if (key === "rsa" || key === "rsa-pss") return { key, ...modulusOf(der) };
  if (key !== "ecdsa" || algorithm.remaining === 0) return { key };
  const parameters = readDer(algorithm, "namedCurve");
  const group = parameters.tag === DER.objectIdentifier ? CURVES[Buffer.from(parameters.content.rest()).toString("hex")] : undefined;
  return group === undefined ? { key } : { key, group };
}

function modulusOf(der: Uint8Array): Pick<Key, "bits"> {
  try {
    const bits = new X509Certificate(der).publicKey.asymmetricKeyDetails?.modulusLength;
    return bits === undefined ? {} : { bits };
  } catch {
    // What OpenSSL cannot read has a length that we do not know.
    return {};
  }
}

const AFTER_SERIAL = ["signature", "issuer", "validity", "subject"];

/** RFC 3279, RFC 4055, RFC 8410. */
const KEYS: Readonly<Record<string, TlsServedCertificate["key"]>> = {
  "2a864886f70d010101": "rsa",
  "2a864886f70d01010a": "rsa-pss",
  "2a8648ce380401": "dsa",
  "2a8648ce3d0201": "ecdsa",
  "2b6570": "eddsa",
  "2b6571": "eddsa",
};

/** RFC 5480 section 2.1.1.1, RFC 5639, SEC 2: object identifiers of curves and their code points. */
const CURVES: Readonly<Record<string, number>> = {
  "2b8104001f": 0x0012,
  "2a8648ce3d030101": 0x0013,
  "2b81040020": 0x0014,
  "2b81040021": 0x0015,
  "2b8104000a": 0x0016,
  "2a8648ce3d030107": 0x0017,
  "2b81040022": 0x0018,
  "2b81040023": 0x0019,
  "2b2403030208010107": 0x001a,
  "2b240303020801010b": 0x001b,
  "2b240303020801010d": 0x001c,
  "2a811ccf5501822d": 0x0029,
};
