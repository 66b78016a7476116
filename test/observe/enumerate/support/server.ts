import type { TlsAnswer, TlsOffer } from "../../../../src/model/tls-offer.ts";
import type { OfferVersion } from "../../../../src/observe/enumerate/result.ts";
import { FFDHE, SUITE } from "./universe.ts";

export interface Certificate {
  readonly key: "rsa" | "ecdsa";
  readonly group?: number;
  readonly schemes: readonly number[];
}

/** A TLS server as a function. Lists are in the order of the server's preference. */
export interface Server {
  readonly suites: Readonly<Partial<Record<OfferVersion, readonly number[]>>>;
  readonly groups: readonly number[];
  /** TLS 1.3; same as `groups` where it is left out. */
  readonly groups13?: readonly number[];
  readonly certificates: readonly Certificate[];
  readonly preference: "server" | "client";
  /** Whose order decides groups and schemes; the client's where it is left out. */
  readonly parameters?: "server" | "client";
  readonly noVersion?: TlsAnswer;
  readonly noSuite?: TlsAnswer;
  readonly odd?: Oddities;
}

export interface Oddities {
  readonly readsSuites?: number;
  readonly longestList?: number;
  readonly mostGroups?: number;
  readonly knownGroupsOnly?: boolean;
  readonly needsSchemes?: boolean;
  readonly intolerance?: TlsAnswer;
  /** Chooses the suite without looking at certificates and schemes, and then fails. */
  readonly suiteFirst?: boolean;
  /** Chooses the suite without looking at schemes, says so, and then fails. */
  readonly signsLast?: boolean;
  /** An ECDSA certificate is served to whoever offers its curve. */
  readonly curveMatters?: boolean;
  /** Has one certificate for whoever offers a suite of ECDSA, even one that it does not have, and another one for everybody else (HAProxy). */
  readonly ecdsaDecides?: boolean;
  /** Has finite-field exchanges for those only who name a group of RFC 7919. */
  readonly namedGroups?: boolean;
  readonly insists?: number;
  readonly needsShare?: readonly number[] | "any";
  readonly refusesShares?: boolean;
  /** Uses this group whatever is offered. */
  readonly onlyGroup?: number;
}

export const ALERT_40: TlsAnswer = { type: "alert", level: 2, description: 40 };
export const ALERT_70: TlsAnswer = { type: "alert", level: 2, description: 70 };
const OLDEST_FIRST: readonly OfferVersion[] = ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];

export function answerOf(server: Server, offer: TlsOffer): TlsAnswer {
  const odd = server.odd ?? {};
  if (chokes(server, offer)) return odd.intolerance ?? ALERT_40;
  const suites = offer.cipherSuites.slice(0, odd.readsSuites ?? Number.POSITIVE_INFINITY);
  const version = versionFor(server, offer);
  if (version === undefined) return server.noVersion ?? ALERT_70;
  const common = choose(server.preference, suites, server.suites[version] ?? []);
  const answer = version === "TLS 1.3" ? modern(server, offer, common) : legacy(server, offer, version, common);
  if (answer !== undefined) return answer;
  if (odd.insists === undefined) return server.noSuite ?? ALERT_40;
  return { type: "hello", version, cipherSuite: odd.insists, helloRetryRequest: false };
}

function chokes({ odd = {}, groups, groups13 = groups }: Server, offer: TlsOffer): boolean {
  if (offer.cipherSuites.length > (odd.longestList ?? 1000) || offer.groups.length > (odd.mostGroups ?? 1000)) return true;
  const known = new Set([...groups, ...groups13]);
  if (odd.knownGroupsOnly === true && offer.groups.some((group) => !known.has(group))) return true;
  return odd.needsSchemes === true && offer.version === "TLS 1.2" && offer.signatureSchemes.length === 0;
}

function versionFor(server: Server, offer: TlsOffer): OfferVersion | undefined {
  const spoken = OLDEST_FIRST.filter((version) => server.suites[version] !== undefined);
  if (offer.version === "TLS 1.3") return spoken.find((version) => version === "TLS 1.3");
  return spoken.filter((version) => OLDEST_FIRST.indexOf(version) <= OLDEST_FIRST.indexOf(offer.version)).at(-1);
}

