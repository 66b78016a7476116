import { type CipherSuite, cipherSuiteByCode, cipherSuiteCodeText, ssl2CipherKinds } from "../../catalog/cipher-suites.ts";
import { namedGroupByCode } from "../../catalog/named-groups.ts";
import { signatureSchemeByCode } from "../../catalog/signature-schemes.ts";
import type { TlsCodeFact, TlsEvidence, TlsFeatureFacts, TlsLeafFact, TlsSuiteFact, TlsVersionSupport } from "../../evidence/kinds.ts";
import { codeRanges } from "../../model/code-ranges.ts";
import type { Depth } from "../../model/depth.ts";
import type { Instant } from "../../model/instant.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { DEPRECATED_TLS_VERSIONS, type TlsVersion } from "../../model/tls.ts";
import type { TlsAnswer } from "../../model/tls-offer.ts";
import type { Item, Seen, SuiteItem, VersionResult } from "../enumerate/result.ts";
import type { Ssl2Finding, TlsFindings } from "./tls-enumeration.ts";
import { isFresh } from "./tls-remembered.ts";

export interface Circumstances {
  readonly address: string;
  readonly depth: Depth;
  readonly now: Instant;
  readonly before?: TlsEvidence;
}

/**
 * What an enumeration found, as evidence keeps it: names beside codes, refusals as ranges. What was found last time, and not looked for this
 * time, is taken over: evidence of a server that did not change is the same every night.
 */
export function tlsEvidence({ address, depth, now, before }: Circumstances, found: TlsFindings): TlsEvidence {
  const known = before !== undefined && isFresh(before, now) ? before : undefined;
  const kept = depth === "standard" ? known : undefined;
  const oldestFirst = [...found.versions].reverse();
  const schemes = depth === "full" ? found.versions : found.versions.filter(({ version }) => version !== "TLS 1.3");
  return {
    address,
    depth,
    listedOn: known?.listedOn ?? new Date(now).toISOString().slice(0, 10),
    versions: [
      ...(found.ssl2 === undefined ? [] : [ssl2Support(found.ssl2)]),
      ...oldestFirst.map((one) => versionSupport(one, orderBefore(one, kept))),
    ],
    groups: codeFacts(found.versions, "groups", (code) => namedGroupByCode(code)?.name),
    signatureSchemes: codeFacts(schemes, "schemes", (code) => signatureSchemeByCode(code)?.name),
    certificates: leafFacts(found.versions, kept?.certificates ?? []),
    features: { ...stillTrue(kept?.features ?? {}, found.versions), ...found.features },
    quirks: [...found.quirks].sort(),
    // Kept for as long as there is a memory, or every second night would find out again.
    ...((found.limited || before?.pace !== undefined) && { pace: found.pace }),
    ...(found.readsLongLists && { readsLongLists: true }),
  };
}

/** Of last time: what is said of something that is refused by now is said of nothing. */
function stillTrue(features: TlsFeatureFacts, versions: readonly VersionResult[]): TlsFeatureFacts {
  const gone = ABOUT.filter(([, isLeft]) => !isLeft(versions)).flatMap(([names]) => names);
  return Object.fromEntries(Object.entries(features).filter(([name]) => !gone.some((feature) => feature === name)));
}

/** Some suite of a kind may be accepted. */
function suiteLeft(isMember: (suite: CipherSuite) => boolean): IsLeft {
  const isOfKind = (code: number) => [cipherSuiteByCode(code)].some((suite) => suite !== undefined && isMember(suite));
  return (versions) => versions.some(({ suites }) => suites.some(({ code, state }) => state !== "refused" && isOfKind(code)));
}

function versionLeft(isMember: (version: TlsVersion) => boolean): IsLeft {
  return (versions) => versions.some(({ version, support }) => support !== "refused" && isMember(version));
}

/** The order of last time, where the server still has one and nothing was accepted beside or instead. */
function orderBefore({ version, preference, order, suites }: VersionResult, kept: TlsEvidence | undefined): readonly number[] | undefined {
  const last = kept?.versions.find((support) => support.version === version);
  if (order !== undefined || preference !== "server" || last?.preference !== "server") return order;
  const codes = last.cipherSuites.map(({ code }) => Number(code));
  const accepted = suites.filter(({ state }) => state === "accepted").map(({ code }) => code);
  return codes.length === accepted.length && accepted.every((code) => codes.includes(code)) ? codes : undefined;
}

