import type { RecordVersion } from "./version.ts";

/**
 * What a first hello of each version offers: nearly everything that servers of its time spoke, strong first.
 * At most 63 and a signal, because some servers ignore what comes after the 64th (and some fail beyond 128).
 */
export function suitesFor(version: RecordVersion): readonly number[] {
  return SUITES[version];
}

/** RFC 8446 appendix B.4, RFC 8998 (the last two). */
const TLS13 = [0x1302, 0x1303, 0x1301, 0x1304, 0x1305, 0x00c6, 0x00c7];

/** GCM, ChaCha20 and CCM with ECDHE, DHE, then RSA key transport (RFC 5288, 5289, 7905, 6655, 7251). */
const AEAD = [
  ...[0xc02c, 0xc030, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc0ad, 0xc0ac],
  ...[0x009f, 0x009e, 0xccaa, 0xc09f, 0xc09e, 0x00a3, 0x00a2],
  ...[0x009d, 0x009c, 0xc09d, 0xc09c],
];

/** CBC with SHA-2 (RFC 5246, 5289). */
const CBC_SHA2 = [0xc024, 0xc028, 0xc023, 0xc027, 0x006b, 0x0067, 0x003d, 0x003c];

/** AES with SHA-1: ECDHE, DHE, RSA (RFC 3268, 8422). */
const CBC_SHA1 = [0xc00a, 0xc014, 0xc009, 0xc013, 0x0039, 0x0033, 0x0038, 0x0032, 0x0035, 0x002f];

/** Camellia and SEED (RFC 5932, 4162). */
const CBC_RARE = [0x0088, 0x0045, 0x0084, 0x0041, 0x009a, 0x0096];

/** 3DES, RC4, IDEA and static ECDH. */
const BROKEN = [0xc008, 0xc012, 0x0016, 0x0013, 0x000a, 0xc007, 0xc011, 0x0005, 0x0004, 0x0007, 0xc005, 0xc00f, 0xc004, 0xc00e];

/** Single DES, export, anonymous and without encryption (RFC 2246 appendix A.5, RFC 8422). */
const HISTORIC = [
  ...[0x0015, 0x0012, 0x0009, 0x0014, 0x0011, 0x0008, 0x0006, 0x0003],
  ...[0x003a, 0x0034, 0x001b, 0x0018, 0xc019, 0xc018, 0x0002, 0x0001],
];

const OLD = [...CBC_SHA1, ...CBC_RARE, ...BROKEN, ...HISTORIC];

const SUITES: Readonly<Record<RecordVersion, readonly number[]>> = {
  "SSL 3.0": OLD,
  "TLS 1.0": OLD,
  "TLS 1.1": OLD,
  "TLS 1.2": [...AEAD, ...CBC_SHA2, ...CBC_SHA1, ...CBC_RARE, ...BROKEN],
  "TLS 1.3": TLS13,
};
