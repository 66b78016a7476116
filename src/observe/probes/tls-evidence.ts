import { type CipherSuite, cipherSuiteByCode, cipherSuiteCodeText, ssl2CipherKinds } from "../../catalog/cipher-suites.ts";
import { namedGroupByCode } from "../../catalog/named-groups.ts";
import { signatureSchemeByCode } from "../../catalog/signature-schemes.ts";
import { isCbc, isExport, isFiniteField, isForwardSecret } from "../../catalog/suite-classes.ts";
import type { TlsCodeFact, TlsEvidence, TlsFeatureFacts, TlsLeafFact, TlsSuiteFact, TlsVersionSupport } from "../../evidence/kinds.ts";
import { orderedSuites } from "../../evidence/suite-order.ts";
import { codeRanges } from "../../model/code-ranges.ts";
import type { Depth } from "../../model/depth.ts";
import type { Instant } from "../../model/instant.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { DEPRECATED_TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import type { TlsAnswer } from "../../model/tls-offer.ts";
import type { Item, Seen, SuiteItem, VersionResult } from "../enumerate/result.ts";
import { chainEvidence } from "./tls-chains.ts";
import type { Ssl2Finding, TlsFindings } from "./tls-enumeration.ts";
import { isFresh } from "./tls-remembered.ts";

/** What is to be said of what was not asked for its depth, and of what an early end left open. */
interface ReasonFor {
  readonly depth: UnobservedReason;
  readonly end: UnobservedReason;
}

export interface Circumstances {
  readonly address: string;
  readonly depth: Depth;
  /** A greater depth was asked for, and there was no budget for it. */
  readonly reduced?: boolean;
  readonly now: Instant;
  readonly before?: TlsEvidence;
  /** SHA-256 of the leaf that our own connection got this time. */
  readonly sessionLeaf?: string;
}

/**
 * What an enumeration found, as evidence keeps it: names beside codes, refusals as ranges. What was found last time, and not looked for this
 * time, is taken over: evidence of a server that did not change is the same every night.
 */
export function tlsEvidence(circumstances: Circumstances, found: TlsFindings): TlsEvidence {
  const { address, depth, now, before } = circumstances;
  const known = before !== undefined && isFresh(before, now) ? before : undefined;
  const kept = depth === "standard" ? known : undefined;
  const oldestFirst = [...found.versions].reverse();
  const schemes = depth === "full" ? found.versions : found.versions.filter(({ version }) => version !== "TLS 1.3");
  const listedOn = listingDay(depth, now, known);
  const reasonFor: ReasonFor = {
    depth: circumstances.reduced === true ? "budget_exhausted" : "not_requested",
    end: found.stoppedFor ?? "interrupted",
  };
  const ssl2 = found.ssl2 === undefined ? ssl2Before(known) : ssl2Support(found.ssl2, reasonFor.end);
  const certificates = leafFacts(found.versions, leavesBefore(kept, found.versions, circumstances.sessionLeaf));
  const seesNameless = found.chains.some(({ named }) => !named);
  const features = { ...stillTrue(kept?.features ?? {}, found.versions), ...found.features };
  return {
    address,
    depth,
    ...(listedOn !== undefined && { listedOn }),
    versions: [...(ssl2 === undefined ? [] : [ssl2]), ...oldestFirst.map((one) => versionSupport(one, orderBefore(one, kept), reasonFor))],
    groups: codeFacts(found.versions, "groups", (code) => namedGroupByCode(code)?.name),
    signatureSchemes: codeFacts(schemes, "schemes", (code) => signatureSchemeByCode(code)?.name),
    certificates,
    ...chainEvidence(found.chains, kept, ({ named, certificates: [leaf] }) =>
      named ? certificates.some(({ sha256 }) => sha256 === leaf) : features.withoutName === "other-certificate" && !seesNameless,
    ),
    features: presentable(features),
    quirks: [...found.quirks, ...(hasOddProtocol(features) ? ["odd-alpn"] : [])].sort(),
    // Kept for as long as there is a memory, or every second night would find out again.
    ...((found.limited || known?.pace !== undefined) && { pace: found.pace }),
    ...(found.readsLongLists && { readsLongLists: true }),
  };
}