function versionSupport(found: VersionResult, order: readonly number[] | undefined): TlsVersionSupport {
  const { version, support, seen, preference, complete } = found;
  const refused = (items: readonly Item[]) => codeRanges(items.filter(({ state }) => state === "refused").map(({ code }) => code));
  const isRefused = support === "refused";
  return {
    version,
    support,
    ...(support === "unknown" || !complete ? { reason: reasonOf(found) } : {}),
    seen: seenText(seen),
    cipherSuites: suitesInOrder(found, order).map(suiteFact),
    preference,
    complete,
    // A version that is refused refuses all of its suites: nothing is gained by listing them.
    ...(!isRefused && { refused: refused(found.suites), refusedGroups: refused(found.groups), refusedSchemes: refused(found.schemes) }),
  };
}

function suitesInOrder({ suites }: VersionResult, order: readonly number[] | undefined): readonly SuiteItem[] {
  const accepted = suites.filter(({ state }) => state === "accepted").sort((a, b) => a.code - b.code);
  if (order === undefined) return accepted;
  return [...accepted].sort((a, b) => order.indexOf(a.code) - order.indexOf(b.code));
}

function suiteFact({ code, shown }: SuiteItem): TlsSuiteFact {
  const text = cipherSuiteCodeText(code);
  return { code: text, name: cipherSuiteByCode(code)?.name ?? text, ...(shown !== undefined && { shown }) };
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

/** Of last time: a certificate that nothing was served in the place of, for its kind of key. */
function leafFacts(versions: readonly VersionResult[], before: readonly TlsLeafFact[]): readonly TlsLeafFact[] {
  const served = versions.flatMap(({ certificates }) => certificates).filter(({ sha256 }) => sha256 !== "");
  const leaves = new Map(served.map(({ sha256, key, group }) => [sha256, { sha256, key, ...curveOf(group) }]));
  const kept = before.filter(({ key }) => served.every((leaf) => leaf.key !== key));
  return [...kept, ...leaves.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

function curveOf(group: number | undefined): Pick<TlsLeafFact, "curve"> {
  const curve = group === undefined ? undefined : namedGroupByCode(group)?.name;
  return curve === undefined ? {} : { curve };
}

function ssl2Support({ support, cipherKinds, answer }: Ssl2Finding): TlsVersionSupport {
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
      reason: answer === undefined ? "not_requested" : (REASON_OF_ANSWER[answer.type] ?? "evidence_ambiguous"),
    }),
    ...(answer !== undefined && { seen: answerText(answer) }),
    cipherSuites,
    // The client chooses from the list (draft 02, section 2.6).
    preference: "client",
    complete: support !== "unknown",
  };
}

/** Why something of a version is not known. */
function reasonOf({ reason, seen }: VersionResult): UnobservedReason {
  if (reason === "depth") return "not_requested";
  if (reason === "budget") return "budget_exhausted";
  if (reason === "limited") return "rate_limited";
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

type IsLeft = (versions: readonly VersionResult[]) => boolean;

/** What has to be left for a feature to be one. */
const ABOUT: readonly (readonly [features: readonly (keyof TlsFeatureFacts)[], isLeft: IsLeft])[] = [
  [["secureRenegotiation", "extendedMasterSecret", "compression", "sessionTickets"], versionLeft((version) => version !== "TLS 1.3")],
  [["encryptThenMac"], suiteLeft(({ mode }) => mode === "cbc")],
  [["dh"], suiteLeft(({ keyExchange }) => keyExchange === "DHE" || keyExchange === "DHE_PSK")],
  [["exportRsaBits"], suiteLeft((suite) => suite.export === true && suite.keyExchange === "RSA")],
  [["ephemeralReuse"], suiteLeft(({ forwardSecrecy }) => forwardSecrecy)],
  [["fallbackScsv"], versionLeft((version) => DEPRECATED_TLS_VERSIONS.includes(version))],
  [["fallbackScsv"], versionLeft((version) => !DEPRECATED_TLS_VERSIONS.includes(version))],
];

const REASON_OF_SEEN: Readonly<Partial<Record<Seen["what"], UnobservedReason>>> = {
  alert: "tls_alert",
  close: "connection_closed",
  cut: "connection_closed",
  reset: "connection_reset",
  timeout: "tls_timeout",
  malformed: "tls_protocol_error",
  "not-asked": "not_requested",
};

const REASON_OF_ANSWER: Readonly<Partial<Record<TlsAnswer["type"], UnobservedReason>>> = {
  close: "connection_closed",
  reset: "connection_reset",
  timeout: "tls_timeout",
  malformed: "tls_protocol_error",
};
