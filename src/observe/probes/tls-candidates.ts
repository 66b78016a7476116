import { type CipherSuite, cipherSuites } from "../../catalog/cipher-suites.ts";
import { type NamedGroup, namedGroups } from "../../catalog/named-groups.ts";
import { type SignatureScheme, signatureSchemes } from "../../catalog/signature-schemes.ts";
import type { Candidates } from "../enumerate/request.ts";
import type { OfferVersion } from "../enumerate/result.ts";

/** All that is assigned and could be negotiated in a version, what is likely first. */
export function candidatesFor(version: OfferVersion): Candidates {
  const suites = byLikelihood(cipherSuites().filter((suite) => fits(suite, version)));
  return {
    suites: {
      good: codes(suites.filter((suite) => isGoodSuite(suite))),
      bad: codes(suites.filter((suite) => !isGoodSuite(suite))),
      riders: codes(suites.filter((suite) => ridesAlong(suite))),
    },
    groups: groupsFor(version),
    schemes: schemesFor(version),
  };
}

/** The groups that the wire makes shares of. More of them would cost servers a signature each. */
export const SHAREABLE: readonly number[] = [0x001d, 0x0017];

function fits({ since, keyExchange }: CipherSuite, version: OfferVersion): boolean {
  if (NOT_TO_BE_ASKED.includes(keyExchange)) return false;
  // RFC 4357 and what followed are of TLS 1.0 at least.
  if (keyExchange === "GOST" && version === "SSL 3.0") return false;
  if (version === "TLS 1.3") return since === "TLS 1.3";
  return since === undefined || (since === "TLS 1.2" && version === "TLS 1.2");
}

/** No server takes a suite of SRP or ECCPWD without the extension that names its user (RFC 5054, 8492), and none the null suite (RFC 5246 appendix A.5). */
const NOT_TO_BE_ASKED: readonly string[] = ["SRP", "ECCPWD", "NULL"];

/** With AEAD, forward secrecy and a certificate, and nothing that any policy of today objects to. */
function isGoodSuite({ mode, bits, forwardSecrecy, authentication, name, unassigned }: CipherSuite): boolean {
  const certified = ["RSA", "ECDSA", "any"].includes(authentication);
  return mode === "aead" && bits >= 128 && forwardSecrecy && certified && !/_CCM_8/.test(name) && unassigned !== true;
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

/** Elliptic ones only up to TLS 1.2: there the prime of a finite field is seen, and no name of it is agreed on. */
function groupsFor(version: OfferVersion): Candidates["groups"] {
  if (version === "SSL 3.0") return { postQuantum: [], core: [], others: [] };
  const usable = namedGroups().filter((group) => (version === "TLS 1.3" ? group.tls13 : isCurve(group)));
  const postQuantum = usable.filter(({ kind }) => kind === "hybrid" || kind === "pq").sort((a, b) => standing(a) - standing(b));
  const others = usable.filter((group) => !CORE.includes(group.code) && !postQuantum.includes(group));
  return { postQuantum: codes(postQuantum), core: CORE, others: codes(others) };
}

/** A curve that a name stands for: 0xFF01 and 0xFF02 are none. */
function isCurve({ tls12, kind, bits }: NamedGroup): boolean {
  return tls12 === true && kind === "elliptic" && bits > 0;
}

/** x25519, P-256, P-384, P-521. */
const CORE: readonly number[] = [0x001d, 0x0017, 0x0018, 0x0019];

/** The one that everybody has, other standards, then drafts. */
function standing({ code, name }: NamedGroup): number {
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
