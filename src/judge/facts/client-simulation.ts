import { type CipherSuite, cipherSuiteByName, cipherSuitesOf } from "../../catalog/cipher-suites.ts";
import type { ClientProfile } from "../../catalog/client-profiles.ts";
import { namedGroups } from "../../catalog/named-groups.ts";
import { signatureSchemes } from "../../catalog/signature-schemes.ts";
import { isFiniteField, isSigned } from "../../catalog/suite-classes.ts";
import type { TlsCodeFact, TlsEvidence, TlsSuiteFact, TlsVersionSupport } from "../../evidence/kinds.ts";
import { orderedSuites } from "../../evidence/suite-order.ts";
import { codesIn } from "../../model/code-ranges.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { TlsVersion } from "../../model/tls.ts";
import { supportOf, unknownReason } from "./tls-suites.ts";

/** What would come of it if this client spoke to this address. */
export type Simulation =
  | {
      readonly state: "connects";
      readonly version: TlsVersion;
      /** Every suite that it might come to; one where the choice is known. */
      readonly suites: readonly string[];
      /** Where the choice is known. */
      readonly suite?: string;
      /** Where they have no other in common. */
      readonly group?: string;
    }
  | { readonly state: "cannot-connect"; readonly why: string }
  | { readonly state: "unknown"; readonly reason: UnobservedReason };

/** A client in the part that a handshake is made of. */
export type ClientOffer = Pick<ClientProfile, "versions" | "cipherSuites" | "groups" | "signatureSchemes" | "dhBits">;

/**
 * The highest version that both speak (RFC 8446 section 4.2.1), then a suite that both can carry out: by the server's order where it has one
 * and showed it, else by the client's. Whatever of it was not seen stays open, and the answer with it: a suite that is merely remembered
 * may be gone.
 */
export function simulateClient(client: ClientOffer, evidence: TlsEvidence): Simulation {
  const version = commonVersion(client, evidence);
  if (typeof version !== "string") return version;
  const found = supportOf(evidence, version);
  if (found === undefined) return { state: "unknown", reason: "not_requested" };
  return negotiated(client, evidence, found);
}

function commonVersion({ versions }: ClientOffer, evidence: TlsEvidence): TlsVersion | Exclude<Simulation, { state: "connects" }> {
  for (const version of [...versions].reverse()) {
    const found = supportOf(evidence, version);
    const reason = unknownReason(found);
    if (reason !== undefined) return { state: "unknown", reason };
    if (found?.support === "accepted") return version;
  }
  return { state: "cannot-connect", why: "no version in common" };
}

function negotiated(client: ClientOffer, evidence: TlsEvidence, found: TlsVersionSupport): Simulation {
  const { version, reason = "evidence_ambiguous" } = found;
  const groups = commonGroups(client, evidence, version);
  const usable = (suite: CipherSuite) =>
    worst([stateOf(suite, found), agreement(suite, groups, client, evidence), signing(suite, client, evidence, found)]);
  const inOrder = suitesInOrder(client, found);
  const possible = possibleSuites(inOrder, usable, (suite) => isPlaced(suite, found));
  if (possible.length === 0) return { state: "cannot-connect", why: whyNot(inOrder, found) };
  if (!possible.some((suite) => usable(suite) === "yes"))
    return { state: "unknown", reason: possible.every((suite) => factOf(suite, found)?.remembered) ? "not_requested" : reason };
  const suites = possible.map(({ name }) => name);
  const isElliptic = possible.every(({ keyExchange }) => /^ECDHE|^any$/.test(keyExchange));
  const [suite, group] = [
    suites.length === 1 ? suites[0] : undefined,
    isElliptic && groups.open.length === 0 ? only(groups.common) : undefined,
  ];
  return { state: "connects", version, suites, ...(suite === undefined ? {} : { suite }), ...(group === undefined ? {} : { group }) };
}

type Usable = "yes" | "maybe" | "no";

/** Those before the first one that surely works are chosen where they do. */
function possibleSuites(
  inOrder: readonly CipherSuite[],
  usable: (suite: CipherSuite) => Usable,
  isPlaced: (suite: CipherSuite) => boolean,
): readonly CipherSuite[] {
  const candidates = inOrder.filter((suite) => usable(suite) !== "no");
  const sure = candidates.findIndex((suite) => isPlaced(suite) && usable(suite) === "yes");
  return sure >= 0 ? candidates.slice(0, sure + 1) : candidates;
}

