import { namedGroupByCode, namedGroupsOf } from "../../catalog/named-groups.ts";
import type { PolicyCheck, PolicySuiteClass } from "../../catalog/policies.ts";
import { type SignatureScheme, signatureSchemeByCode, signatureSchemes } from "../../catalog/signature-schemes.ts";
import {
  hasNoForwardSecrecy,
  is3Des,
  isAnonymous,
  isBelow112,
  isBelow128,
  isCbc,
  isCcm8,
  isDss,
  isExport,
  isFiniteField,
  isNull,
  isRc4,
  isSigned,
  isStaticDh,
  isStaticRsa,
  type SuiteClass,
} from "../../catalog/suite-classes.ts";
import type { TlsCodeFact, TlsEvidence, TlsVersionSupport } from "../../evidence/kinds.ts";
import { codesIn } from "../../model/code-ranges.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import { worstReason } from "./aggregate.ts";
import { type PolicyAnswer, said, unknown } from "./policy-answer.ts";
import type { CertificateCheck } from "./policy-certificate.ts";
import { type Feature, olderFeatureAnswer, unseenFeature } from "./tls-features.ts";
import { type AcceptedSuite, listed, suitesOfClass, supportOf, unknownReason, versionPointer } from "./tls-suites.ts";

export type ServerCheck = Exclude<PolicyCheck, CertificateCheck>;

/** A demand on what an address accepts. */
export function serverAnswer(check: ServerCheck, evidence: TlsEvidence): PolicyAnswer {
  switch (check.kind) {
    case "versions-allowed":
      return versionsAnswer(evidence, (version) => !check.versions.includes(version));
    case "versions-forbidden":
      return versionsAnswer(evidence, (version) => check.versions.includes(version));
    case "version-required":
      return versionAnswer(evidence, check.version);
    case "suites-allowed":
      return suitesAnswer(evidence, ({ name }) => !check.suites.includes(name), check.versions);
    case "suites-forbidden":
      return suitesAnswer(evidence, (suite) => check.classes.some((word) => CLASSES[word](suite)));
    case "groups-allowed":
      return groupsAnswer(evidence, (name) => !check.groups.includes(name));
    case "groups-forbidden":
      return groupsAnswer(evidence, (name) => check.groups.includes(name));
    case "group-required":
      return groupAnswer(evidence, check.groups);
    case "schemes-allowed":
      return schemesAnswer(evidence, ({ name }) => !check.schemes.includes(name));
    case "schemes-forbidden":
      return schemesAnswer(evidence, ({ name }) => check.schemes.includes(name));
    case "dh-bits":
      return dhAnswer(evidence, check.least);
    case "encrypt-then-mac":
      return encryptThenMacAnswer(evidence);
    case "ephemeral-keys-fresh":
      return featureAnswer(evidence, "ephemeralReuse", false);
    default:
      return featureAnswer(evidence, FEATURES[check.kind], check.kind !== "compression-off");
  }
}

const CLASSES: Readonly<Record<PolicySuiteClass, SuiteClass>> = {
  null: isNull,
  anonymous: isAnonymous,
  export: isExport,
  rc4: isRc4,
  "3des": is3Des,
  "below-112": isBelow112,
  "below-128": isBelow128,
  cbc: isCbc,
  ccm8: isCcm8,
  "static-rsa": isStaticRsa,
  "static-dh": isStaticDh,
  "no-forward-secrecy": hasNoForwardSecrecy,
  dhe: isFiniteField,
  dss: isDss,
};

const FEATURES: Readonly<Record<"compression-off" | "secure-renegotiation" | "extended-master-secret", Feature>> = {
  "compression-off": "compression",
  "secure-renegotiation": "secureRenegotiation",
  "extended-master-secret": "extendedMasterSecret",
};

/** SSL 2.0 is part of the question where it was asked about, which is at depth full. */
function versionsAnswer(evidence: TlsEvidence, isForbidden: (version: TlsVersion) => boolean): PolicyAnswer {
  const forbidden = TLS_VERSIONS.filter((version) => isForbidden(version) && (version !== "SSL 2.0" || supportOf(evidence, version)));
  const accepted = forbidden.filter((version) => supportOf(evidence, version)?.support === "accepted");
  if (accepted[0] !== undefined) return said(false, versionPointer(evidence, accepted[0]), `accepted: ${listed(accepted)}`);
  const open = forbidden.filter((version) => unknownReason(supportOf(evidence, version)) !== undefined);
  if (open[0] === undefined) return said(true, "/versions", "all others were refused");
  const reasons = open.flatMap((version) => unknownReason(supportOf(evidence, version)) ?? []);
  return unknown(worstReason(reasons), versionPointer(evidence, open[0]), `not known of ${listed(open)}`);
}

