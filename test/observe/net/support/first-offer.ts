import type { TlsOffer } from "../../../../src/model/tls-offer.ts";
import { suitesFor } from "../../../../src/observe/wire/suites.ts";
import type { RecordVersion } from "../../../../src/observe/wire/version.ts";

/** Nearly everything that a server of this version might want, and the version alone: whoever answers says what he chose instead. */
export function firstOffer(version: RecordVersion): TlsOffer {
  const is13 = version === "TLS 1.3";
  return {
    version,
    cipherSuites: suitesFor(version),
    groups: version === "SSL 3.0" ? [] : is13 ? GROUPS_13 : GROUPS_12,
    signatureSchemes: version === "TLS 1.2" || is13 ? SIGNATURE_SCHEMES : [],
    shares: is13 ? [X25519] : [],
  };
}

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
