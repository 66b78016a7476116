import { type CipherSuite, cipherSuitesOf } from "../../catalog/cipher-suites.ts";
import { namedGroupsOf } from "../../catalog/named-groups.ts";
import { type SignatureScheme, signatureSchemes } from "../../catalog/signature-schemes.ts";
import type { Depth } from "../../model/depth.ts";
import type { Candidates, Sets } from "../enumerate/request.ts";
import type { OfferVersion } from "../enumerate/result.ts";

/** All that is assigned and could be negotiated in a version, what is likely first. */
export function candidatesFor(version: OfferVersion, depth: Depth): Candidates {
  const suites = byLikelihood(cipherSuitesOf(version)).slice(0, mostSuites(version, depth));
  return {
    suites: {
      good: codes(suites.filter((suite) => isGoodSuite(suite))),
      bad: codes(suites.filter((suite) => !isGoodSuite(suite))),
      riders: version === "TLS 1.2" ? codes(suites.filter((suite) => ridesAlong(suite))) : [],
      apart: apartIn(suites, version),
      finite: codes(suites.filter(({ keyExchange, authentication }) => keyExchange === "DHE" && authentication === "RSA")),
      ephemeral: codes(suites.filter(({ keyExchange }) => keyExchange === "DHE" || keyExchange === "DHE_PSK")),
    },
    groups: groupsFor(version),
    schemes: schemesFor(version),
    companions: version === "TLS 1.3" ? { ...COMPANIONS, schemes: SCHEMES_OF_13 } : COMPANIONS,
  };
}

/** What OpenSSL, GnuTLS, JSSE and the like have or have not together, unless somebody configured it otherwise. */
const COMPANIONS: NonNullable<Candidates["companions"]> = {
  // ECDHE_ECDSA and ECDHE_RSA with AES-GCM or ChaCha20-Poly1305.
  suites: [
    [0xc02b, 0xc02c, 0xcca9],
    [0xc02f, 0xc030, 0xcca8],
  ],
  // x25519, P-256, P-384; the finite fields of RFC 7919.
  groups: [
    [0x001d, 0x0017, 0x0018],
    [0x0100, 0x0101, 0x0102, 0x0103, 0x0104],
  ],
  // ECDSA; RSA with either padding.
  schemes: [
    [0x0403, 0x0503, 0x0603],
    [0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601],
  ],
};

/** There PKCS #1 is gone, and a scheme of ECDSA belongs to one curve (RFC 8446 section 4.2.3). */
const SCHEMES_OF_13 = [[0x0804, 0x0805, 0x0806]];

/**
 * At depth quick a version that should not be there is one question, with what everybody who speaks it has; lists of 64 are read by all
 * servers.
 */
function mostSuites(version: OfferVersion, depth: Depth): number {
  const isOne = depth === "quick" && version !== "TLS 1.2" && version !== "TLS 1.3";
  return isOne ? 64 : Number.POSITIVE_INFINITY;
}

/** The groups that the wire makes shares of. More of them would cost servers a signature each. */
export const SHAREABLE: readonly number[] = [0x001d, 0x0017];

/** With AEAD, forward secrecy and a certificate, and nothing that any policy of today objects to. */
function isGoodSuite({ mode, bits, forwardSecrecy, authentication, name, unassigned }: CipherSuite): boolean {
  const certified = ["RSA", "ECDSA", "any"].includes(authentication);
  return mode === "aead" && bits >= 128 && forwardSecrecy && certified && !/_CCM_8/.test(name) && unassigned !== true;
}

/**
 * What RSA signs or decrypts, and what needs no certificate; what ECDSA signs, and what next to nobody has. HAProxy shows its ECDSA certificate to
 * whoever knows a suite of ECDSA, even one that it does not have, and GnuTLS chooses one that it has no scheme for below TLS 1.2. Those that ride
 * along are a set of their own: all three are short enough for one hello.
 */
