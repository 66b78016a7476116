import type { Certificate } from "./certificate.ts";
import type { ChainProblem, ChainProblemKind } from "./chain-problem.ts";
import { EXTENDED_KEY_USAGE, EXTENSION_ID, KEY_USAGE } from "./extensions.ts";
import { isIssuedFor, type ReferenceIdentity } from "./identity.ts";
import { isStrongKey } from "./key-strength.ts";
import { areComparable, checkConstraints } from "./name-constraints.ts";
import { type Place, profileViolations } from "./profile.ts";
import { digestOf } from "./signature.ts";

/** What a path has to be good for. */
export interface PathPurpose {
  /** Absent where nobody says whom it is for: names are then not compared. */
  readonly identity?: ReferenceIdentity;
  /** Object identifier of the use: serverAuth, clientAuth. */
  readonly usage: string;
  /** Epoch milliseconds. */
  readonly asOf: number;
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
      ...constraintProblems(certificate, path, at),
      ...strengthProblems(certificate, isAnchor(path, at)),
      ...formProblems(certificate, placeOf(path, at)),
    ];
    return [...new Set(kinds)].map((kind) => ({ kind, certificate: at }));
  });
}

/** The name of its issuer is its own (RFC 5280 section 3.2): after a change of keys, and at every root. */
export function isSelfIssued({ subject, issuer }: Certificate): boolean {
  return subject.canonical === issuer.canonical;
}

type Kinds = readonly ChainProblemKind[];

function leafProblems({ extensions, ...certificate }: Certificate, { identity }: PathPurpose): Kinds {
  const { keyUsage } = extensions;
  const signs = keyUsage === undefined || SERVER_USES.some((use) => keyUsage.has(use));
  return [
    ...(identity !== undefined && !isIssuedFor({ extensions, ...certificate }, identity) ? (["name-mismatch"] as const) : []),
    ...(signs ? [] : (["wrong-usage"] as const)),
  ];
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
function constraintProblems({ extensions: { nameConstraints } }: Certificate, path: Path, at: number): Kinds {
  if (nameConstraints === undefined) return [];
  if (at === 0 || !areComparable(nameConstraints)) return ["name-not-permitted"];
  const bound = path.slice(0, at).filter((one, place) => place === 0 || !isSelfIssued(one));
  const verdicts = bound.map((one) => checkConstraints(one, nameConstraints));
  if (verdicts.includes("too-many")) return ["too-complex"];
  return verdicts.includes("broken") ? ["name-not-permitted"] : [];
}

/** Nobody checks the signature of an anchor. */
function strengthProblems(certificate: Certificate, isTrusted: boolean): Kinds {
  const digest = digestOf(certificate.algorithm);
  const isWeak = !isTrusted && typeof digest === "string" && WEAK_DIGESTS.includes(digest);
  return [...(isWeak ? (["weak-signature"] as const) : []), ...(isStrongKey(certificate.key) ? [] : (["weak-key"] as const))];
}

function formProblems(certificate: Certificate, place: Place): Kinds {
  const { critical } = certificate.extensions;
  const isUnknown = [...critical].some(([id, isCritical]) => isCritical && !KNOWN.has(id));
  const isBroken = profileViolations(certificate, place).some(({ isFatal }) => isFatal);
  return [...(isUnknown ? (["unknown-critical-extension"] as const) : []), ...(isBroken ? (["profile-violation"] as const) : [])];
}

/** In a path whose last certificate is an anchor. */
export function placeOf(path: Path, at: number): Place {
  if (at === 0) return "leaf";
  return isAnchor(path, at) ? "anchor" : "authority";
}

function isAnchor(path: Path, at: number): boolean {
  return at === path.length - 1 && at > 0;
}

const SERVER_USES = [KEY_USAGE.digitalSignature, KEY_USAGE.keyEncipherment, KEY_USAGE.keyAgreement];
const WEAK_DIGESTS = ["md2", "md5", "sha1"];
/** Critical ones that are looked at; a precertificate is never for use, and its poison is critical for that (RFC 6962 section 3.1). */
const KNOWN: ReadonlySet<string> = new Set(Object.values(EXTENSION_ID).filter((id) => id !== EXTENSION_ID.poison));
export const SERVER_AUTH = EXTENDED_KEY_USAGE.serverAuth;
