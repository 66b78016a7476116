import type { Certificate } from "./certificate.ts";
import type { ChainProblem, ChainProblemKind } from "./chain-problem.ts";
import { EXTENDED_KEY_USAGE, EXTENSION_ID, KEY_USAGE } from "./extensions.ts";
import { isIssuedFor, type ReferenceIdentity } from "./identity.ts";
import { isStrongKey, keyFacts } from "./key-strength.ts";
import { areComparable, comparisonsOf, keepsTo } from "./name-constraints.ts";
import { type Place, profileViolations } from "./profile.ts";
import { digestOf, keyObject } from "./signature.ts";

/** What a path has to be good for. */
export interface PathPurpose {
  /** Absent where nobody says whom it is for: names are then not compared. */
  readonly identity?: ReferenceIdentity;
  /** Object identifier of the use: serverAuth, clientAuth. */
  readonly usage: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
  /** Names may still be compared with so many subtrees; what is beyond is not known. */
  readonly comparisons: { left: number };
}

/** Leaf first, its anchor last where one was found; signatures are the builder's. */
export type Path = readonly Certificate[];

/** RFC 5280 section 6.1 but for policies, which no client of an API asks for; anchors keep to their own constraints, as OpenSSL has it. */
export function checkPath(path: Path, purpose: PathPurpose): readonly ChainProblem[] {
  return path.flatMap((certificate, at) => {
    const kinds = [
      ...(at === 0 ? leafProblems(certificate, purpose) : authorityProblems(certificate, path, at)),
      ...timeProblems(certificate, at, purpose.asOf),
      ...usageProblems(certificate, purpose.usage),
      ...constraintProblems(certificate, path, at, purpose),
      ...strengthProblems(certificate, isAnchor(path, at)),
      ...issuerProblems(certificate, path[at + 1]),
      ...(hasUnknownCritical(certificate) ? (["unknown-critical-extension"] as const) : []),
    ];
    const problems = [...new Set(kinds)].map((kind): ChainProblem => ({ kind, certificate: at }));
    const violations = fatalViolations(certificate, placeOf(path, at));
    return violations.length === 0 ? problems : [...problems, { kind: "profile-violation", certificate: at, violations }];
  });
}

/** The name of its issuer is its own (RFC 5280 section 3.2): after a change of keys, and at every root. */
export function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return subject.canonical === issuer.canonical;
}

type Kinds = readonly ChainProblemKind[];

function leafProblems(certificate: Certificate, { identity }: PathPurpose): Kinds {
  const { keyUsage } = certificate.extensions;
  const uses = SERVER_USES[keyFacts(certificate.key).type] ?? ANY_SERVER_USE;
  const isForServers = keyUsage === undefined || uses.some((use) => keyUsage.has(use));
  return [...(identity === undefined ? [] : identityProblems(certificate, identity)), ...(isForServers ? [] : (["wrong-usage"] as const))];
}

function identityProblems(certificate: Certificate, identity: ReferenceIdentity): Kinds {
  if (isIssuedFor(certificate, identity)) return [];
  if (certificate.extensions.unreadable.includes(EXTENSION_ID.subjectAltName)) return ["unreadable-names"];
  return [certificate.extensions.subjectAltName === undefined ? "no-names" : "name-mismatch"];
}

function authorityProblems(certificate: Certificate, path: Path, at: number): Kinds {
  const { extensions, version } = certificate;
  const { basicConstraints, keyUsage } = extensions;
  // A root of version 1 has no way to say that it is one; it was put among the anchors by hand.
  const isOldAnchor = version === 1 && isAnchor(path, at);
  const isAuthority = basicConstraints?.isAuthority === true || isOldAnchor;
  const mayCertify = keyUsage === undefined || keyUsage.has(KEY_USAGE.keyCertSign);
  const below = path.slice(1, at).filter((one) => !isSelfIssued(one)).length;
  const isTooLong = basicConstraints?.pathLength !== undefined && below > basicConstraints.pathLength;
  return [...(isAuthority && mayCertify ? [] : (["not-an-authority"] as const)), ...(isTooLong ? (["path-too-long"] as const) : [])];
}

function timeProblems({ notBefore, notAfter }: Certificate, at: number, asOf: number): Kinds {
  // Inclusive to the second (RFC 5280 section 4.1.2.5), and clocks know milliseconds.
  if (Math.floor(asOf / 1000) * 1000 > notAfter) return [at === 0 ? "expired" : "issuer-expired"];
  return asOf < notBefore ? [at === 0 ? "not-yet-valid" : "issuer-not-yet-valid"] : [];
}