/** Depth quick lists nothing, depth full everything, and standard what it does not know. */
function listingDay(depth: Depth, now: Instant, known: TlsEvidence | undefined): string | undefined {
  const today = new Date(now).toISOString().slice(0, 10);
  if (depth === "full") return today;
  return known?.listedOn ?? (depth === "standard" ? today : undefined);
}

/** SSL 2.0 is asked about at depth full alone. A refusal is believed as others are, and what was accepted cannot be seen again tonight. */
function ssl2Before(known: TlsEvidence | undefined): TlsVersionSupport | undefined {
  const last = known?.versions.find(({ version }) => version === "SSL 2.0");
  return last === undefined || last.support === "refused" ? last : ssl2Support({ support: "unknown", cipherKinds: [] }, "not_requested");
}

/** Of last time: what is said of something that is not accepted this time is said of nothing. */
function stillTrue(features: TlsFeatureFacts, versions: readonly VersionResult[]): TlsFeatureFacts {
  const told = Object.entries(TELLING).flatMap(([name, isThere]) => (isThere(versions) ? [name] : []));
  return Object.fromEntries(Object.entries(features).filter(([name]) => told.includes(name)));
}

/** Some suite of a class is accepted. */
function accepts(isMember: (suite: CipherSuite) => boolean): IsThere {
  const isOfClass = (code: number) => [cipherSuiteByCode(code)].some((suite) => suite !== undefined && isMember(suite));
  return (versions) =>
    versions.some(
      ({ support, suites }) => support === "accepted" && suites.some(({ code, state }) => state === "accepted" && isOfClass(code)),
    );
}

function speaks(isMember: (version: TlsVersion) => boolean): IsThere {
  return (versions) => versions.some(({ version, support }) => support === "accepted" && isMember(version));
}

/** The server's own words are cut, and stand in an order that is not the server's. */
function presentable({ alpn, clientCertificate, dh, ...features }: TlsFeatureFacts): TlsFeatureFacts {
  return {
    ...features,
    ...(alpn?.every(isOffered) && { alpn }),
    ...(clientCertificate !== undefined && {
      clientCertificate: { ...clientCertificate, authorities: clientCertificate.authorities.map(cut).sort() },
    }),
    ...(dh !== undefined && { dh: dh.slice(0, MOST_PRIMES) }),
  };
}

function hasOddProtocol({ alpn = [] }: TlsFeatureFacts): boolean {
  return !alpn.every(isOffered);
}

function isOffered(protocol: string): boolean {
  return PROTOCOLS.includes(protocol);
}

function cut(name: string): string {
  return [...name].slice(0, LONGEST_NAME).join("");
}

/** The order of last time, where the server still has one, nothing was accepted beside or instead, and what was seen this time fits. */
function orderBefore({ version, preference, order = [], suites }: VersionResult, kept: TlsEvidence | undefined): readonly number[] {
  const last = kept?.versions.find((support) => support.version === version);
  if (preference !== "server" || last?.preference !== "server") return order;
  const codes = last.cipherSuites.map(({ code }) => Number(code));
  const accepted = suites.filter(({ state }) => state === "accepted").map(({ code }) => code);
  const isSame = codes.length === accepted.length && accepted.every((code) => codes.includes(code));
  const before = codes.slice(0, orderedSuites(last));
  return isSame && before.length > order.length && order.every((code, at) => before[at] === code) ? before : order;
}

function versionSupport(found: VersionResult, order: readonly number[], reasonFor: ReasonFor): TlsVersionSupport {
  const { version, support, seen, preference, complete } = found;
  const refused = (items: readonly Item[]) => codeRanges(items.filter(({ state }) => state === "refused").map(({ code }) => code));
  const isRefused = support === "refused";
  return {
    version,
    support,
    ...(support === "unknown" || !complete ? { reason: reasonOf(found, reasonFor) } : {}),
    seen: seenText(seen),
    cipherSuites: suitesInOrder(found, order).map(suiteFact),
    ...(order.length > 0 && { ordered: order.length }),
    preference,
    complete,
    // A version that is refused refuses all of its suites: nothing is gained by listing them.
    ...(!isRefused && { refused: refused(found.suites), refusedGroups: refused(found.groups), refusedSchemes: refused(found.schemes) }),
  };
}

