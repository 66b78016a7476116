import { type CipherSuite, cipherSuiteByCode, cipherSuitesOf, ssl2CipherKinds } from "../../catalog/cipher-suites.ts";
import type { SuiteClass, SuiteFacts } from "../../catalog/suite-classes.ts";
import type { TlsEvidence, TlsVersionSupport } from "../../evidence/kinds.ts";
import { codesIn } from "../../model/code-ranges.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { Remediation } from "../../model/rule.ts";
import type { Severity } from "../../model/severity.ts";
import { DEPRECATED_TLS_VERSIONS, TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import type { OutcomeDefinition } from "../rules/rule.ts";
import { type Answer, worstReason } from "./aggregate.ts";
import { isProtecting, isSound } from "./suite-weakness.ts";

/** A suite that was accepted. */
export interface AcceptedSuite {
  /** From the registry, never from the evidence. */
  readonly name: string;
  readonly version: TlsVersion;
  readonly pointer: string;
}

/** What is known of the suites of a class at one address. */
export interface ClassSighting {
  /** Those of the newest version first. */
  readonly accepted: readonly AcceptedSuite[];
  /** Why it is not known of all others that they were refused; undefined where it is. */
  readonly open?: UnobservedReason;
  /** Where that shows. */
  readonly openAt: string;
}

/**
 * Which suites of a class are accepted, in these versions; and whether all others of the registry that could be negotiated were refused.
 * A version that is refused refuses all of them. SSL 2.0 is part of the question where it was asked about.
 */
export function suitesOfClass(evidence: TlsEvidence, isMember: SuiteClass, versions: readonly TlsVersion[] = TLS_VERSIONS): ClassSighting {
  const asked = [...versions].reverse().filter((version) => version !== "SSL 2.0" || supportOf(evidence, version) !== undefined);
  const sightings = asked.map((version) => sightingIn(evidence, version, isMember));
  const open = sightings.flatMap((sighting) => sighting.open ?? []);
  return {
    accepted: sightings.flatMap(({ accepted }) => accepted),
    ...(open.length > 0 && { open: worstReason(open) }),
    openAt: sightings.find((sighting) => sighting.open !== undefined)?.openAt ?? "/versions",
  };
}

/** For the rules that ask whether anything of a class is accepted. */
export function offeredAnswer(evidence: TlsEvidence, isMember: SuiteClass): Answer<"refused" | "offered"> {
  const { accepted, open, openAt } = suitesOfClass(evidence, isMember);
  if (accepted[0] !== undefined) return { outcome: "offered", pointer: accepted[0].pointer, ...shownSuites(accepted) };
  if (open !== undefined) return { outcome: "unobserved", reason: open, pointer: openAt, summary: "not all of them were refused" };
  return { outcome: "refused", pointer: "/versions", summary: "all of them were refused" };
}

/**
 * The same for classes that are as good as no protection. Where all that is accepted is of such a class, this is not offered to others as well
 * but what every client gets, ours among them, or no connection.
 */
export function weakAnswer(evidence: TlsEvidence, isMember: SuiteClass): Answer<"refused" | "offered" | "nothing-better"> {
  const answer = offeredAnswer(evidence, isMember);
  return answer.outcome === "offered" && !mayAccept(evidence, isSound) ? { ...answer, outcome: "nothing-better" } : answer;
}

/** Whether a client that insists on a version of today, and on a suite that protects, may connect. */
export function mayConnectToday(evidence: TlsEvidence): boolean {
  return mayAccept(evidence, isProtecting, CURRENT_TLS_VERSIONS);
}

/** What is unknown may be accepted. */
function mayAccept(evidence: TlsEvidence, isMember: SuiteClass, versions?: readonly TlsVersion[]): boolean {
  const { accepted, open } = suitesOfClass(evidence, isMember, versions);
  return accepted.length > 0 || open !== undefined;
}

/**
 * Outcomes of the rules that ask about what is as good as no protection, where it is offered. The first is graded by `usual`, the other as if we
 * had negotiated it.
 */
export function weakOutcomes(severity: { readonly usual: Severity; readonly worst: Severity }, message: OutcomeDefinition["message"]) {
  return {
    offered: { verdict: "fail", severity: severity.usual, usual: true, message },
    "nothing-better": {
      verdict: "fail",
      severity: severity.worst,
      remediation: NOTHING_BETTER,
      message: (data) => `${message(data)} Nothing that protects is accepted: every client gets this, something as weak, or no connection.`,
    },
  } as const satisfies Readonly<Record<string, OutcomeDefinition>>;
}

/** For the rules that ask whether nothing of a class is accepted, though something else is. */
export function missingAnswer(evidence: TlsEvidence, isMember: SuiteClass): Answer<"accepted" | "missing" | "nothing-accepted"> {
  const { accepted, open, openAt } = suitesOfClass(evidence, isMember);
  if (accepted[0] !== undefined) return { outcome: "accepted", pointer: accepted[0].pointer, ...shownSuites(accepted) };
  if (open !== undefined) return { outcome: "unobserved", reason: open, pointer: openAt, summary: "not all of them were refused" };
  const others = suitesOfClass(evidence, () => true);
  const [first] = others.accepted;
  if (first !== undefined) return { outcome: "missing", pointer: first.pointer, ...shownSuites(others.accepted) };
  if (others.open === undefined) return { outcome: "nothing-accepted", pointer: "/versions", summary: "no version is accepted" };
  return { outcome: "unobserved", reason: others.open, pointer: others.openAt, summary: "whether anything is accepted is not known" };
}

export function supportOf({ versions }: TlsEvidence, version: TlsVersion): TlsVersionSupport | undefined {
  return versions.find((found) => found.version === version);
}

/** JSON Pointer to a version, or to the list of them where it was not asked about. */
export function versionPointer({ versions }: TlsEvidence, version: TlsVersion): string {
  const index = versions.findIndex((found) => found.version === version);
  return index < 0 ? "/versions" : `/versions/${index}`;
}

/** Why it is not known whether a version is spoken; undefined where it is known. */
export function unknownReason(found: TlsVersionSupport | undefined): UnobservedReason | undefined {
  if (found === undefined) return "not_requested";
  return found.support === "unknown" ? (found.reason ?? "evidence_ambiguous") : undefined;
}

/** "A, B, C, D and 3 more", each of them once. */
export function listed(words: readonly string[]): string {
  const once = [...new Set(words)];
  const rest = once.length - MOST_LISTED;
  if (rest > 0) return `${once.slice(0, MOST_LISTED).join(", ")} and ${rest} more`;
  return once.join(", ");
}

function shownSuites(accepted: readonly AcceptedSuite[]): Pick<Answer<never>, "summary" | "data"> {
  const data = { suites: listed(accepted.map(({ name }) => name)), versions: listed(accepted.map(({ version }) => version)) };
  return { summary: `accepted: ${data.suites}`, data };
}

function sightingIn(evidence: TlsEvidence, version: TlsVersion, isMember: SuiteClass): ClassSighting {
  const found = supportOf(evidence, version);
  const openAt = versionPointer(evidence, version);
  const reason = unknownReason(found);
  if (reason !== undefined) return { accepted: [], ...(couldHold(version, found, isMember) && { open: reason }), openAt };
  if (found === undefined || found.support === "refused") return { accepted: [], openAt };
  const suites = found.cipherSuites.map(({ code }, index) => ({
    suite: knownSuite(version, code),
    pointer: `${openAt}/cipherSuites/${index}`,
  }));
  const accepted = suites.flatMap(({ suite, pointer }) =>
    suite !== undefined && isMember(suite) ? [{ name: suite.name, version, pointer }] : [],
  );
  // What the registry does not know may be of any class.
  const isStrange = suites.some(({ suite }) => suite === undefined);
  const isOpen = isStrange || undecided(found).some(isMember);
  return { accepted, ...(isOpen && { open: isStrange ? "evidence_ambiguous" : (found.reason ?? "evidence_ambiguous") }), openAt };
}

/** Of a version that is not known to be spoken some suites may be known to be refused, all the same. */
function couldHold(version: TlsVersion, found: TlsVersionSupport | undefined, isMember: SuiteClass): boolean {
  if (version === "SSL 2.0") return ssl2Suites().some(isMember);
  return (found === undefined ? cipherSuitesOf(version) : undecided(found)).some(isMember);
}

function knownSuite(version: TlsVersion, code: string): SuiteFacts | undefined {
  if (version === "SSL 2.0") return ssl2Suites().find((kind) => kind.code === Number(code));
  const suite = cipherSuiteByCode(Number(code));
  return suite?.signalling === true ? undefined : suite;
}

/** Suites that were neither accepted nor refused. A server of SSL 2.0 lists all that it has (draft-hickman-netscape-ssl-00 section 1.5). */
function undecided({ version, cipherSuites, refused = "" }: TlsVersionSupport): readonly CipherSuite[] {
  const decided = new Set([...cipherSuites.map(({ code }) => Number(code)), ...codesIn(refused)]);
  return cipherSuitesOf(version).filter(({ code }) => !decided.has(code));
}

/** SSL 2.0 has RSA key transport alone, and a MAC of MD5. */
function ssl2Suites(): readonly (SuiteFacts & { readonly code: number })[] {
  return ssl2CipherKinds().map(({ code, name, bits }) => ({
    code,
    name,
    bits,
    keyExchange: "RSA",
    authentication: "RSA",
    forwardSecrecy: false,
    mode: name.includes("_CBC_") ? "cbc" : "stream",
    encryption: SSL2_ENCRYPTION.find(([pattern]) => pattern.test(name))?.[1] ?? "unknown",
    ...(name.includes("EXPORT") && { export: true as const }),
  }));
}

const SSL2_ENCRYPTION: readonly (readonly [pattern: RegExp, encryption: string])[] = [
  [/^SSL_CK_RC4/, "RC4"],
  [/^SSL_CK_RC2/, "RC2_CBC"],
  [/^SSL_CK_IDEA/, "IDEA_CBC"],
  [/^SSL_CK_DES_64/, "DES_CBC"],
  [/^SSL_CK_DES_192/, "3DES_EDE_CBC"],
];
const MOST_LISTED = 4;

const CURRENT_TLS_VERSIONS: readonly TlsVersion[] = TLS_VERSIONS.filter((version) => !DEPRECATED_TLS_VERSIONS.includes(version));

const NOTHING_BETTER: Remediation = {
  verb: "compensate",
  alone: true,
  effort: "medium",
  text: "A client that refuses this cannot connect at all: let your own clients fail rather than send sensitive data or credentials over it, and keep those off this integration. Ask the provider for TLS 1.2 with ECDHE and AES-GCM, or TLS 1.3, and for a date.",
};