/** Uses of an authority bind what it signs, as browsers and OpenSSL have it; "any" is not enough for a server (baseline requirements 7.1.2.7.10). */
function usageProblems({ extensions: { extendedKeyUsage } }: Certificate, usage: string): Kinds {
  return extendedKeyUsage === undefined || extendedKeyUsage.includes(usage) ? [] : ["wrong-usage"];
}

/** Names of everything below, but for authorities that only changed their key. */
function constraintProblems({ extensions: { nameConstraints } }: Certificate, path: Path, at: number, { comparisons }: PathPurpose): Kinds {
  if (nameConstraints === undefined) return [];
  // Only an authority may have any (RFC 5280 section 4.2.1.10).
  if (at === 0) return ["constraints-on-leaf"];
  if (!areComparable(nameConstraints)) return ["name-not-permitted"];
  const bound = path.slice(0, at).filter((one, place) => place === 0 || !isSelfIssued(one));
  comparisons.left -= bound.reduce((sum, one) => sum + comparisonsOf(one, nameConstraints), 0);
  if (comparisons.left < 0) return ["too-complex"];
  return bound.every((one) => keepsTo(one, nameConstraints)) ? [] : ["name-not-permitted"];
}

/** Nobody checks the signature of an anchor. */
function strengthProblems({ algorithm, key }: Certificate, isTrusted: boolean): Kinds {
  const digest = digestOf(algorithm);
  const isWeak = !isTrusted && typeof digest === "string" && WEAK_DIGESTS.includes(digest);
  return [
    ...(isWeak ? (["weak-signature"] as const) : []),
    ...(isStrongKey(key) ? [] : (["weak-key"] as const)),
    ...(keyObject(key) === undefined
      ? [keyFacts(key).type === "other" ? ("unsupported-algorithm" as const) : ("unreadable-key" as const)]
      : []),
  ];
}

/**
 * Another key of the issuer's name is meant. RFC 5280 section 4.2.1.1 has it for finding paths alone; OpenSSL and GnuTLS, and all that is built
 * upon them, refuse such a path.
 */
function issuerProblems({ extensions: { authorityKeyId = "" } }: Certificate, issuer: Certificate | undefined): Kinds {
  const own = issuer?.extensions.subjectKeyId;
  return authorityKeyId !== "" && own !== undefined && own !== authorityKeyId ? ["other-key-named"] : [];
}

function hasUnknownCritical({ extensions: { critical } }: Certificate): boolean {
  return [...critical].some(([id, isCritical]) => isCritical && !KNOWN.has(id));
}

function fatalViolations(certificate: Certificate, place: Place): readonly string[] {
  return profileViolations(certificate, place).flatMap(({ what, isFatal }) => (isFatal ? [what] : []));
}

/** Of a path whose last certificate is an anchor, unless it is said that it is none. */
export function placeOf(path: Path, at: number, isAnchored = true): Place {
  if (at === 0) return "leaf";
  return isAnchored && isAnchor(path, at) ? "anchor" : "authority";
}

function isAnchor(path: Path, at: number): boolean {
  return at === path.length - 1 && at > 0;
}

const { digitalSignature, keyEncipherment, keyAgreement } = KEY_USAGE;
/** What TLS does with a key of that type (RFC 5480 section 3, RFC 8410 section 5, RFC 8446 section 4.4.2.2). */
const SERVER_USES: Readonly<Record<string, readonly number[]>> = {
  rsa: [digitalSignature, keyEncipherment],
  "rsa-pss": [digitalSignature],
  ecdsa: [digitalSignature, keyAgreement],
  ed25519: [digitalSignature],
  ed448: [digitalSignature],
};
const ANY_SERVER_USE = [digitalSignature, keyEncipherment, keyAgreement];
const WEAK_DIGESTS = ["md2", "md5", "sha1"];
/** Critical ones that are looked at; a precertificate is never for use, and its poison is critical for that (RFC 6962 section 3.1). */
const KNOWN: ReadonlySet<string> = new Set(Object.values(EXTENSION_ID).filter((id) => id !== EXTENSION_ID.poison));
export const SERVER_AUTH = EXTENDED_KEY_USAGE.serverAuth;
export const CLIENT_AUTH = EXTENDED_KEY_USAGE.clientAuth;