function versionAnswer(evidence: TlsEvidence, version: TlsVersion): PolicyAnswer {
  const found = supportOf(evidence, version);
  const pointer = versionPointer(evidence, version);
  const reason = unknownReason(found);
  if (reason !== undefined) return unknown(reason, pointer, `${version} unknown`);
  return said(found?.support === "accepted", pointer, `${version} ${found?.support}`);
}

function suitesAnswer(evidence: TlsEvidence, isForbidden: SuiteClass, versions?: readonly TlsVersion[]): PolicyAnswer {
  const { accepted, open, openAt } = suitesOfClass(evidence, isForbidden, versions);
  const [first] = accepted;
  if (first !== undefined) return said(false, first.pointer, acceptedText(evidence, accepted.map(asFact(evidence))));
  if (open !== undefined) return unknown(open, openAt, "not all of them were refused");
  return said(true, "/versions", "all of them were refused");
}

function asFact(evidence: TlsEvidence): (suite: AcceptedSuite) => NamedFact {
  return ({ name, version, pointer }) => {
    const fact = supportOf(evidence, version)?.cipherSuites[Number(pointer.split("/").at(-1))];
    return { ...fact, name };
  };
}

/** With the day on which they were seen, where none of them was seen since. */
function acceptedText({ listedOn = "an earlier day" }: TlsEvidence, facts: readonly NamedFact[]): string {
  const text = `accepted: ${listed(facts.map(({ name }) => name))}`;
  return facts.every(({ remembered }) => remembered) ? `${text}, as listed on ${listedOn}` : text;
}

type NamedFact = Pick<TlsCodeFact, "name" | "remembered">;

/** In TLS 1.3, and in the newest version below it that is spoken, which stands for the older ones. */
function groupsAnswer(evidence: TlsEvidence, isForbidden: (name: string) => boolean): PolicyAnswer {
  const accepted = evidence.groups.map((fact) => ({ ...fact, name: nameOfGroup(fact.code) })).filter(({ name }) => isForbidden(name));
  if (accepted.length > 0) return said(false, "/groups", acceptedText(evidence, accepted));
  const versions = versionsOfGroups(evidence);
  for (const version of versions) {
    const reason = openGroups(evidence, version, isForbidden);
    if (reason !== undefined) return unknown(reason, versionPointer(evidence, version), "not all of them were refused");
  }
  return said(true, "/groups", "all of them were refused");
}

function groupAnswer(evidence: TlsEvidence, wanted: readonly string[]): PolicyAnswer {
  const accepted = evidence.groups.map(({ code }) => nameOfGroup(code)).filter((name) => wanted.includes(name));
  if (accepted.length > 0) return said(true, "/groups", `accepted: ${listed(accepted)}`);
  for (const version of versionsOfGroups(evidence)) {
    const reason = openGroups(evidence, version, (name) => wanted.includes(name));
    if (reason !== undefined) return unknown(reason, versionPointer(evidence, version), "not all of them were refused");
  }
  return said(false, "/groups", `refused: ${listed(wanted)}`);
}

function versionsOfGroups(evidence: TlsEvidence): readonly TlsVersion[] {
  const older = [...BELOW_13].reverse();
  const spoken = older.find((version) => supportOf(evidence, version)?.support !== "refused" && supportOf(evidence, version) !== undefined);
  return ["TLS 1.3", ...(spoken === undefined ? [] : [spoken])];
}

/** Why it is not known that a version refuses the groups of this name; undefined where it does, or has none of them. */
function openGroups(evidence: TlsEvidence, version: TlsVersion, isMember: (name: string) => boolean): UnobservedReason | undefined {
  const members = namedGroupsOf(version).filter(({ name }) => isMember(name));
  const found = supportOf(evidence, version);
  if (members.length === 0 || found?.support === "refused") return undefined;
  const reason = unknownReason(found);
  if (reason !== undefined) return reason;
  const decided = new Set([...codesIn(found?.refusedGroups ?? ""), ...evidence.groups.map(({ code }) => Number(code))]);
  return members.every(({ code }) => decided.has(code)) ? undefined : openReason(found);
}

function nameOfGroup(code: string): string {
  return namedGroupByCode(Number(code))?.name ?? code;
}