/** What the client offers in this version. What is not known of the server may stand anywhere in its order: first. */
function suitesInOrder({ cipherSuites }: ClientOffer, found: TlsVersionSupport): readonly CipherSuite[] {
  const speakable = new Set(cipherSuitesOf(found.version).map(({ name }) => name));
  const offered = cipherSuites.flatMap((name) => (speakable.has(name) ? (cipherSuiteByName(name) ?? []) : []));
  if (found.preference !== "server") return offered;
  const place = (suite: CipherSuite) => found.cipherSuites.findIndex(({ code }) => Number(code) === suite.code);
  return [...offered].sort((a, b) => place(a) - place(b));
}

/** It is chosen before all that come after it. */
function isPlaced(suite: CipherSuite, found: TlsVersionSupport): boolean {
  if (found.preference !== "server") return found.preference === "client";
  return found.cipherSuites.slice(0, orderedSuites(found)).some(({ code }) => Number(code) === suite.code);
}

function stateOf(suite: CipherSuite, found: TlsVersionSupport): Usable {
  const accepted = factOf(suite, found);
  if (accepted !== undefined) return accepted.remembered ? "maybe" : "yes";
  return codesIn(found.refused ?? "").includes(suite.code) ? "no" : "maybe";
}

function factOf({ code }: CipherSuite, { cipherSuites }: TlsVersionSupport): TlsSuiteFact | undefined {
  return cipherSuites.find((accepted) => Number(accepted.code) === code);
}

/** The key exchange: a group in common, or a prime that the client takes. */
function agreement(suite: CipherSuite, groups: CommonGroups, { dhBits }: ClientOffer, { features }: TlsEvidence): Usable {
  if (/^ECDHE|^any$/.test(suite.keyExchange)) return groups.common.length > 0 ? "yes" : groups.open.length > 0 ? "maybe" : "no";
  if (!isFiniteField(suite)) return "yes";
  const bits = (features.dh ?? []).map((prime) => prime.bits);
  if (dhBits === undefined || bits.length === 0) return "maybe";
  if (bits.every((length) => length >= dhBits)) return "yes";
  return bits.every((length) => length < dhBits) ? "no" : "maybe";
}

interface CommonGroups {
  readonly common: readonly string[];
  /** Of the client, and neither accepted nor refused. */
  readonly open: readonly string[];
}

/** Below TLS 1.3 the newest version that is spoken stands for the older ones. */
function commonGroups(client: ClientOffer, evidence: TlsEvidence, version: TlsVersion): CommonGroups {
  const isAlike = (other: TlsVersion) => (version === "TLS 1.3") === (other === "TLS 1.3");
  const refused = evidence.versions.filter((found) => isAlike(found.version)).flatMap(({ refusedGroups = "" }) => codesIn(refusedGroups));
  const accepted = codes(evidence.groups, isAlike);
  const known = namedGroups().filter(({ name, tls12, tls13 }) => client.groups.includes(name) && (version === "TLS 1.3" ? tls13 : tls12));
  const inOrder = client.groups.flatMap((name) => known.find((group) => group.name === name) ?? []);
  return {
    common: inOrder.filter(({ code }) => accepted.has(code)).map(({ name }) => name),
    open: inOrder.filter(({ code }) => !accepted.has(code) && !refused.includes(code)).map(({ name }) => name),
  };
}

/** Signatures decide where they were looked at: where nothing of them was seen, the suites that were accepted stand for them. */
function signing(
  suite: CipherSuite,
  client: ClientOffer,
  evidence: TlsEvidence,
  { version, refusedSchemes = "" }: TlsVersionSupport,
): Usable {
  if (version !== "TLS 1.2" && version !== "TLS 1.3") return "yes";
  if (version === "TLS 1.2" && !isSigned(suite)) return "yes";
  const offered = signatureSchemes().filter(({ name }) => client.signatureSchemes.includes(name));
  const accepted = codes(evidence.signatureSchemes, (other) => other === version);
  if (accepted.size === 0 || offered.some(({ code }) => accepted.has(code))) return "yes";
  const refused = codesIn(refusedSchemes);
  return offered.every(({ code }) => refused.includes(code)) ? "no" : "maybe";
}

function codes(facts: readonly TlsCodeFact[], isOf: (version: TlsVersion) => boolean): ReadonlySet<number> {
  return new Set(facts.flatMap(({ code, versions }) => (versions.some(isOf) ? [Number(code)] : [])));
}

function worst(states: readonly Usable[]): Usable {
  return states.includes("no") ? "no" : states.includes("maybe") ? "maybe" : "yes";
}

function whyNot(offered: readonly CipherSuite[], found: TlsVersionSupport): string {
  const hasCommon = offered.some((suite) => factOf(suite, found) !== undefined);
  return hasCommon ? `no key exchange or signature in common in ${found.version}` : `no cipher suite in common in ${found.version}`;
}

function only(names: readonly string[]): string | undefined {
  return names.length === 1 ? names[0] : undefined;
}