function suitesInOrder({ suites }: VersionResult, order: readonly number[]): readonly SuiteItem[] {
  const place = (code: number) => (order.includes(code) ? order.indexOf(code) : order.length);
  return suites.filter(({ state }) => state === "accepted").sort((a, b) => place(a.code) - place(b.code) || a.code - b.code);
}

function suiteFact({ code, shown, seen }: SuiteItem): TlsSuiteFact {
  const text = cipherSuiteCodeText(code);
  const name = cipherSuiteByCode(code)?.name ?? text;
  return { code: text, name, ...(shown !== undefined && { shown }), ...(seen.what === "remembered" && { remembered: true }) };
}

function codeFacts(
  versions: readonly VersionResult[],
  kind: "groups" | "schemes",
  nameOf: (code: number) => string | undefined,
): readonly TlsCodeFact[] {
  const accepted = new Map<number, TlsVersion[]>();
  for (const found of versions) {
    if (found.support !== "accepted") continue;
    for (const { code, state } of found[kind]) if (state === "accepted") accepted.set(code, [...(accepted.get(code) ?? []), found.version]);
  }
  return [...accepted]
    .sort(([a], [b]) => a - b)
    .map(([code, spokenIn]) => ({ code: cipherSuiteCodeText(code), name: nameOf(code) ?? cipherSuiteCodeText(code), versions: spokenIn }));
}

/**
 * Of last time: leaves that may be served still. TLS 1.3 hides them from a hello without a share: where it is all that is spoken, and our own
 * connection got another one than these, they were renewed.
 */
function leavesBefore(
  kept: TlsEvidence | undefined,
  versions: readonly VersionResult[],
  sessionLeaf: string | undefined,
): readonly TlsLeafFact[] {
  const { certificates = [] } = kept ?? {};
  const isOnly13 = !speaks((version) => version !== "TLS 1.3")(versions);
  if (isOnly13 && sessionLeaf !== undefined && certificates.every(({ sha256 }) => sha256 !== sessionLeaf)) return [];
  return certificates.filter(({ key }) => (isOnly13 ? accepts((suite) => mayServe(suite, key))(versions) : isShown(key, versions)));
}

/** By a suite that is accepted still. */
function isShown(key: string, versions: readonly VersionResult[]): boolean {
  return versions.some(
    ({ support, suites }) => support === "accepted" && suites.some(({ state, shown }) => state === "accepted" && shown?.key === key),
  );
}

/** Whether a suite has a use for such a key. Of some kinds that is not known. */
function mayServe({ keyExchange, authentication }: CipherSuite, key: string): boolean {
  if (authentication === "anon" || (authentication === "PSK" && keyExchange !== "RSA_PSK")) return false;
  const keys = KEYS_OF[keyExchange === "RSA_PSK" ? "RSA" : authentication];
  // The keys of static Diffie-Hellman are of a kind of their own.
  return keys === undefined || keyExchange === "DH" || keyExchange === "ECDH" || key === "other" || keys.includes(key);
}