/** What signs keys in TLS 1.2 and 1.3; older versions have a pair of their own, of MD5 and SHA-1, and are judged as versions. */
function schemesAnswer(evidence: TlsEvidence, isForbidden: (scheme: SignatureScheme) => boolean): PolicyAnswer {
  const accepted = evidence.signatureSchemes.flatMap((fact) => {
    const scheme = signatureSchemeByCode(Number(fact.code));
    return scheme !== undefined && isForbidden(scheme) ? [{ ...fact, name: scheme.name }] : [];
  });
  if (accepted.length > 0) return said(false, "/signatureSchemes", acceptedText(evidence, accepted));
  for (const version of SIGNED_VERSIONS) {
    const found = supportOf(evidence, version);
    const members = signatureSchemes().filter((scheme) => isForbidden(scheme) && isOfVersion(scheme, version));
    if (members.length === 0 || found?.support === "refused") continue;
    const reason = unknownReason(found);
    if (reason !== undefined) return unknown(reason, versionPointer(evidence, version), `${version} unknown`);
    const refused = new Set(codesIn(found?.refusedSchemes ?? ""));
    if (members.every(({ code }) => refused.has(code)) || nothingSigned(evidence, version)) continue;
    return unknown(openReason(found), versionPointer(evidence, version), "not all of them were refused");
  }
  return said(true, "/signatureSchemes", "all of them were refused");
}

function isOfVersion(scheme: SignatureScheme, version: TlsVersion): boolean {
  return version === "TLS 1.3" ? scheme.tls13 === true : scheme.tls12 === true;
}

function nothingSigned(evidence: TlsEvidence, version: TlsVersion): boolean {
  const { accepted, open } = suitesOfClass(evidence, isSigned, [version]);
  return version !== "TLS 1.3" && accepted.length === 0 && open === undefined;
}

function dhAnswer(evidence: TlsEvidence, least: number): PolicyAnswer {
  const served = evidence.features.dh ?? [];
  const short = served.findIndex(({ bits }) => bits < least);
  if (short >= 0) return said(false, `/features/dh/${short}`, `a prime of ${served[short]?.bits} bits is served`);
  const named = groupsAnswer(evidence, (name) => isShortPrime(name, least));
  if (named.outcome === "violated") return named;
  const { accepted, open, openAt } = suitesOfClass(evidence, isFiniteField, BELOW_13);
  if (open !== undefined) return unknown(open, openAt, "not all DHE suites were refused");
  if (accepted[0] !== undefined && served.length === 0) return { ...unseenFeature(evidence), pointer: accepted[0].pointer };
  if (named.outcome === "unobserved") return named;
  return said(
    true,
    "/versions",
    served.length === 0 ? "no DHE suite is accepted" : `${Math.min(...served.map(({ bits }) => bits))} bits at least`,
  );
}

function isShortPrime(name: string, least: number): boolean {
  const match = /^ffdhe(\d+)$/.exec(name);
  return match !== null && Number(match[1]) < least;
}

function encryptThenMacAnswer(evidence: TlsEvidence): PolicyAnswer {
  const seen = evidence.features.encryptThenMac;
  if (seen !== undefined) return said(seen, "/features/encryptThenMac", `encryptThenMac: ${seen}`);
  const { accepted, open, openAt } = suitesOfClass(evidence, isCbc);
  if (accepted.length > 0) return unseenFeature(evidence);
  return open === undefined
    ? said(true, "/versions", "no CBC suite is accepted")
    : unknown(open, openAt, "not all CBC suites were refused");
}

/** A server that speaks TLS 1.3 alone has no place for them. */
function featureAnswer(evidence: TlsEvidence, feature: Feature, wanted: boolean): PolicyAnswer {
  const [yes, no] = wanted ? (["complies", "violated"] as const) : (["violated", "complies"] as const);
  const answer = olderFeatureAnswer<"complies" | "violated">(evidence, feature, { yes, no });
  if (feature === "ephemeralReuse" && answer.outcome === "only-tls13") return unseenFeature(evidence);
  if (answer.outcome === "unobserved") return { ...answer, outcome: "unobserved" };
  return said(answer.outcome !== "violated", answer.pointer, answer.summary);
}

function openReason(found: TlsVersionSupport | undefined): UnobservedReason {
  return found?.reason ?? "evidence_ambiguous";
}

const BELOW_13: readonly TlsVersion[] = TLS_VERSIONS.filter((version) => version !== "TLS 1.3");
const SIGNED_VERSIONS: readonly TlsVersion[] = ["TLS 1.2", "TLS 1.3"];