function apartIn(suites: readonly CipherSuite[], version: OfferVersion): Sets {
  const riding = suites.filter((suite) => version === "TLS 1.2" && ridesAlong(suite));
  const others = suites.filter((suite) => !riding.includes(suite));
  const plain = others.filter(({ keyExchange, authentication }) => isServedByRsa(keyExchange, authentication));
  return [plain, others.filter((suite) => !plain.includes(suite)), riding].map(codes);
}

function isServedByRsa(keyExchange: string, authentication: string): boolean {
  const needsNone = ["anon", "PSK"].includes(authentication);
  return needsNone || (authentication === "RSA" && ["RSA", "DHE", "ECDHE", "RSA_PSK"].includes(keyExchange));
}

/** Keys without curves and without a signature, of standards that are younger than RFC 8422's predecessor (RFC 4492 section 4). */
function ridesAlong({ since, keyExchange }: CipherSuite): boolean {
  return since === "TLS 1.2" && ["RSA", "DH", "PSK", "DHE_PSK", "RSA_PSK"].includes(keyExchange);
}

/** Stable: within a rank in the order of the codes. */
function byLikelihood(suites: readonly CipherSuite[]): readonly CipherSuite[] {
  return [...suites].sort((a, b) => rank(a) - rank(b));
}

function rank({ keyExchange, authentication, encryption, unassigned, export: weakened }: CipherSuite): number {
  const exchange = ["any", "ECDHE", "RSA", "DHE"].indexOf(keyExchange);
  const cipher = COMMON_CIPHERS.findIndex((common) => common.test(encryption));
  const rare = exchange < 0 || cipher < 0 || !["any", "RSA", "ECDSA"].includes(authentication) || unassigned === true || weakened === true;
  return rare ? LAST : cipher * 4 + exchange;
}

const COMMON_CIPHERS = [/^AES_\d+_GCM|^CHACHA20/, /^AES_\d+_CBC/, /^3DES/, /^RC4_128/, /^AES_\d+_CCM/];
const LAST = 1000;

function groupsFor(version: OfferVersion): Candidates["groups"] {
  if (version === "SSL 3.0") return { postQuantum: [], core: [], others: [] };
  const usable = namedGroupsOf(version);
  const postQuantum = usable.filter(({ kind }) => kind === "hybrid" || kind === "pq").sort((a, b) => standing(a) - standing(b));
  const others = usable.filter((group) => !CORE.includes(group.code) && !postQuantum.includes(group));
  return { postQuantum: codes(postQuantum), core: CORE, others: codes(others) };
}

/** x25519, P-256, P-384, P-521. */
const CORE: readonly number[] = [0x001d, 0x0017, 0x0018, 0x0019];

/** The one that everybody has, other standards, then drafts. */
function standing({ code, name }: { readonly code: number; readonly name: string }): number {
  return code === 0x11ec ? 0 : /draft/i.test(name) ? 2 : 1;
}

function schemesFor(version: OfferVersion): Candidates["schemes"] {
  const usable = signatureSchemes().filter(({ tls12, tls13 }) => (version === "TLS 1.3" ? tls13 !== undefined : tls12));
  const likely = [...usable].sort((a, b) => schemeRank(a) - schemeRank(b));
  return { good: codes(likely.filter((scheme) => !isBadScheme(scheme))), bad: codes(likely.filter(isBadScheme)) };
}

function isBadScheme({ hash, signature }: SignatureScheme): boolean {
  return ["md5", "sha1", "sha224"].includes(hash) || signature === "dsa";
}

function schemeRank({ signature }: SignatureScheme): number {
  const at = ["ecdsa", "rsa_pss_rsae", "rsa_pkcs1", "eddsa", "rsa_pss_pss"].indexOf(signature);
  return at < 0 ? LAST : at;
}

function codes(rows: readonly { readonly code: number }[]): readonly number[] {
  return rows.map(({ code }) => code);
}