/** And nothing was served in their place, for the kind of key. */
function leafFacts(versions: readonly VersionResult[], before: readonly TlsLeafFact[]): readonly TlsLeafFact[] {
  const served = versions.flatMap(({ certificates }) => certificates).filter(({ sha256 }) => sha256 !== "");
  const leaves = new Map(
    served.map(({ sha256, key, group, bits }) => [sha256, { sha256, key, ...curveOf(group), ...(bits !== undefined && { bits }) }]),
  );
  const kept = before.filter(({ key }) => served.every((leaf) => leaf.key !== key));
  return [...kept, ...leaves.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

function curveOf(group: number | undefined): Pick<TlsLeafFact, "curve"> {
  const curve = group === undefined ? undefined : namedGroupByCode(group)?.name;
  return curve === undefined ? {} : { curve };
}

function ssl2Support({ support, cipherKinds, answer }: Ssl2Finding, unasked: UnobservedReason): TlsVersionSupport {
  const names = new Map(ssl2CipherKinds().map(({ code, name }) => [code, name]));
  const cipherSuites = [...cipherKinds]
    .sort((a, b) => a - b)
    .map((code) => {
      const text = `0x${code.toString(16).toUpperCase().padStart(6, "0")}`;
      return { code: text, name: names.get(code) ?? text };
    });
  return {
    version: "SSL 2.0",
    support,
    ...(support === "unknown" && {
      reason: answer === undefined ? unasked : (REASON_OF_ANSWER[answer.type] ?? "evidence_ambiguous"),
    }),
    ...(answer !== undefined && { seen: answerText(answer) }),
    cipherSuites,
    // The client chooses from the list (draft 02, section 2.6).
    preference: "client",
    complete: support !== "unknown",
  };
}

/** Why something of a version is not known. */
function reasonOf({ reason, seen }: VersionResult, { depth, end }: ReasonFor): UnobservedReason {
  if (reason === "depth") return depth;
  if (reason === "budget") return "budget_exhausted";
  if (reason === "stopped") return end;
  // What was seen tells more than what we made of it.
  if (reason === "limited" && !LOSSES.includes(seen.what)) return "rate_limited";
  return REASON_OF_SEEN[seen.what] ?? "evidence_ambiguous";
}

function seenText({ what, alert, version }: Seen): string {
  if (what === "alert") return `alert ${alert}`;
  if (what === "hello") return "server-hello";
  if (what === "other-choice") return version === undefined ? "other choice" : `server-hello ${version}`;
  return what;
}

function answerText(answer: TlsAnswer): string {
  if (answer.type === "alert") return `alert ${answer.description}`;
  return answer.type === "hello" ? `server-hello ${answer.version}` : answer.type;
}

type IsThere = (versions: readonly VersionResult[]) => boolean;

const ANY_VERSION = speaks(() => true);
/** SSL 3.0 has no extensions, and TLS 1.3 none of these. */
const EXTENDED = speaks((version) => version !== "SSL 3.0" && version !== "TLS 1.3");
const RETIRED = speaks((version) => DEPRECATED_TLS_VERSIONS.includes(version));
const CURRENT = speaks((version) => !DEPRECATED_TLS_VERSIONS.includes(version));

/** What has to be there for a feature to be one. */
const TELLING: Readonly<Record<keyof TlsFeatureFacts, IsThere>> = {
  secureRenegotiation: speaks((version) => version !== "TLS 1.3"),
  extendedMasterSecret: EXTENDED,
  compression: EXTENDED,
  sessionTickets: EXTENDED,
  encryptThenMac: accepts(isCbc),
  dh: accepts(isFiniteField),
  exportRsaBits: accepts((suite) => isExport(suite) && suite.keyExchange === "RSA"),
  ephemeralReuse: accepts(isForwardSecret),
  fallbackScsv: (versions) => RETIRED(versions) && CURRENT(versions),
  clientCertificate: ANY_VERSION,
  alpn: ANY_VERSION,
  withoutName: ANY_VERSION,
  grease: ANY_VERSION,
  longHello: ANY_VERSION,
  stapling: ANY_VERSION,
  scts: ANY_VERSION,
};

/** What is offered: a server that chooses another one writes what it likes. */
const PROTOCOLS: readonly string[] = ["h2", "http/1.1"];
const LONGEST_NAME = 200;
/** Of the shortest, which come first. A server that makes a new one for every connection has no more to say. */
const MOST_PRIMES = 4;

/** Kinds of keys by the word for who signs: Ed25519 goes by ECDSA (RFC 8422 section 5.5). Others take any. */
const KEYS_OF: Readonly<Record<string, readonly string[]>> = {
  RSA: ["rsa", "rsa-pss"],
  ECDSA: ["ecdsa", "eddsa"],
  DSS: ["dsa"],
  any: ["rsa", "rsa-pss", "ecdsa", "eddsa"],
};

const REASON_OF_SEEN: Readonly<Partial<Record<Seen["what"], UnobservedReason>>> = {
  alert: "tls_alert",
  close: "connection_closed",
  cut: "connection_closed",
  reset: "connection_reset",
  timeout: "tls_timeout",
  malformed: "tls_protocol_error",
  "not-asked": "not_requested",
};

const LOSSES: readonly Seen["what"][] = ["alert", "cut", "reset", "timeout"];

const REASON_OF_ANSWER: Readonly<Partial<Record<TlsAnswer["type"], UnobservedReason>>> = {
  close: "connection_closed",
  reset: "connection_reset",
  timeout: "tls_timeout",
  malformed: "tls_protocol_error",
};