/** What both have, best first. */
function choose(preference: Server["preference"] | undefined, offered: readonly number[], ours: readonly number[]): number[] {
  return preference === "server" ? ours.filter((code) => offered.includes(code)) : offered.filter((code) => ours.includes(code));
}

function modern(server: Server, offer: TlsOffer, suites: readonly number[]): TlsAnswer | undefined {
  const { needsShare = [], refusesShares = false } = server.odd ?? {};
  const common = choose(server.parameters, offer.groups, server.groups13 ?? server.groups);
  const usable = common.filter((group) => offer.shares.includes(group) || (needsShare !== "any" && !needsShare.includes(group)));
  const group = usable.find((code) => offer.shares.includes(code)) ?? usable[0];
  const signing = signer(server, offer, server.certificates);
  const cipherSuite = suites[0];
  if (group === undefined || signing === undefined || cipherSuite === undefined) return undefined;
  const hello = { type: "hello", version: "TLS 1.3", cipherSuite, group } as const;
  if (!offer.shares.includes(group)) return { ...hello, helloRetryRequest: true };
  return refusesShares ? ALERT_40 : { ...hello, helloRetryRequest: false, ...signing };
}

function legacy(server: Server, offer: TlsOffer, version: OfferVersion, suites: readonly number[]): TlsAnswer | undefined {
  for (const cipherSuite of suites) {
    const shown = flight(server, offer, version, cipherSuite);
    if (shown !== undefined) return { type: "hello", version, cipherSuite, helloRetryRequest: false, ...shown };
    if (server.odd?.suiteFirst === true) return undefined;
  }
  return undefined;
}

function flight(server: Server, offer: TlsOffer, version: OfferVersion, cipherSuite: number) {
  const suite = SUITE.get(cipherSuite);
  if (suite?.key === undefined) return {};
  const insists = server.odd?.namedGroups === true && version !== "SSL 3.0";
  if (suite.exchange === "dhe" && insists && !offer.groups.some((code) => FFDHE.includes(code))) return undefined;
  const groups = version === "SSL 3.0" ? server.groups : choose(server.parameters, offer.groups, server.groups);
  const group = suite.exchange === "ecdhe" ? (server.odd?.onlyGroup ?? groups[0]) : undefined;
  if (suite.exchange === "ecdhe" && group === undefined) return undefined;
  const fitting = server.certificates
    .filter(({ key }) => key === suite.key && (server.odd?.ecdsaDecides !== true || key === decidedBy(offer)))
    .filter((certificate) => curveOffered(server, offer, certificate));
  const signing = version === "TLS 1.2" ? signer(server, offer, fitting) : fitting[0] && { certificate: shownCertificate(fitting[0]) };
  if (signing === undefined && server.odd?.signsLast === true && fitting[0] !== undefined) {
    return {
      certificate: shownCertificate(fitting[0]),
      ...(suite.signed && { brokenOff: 40 }),
      ...(group !== undefined && !suite.signed && { group }),
    };
  }
  if (signing === undefined) return undefined;
  const { certificate, ...signature } = signing as { certificate: ReturnType<typeof shownCertificate>; signatureScheme?: number };
  return {
    certificate,
    ...(suite.signed && signature),
    ...(group !== undefined && { group }),
    ...(suite.exchange === "dhe" && { dhBits: 2048 }),
  };
}

function decidedBy({ cipherSuites }: TlsOffer): Certificate["key"] {
  return cipherSuites.some((code) => SUITE.get(code)?.key === "ecdsa") ? "ecdsa" : "rsa";
}

function curveOffered(server: Server, offer: TlsOffer, { group }: Certificate): boolean {
  return server.odd?.curveMatters !== true || group === undefined || offer.version === "SSL 3.0" || offer.groups.includes(group);
}

function signer(server: Server, offer: TlsOffer, certificates: readonly Certificate[]) {
  const ours = certificates.flatMap(({ schemes }) => schemes);
  const signatureScheme = choose(server.parameters, offer.signatureSchemes, ours)[0];
  const certificate = certificates.find(({ schemes }) => signatureScheme !== undefined && schemes.includes(signatureScheme));
  if (certificate === undefined || signatureScheme === undefined) return undefined;
  return { signatureScheme, certificate: shownCertificate(certificate) };
}

function shownCertificate({ key, group }: Certificate) {
  return { sha256: `${key}-${group ?? 0}`, key, ...(group !== undefined && { group }) };
}
