import ipaddr from "ipaddr.js";
import { registrableDomain } from "../catalog/public-suffixes.ts";
import { decodeObservation } from "../evidence/codec.ts";
import { LOCAL_KINDS, NAME_KINDS } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { bundledAnchors } from "../judge/facts/anchors.ts";
import { judgeServed } from "../judge/facts/chains.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { DAY } from "../model/instant.ts";
import type { UnobservedReason } from "../model/reason.ts";

/** What one integration's audit says of our own eyes. */
export interface Glance {
  readonly uid: string;
  /** URL that the integration is named by. */
  readonly url: string;
  /** It is declared to be in our own network, where certificates of our own are no surprise. */
  readonly isInternal?: boolean;
  readonly observations: readonly Observation[];
  readonly knowledge: Pick<IntegrationKnowledge, "baseline" | "observations">;
}

export interface Sight {
  /** Almost nothing could be seen at all: that is our side, whatever it is. */
  readonly blind: boolean;
  /** Of these, something of our own network answered instead of the provider. */
  readonly intercepted: ReadonlySet<string>;
  /** Of these, a proxy that we trust ended the TLS: the issuer that it signs with, by uid. */
  readonly proxied: ReadonlyMap<string, string>;
}

/**
 * Whether this run could see. One provider that is down is news; that nearly all of three or more unrelated ones are, is our network
 * (history.md 7, row 50); that the same stranger answers for three or more of them, is a captive portal (row 49); and that one authority of our own vouches for
 * three or more of them, is a proxy that looks into TLS.
 */
export function sightOf(glances: readonly Glance[]): Sight {
  const asked = glances.filter(({ observations }) => fresh(observations).some((observation) => !isOurDecision(observation)));
  const intercepted = interceptedOf(asked);
  const unseen = asked.filter((glance) => intercepted.has(glance.uid) || isUnreachable(glance));
  const isMost = asked.length > 0 && unseen.length >= BLIND_SHARE * asked.length;
  return { blind: isMost && domainsOf(unseen) >= FEWEST_DOMAINS, intercepted, proxied: proxiedOf(asked) };
}

/** Could be our network's doing: to be believed only when the whole run has shown that it sees. */
export function isDoubtful(glance: Glance): boolean {
  return isUnreachable(glance) || strangerOf(glance) !== undefined || ownIssuerOf(glance) !== undefined;
}

/** Somebody else than the last time answers: it may be a stranger on our own way. */
export function isStrange(glance: Glance): boolean {
  return strangerOf(glance) !== undefined;
}

/**
 * Whether a provider's certificate bears witness to our clock: by one that is years off none is valid. True where nobody spoke TLS,
 * because then nothing is judged by it.
 */
export function isWitnessed(glances: readonly Glance[]): boolean {
  const sessions = glances.flatMap(({ observations }) => fresh(observations)).filter(({ kind }) => kind === "tls-session");
  const trusted = sessions.flatMap((session) =>
    session.kind === "tls-session" && session.outcome === "observed" ? [session.evidence.trusted] : [],
  );
  return trusted.length === 0 || trusted.includes(true);
}

/**
 * Whether the servers' clocks agree that ours is wrong: the median difference of at least three hosts is more than a day.
 * Undefined while fewer were heard. `offsets`: their time minus ours, in milliseconds, by host.
 */
export function clockIsWrong(offsets: ReadonlyMap<string, number>): boolean | undefined {
  if (offsets.size < FEWEST_CLOCKS) return undefined;
  const sorted = [...offsets.values()].sort((a, b) => a - b);
  return Math.abs(sorted[Math.floor(sorted.length / 2)] ?? 0) > DAY;
}

function isUnreachable({ observations }: Glance): boolean {
  const asked = fresh(observations).filter((observation) => !isOurDecision(observation));
  return asked.length > 0 && asked.every(isWithoutAWord);
}

/** Where something on the way takes connections and drops them, it is as if nobody were there. */
export function isWithoutAWord(observation: Observation): boolean {
  if (observation.outcome === "failed") return DROPPED.has(observation.failure.reason);
  return observation.outcome === "unreachable" || observation.outcome === "timed-out" || observation.outcome === "refused";
}

/** What was not asked says nothing of the network. */
function isOurDecision(observation: Observation): boolean {
  return observation.outcome === "skipped" || (observation.outcome === "unreachable" && OUR_DECISIONS.has(observation.failure.reason));
}

/** Files of ours are no sight of anybody. */
function fresh(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ carried, kind }) => carried !== true && !NAME_KINDS.has(kind) && !LOCAL_KINDS.has(kind));
}

function interceptedOf(glances: readonly Glance[]): ReadonlySet<string> {
  const strangers = glances.flatMap((glance) => {
    const stranger = strangerOf(glance);
    return stranger === undefined ? [] : [{ glance, stranger }];
  });
  const groups = new Map<string, Glance[]>();
  for (const { glance, stranger } of strangers) groups.set(stranger, [...(groups.get(stranger) ?? []), glance]);
  return new Set(
    [...groups.values()].filter((group) => domainsOf(group) >= FEWEST_DOMAINS).flatMap((group) => group.map(({ uid }) => uid)),
  );
}

function proxiedOf(glances: readonly Glance[]): ReadonlyMap<string, string> {
  const issued = glances.flatMap((glance) => {
    const issuer = ownIssuerOf(glance);
    return issuer === undefined ? [] : [{ glance, issuer }];
  });
  const shared = [...new Set(issued.map(({ issuer }) => issuer))].filter(
    (issuer) => domainsOf(issued.flatMap((one) => (one.issuer === issuer ? [one.glance] : []))) >= FEWEST_DOMAINS,
  );
  return new Map(issued.flatMap(({ glance, issuer }) => (shared.includes(issuer) ? [[glance.uid, issuer] as const] : [])));
}

/** Who issued a certificate that is trusted for the user's own roots alone, of a provider outside. */
function ownIssuerOf({ observations, isInternal = false }: Glance): string | undefined {
  const session = isInternal ? undefined : fresh(observations).find(({ kind }) => kind === "tls-session");
  if (session?.kind !== "tls-session" || session.outcome !== "observed") return undefined;
  const { trusted, anchors = [], chain } = session.evidence;
  if (!trusted || anchors.length === 0 || isNearby(session.key.address ?? "")) return undefined;
  const ders = chain.map(({ der }) => Buffer.from(der, "base64"));
  return judgeServed(ders, undefined, session.observedAt, bundledAnchors()).isAnchored ? undefined : chain[0]?.issuer;
}

/**
 * Who answers with a certificate that is not trusted, where the last time it was: the issuer's name. Over http: how the page looks.
 * Whoever shows the certificate that was there before is no stranger: certificates end, and we may have lost an authority.
 */
function strangerOf({ observations, knowledge, url }: Glance): string | undefined {
  if (url.startsWith("http:")) return strangePage(observations);
  if (wasUntrusted(knowledge)) return undefined;
  const session = fresh(observations).find(({ kind }) => kind === "tls-session");
  if (session?.kind !== "tls-session" || session.outcome !== "observed" || session.evidence.trusted) return undefined;
  const leaf = session.evidence.chain[0];
  if (leaf === undefined || wasServed(leaf.sha256, session.key.origin, knowledge)) return undefined;
  return `certificate by ${leaf.selfIssued ? leaf.sha256 : leaf.issuer}`;
}

/** What has no address in the Internet is nobody's to intercept but our own. */
function isNearby(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() !== "unicast";
}

function strangePage(observations: readonly Observation[]): string | undefined {
  const answer = fresh(observations).find(({ kind }) => kind === "http-response");
  if (answer?.kind !== "http-response" || answer.outcome !== "observed") return undefined;
  const { status, redirect, body, headers } = answer.evidence;
  const leadsElsewhere = redirect !== undefined && !redirect.sameOrigin;
  if (!leadsElsewhere && body.mediaType !== "text/html") return undefined;
  return `page ${status} ${redirect?.origin ?? ""} ${headers.map(({ name }) => name).join(",")}`;
}

function wasServed(leaf: string, origin: string, { observations }: Glance["knowledge"]): boolean {
  return observations.some((stored) => {
    if (stored.kind !== "tls-session" || stored.key.origin !== origin) return false;
    const known = decodeObservation(stored, { carried: true });
    return known?.kind === "tls-session" && known.outcome === "observed" && known.evidence.chain[0]?.sha256 === leaf;
  });
}

function wasUntrusted({ baseline }: Glance["knowledge"]): boolean {
  return baseline?.verdicts.some(({ rule, verdict }) => rule === "certificate/untrusted" && verdict === "fail") === true;
}

/** Providers, not hosts: ten endpoints of one company that is down are one. Addresses and local names stand for themselves. */
function domainsOf(glances: readonly Glance[]): number {
  return new Set(glances.map(({ url }) => registrableDomain(url) ?? new URL(url).host)).size;
}

const DROPPED: ReadonlySet<UnobservedReason> = new Set(["connection_closed", "connection_reset"]);
const FEWEST_DOMAINS = 3;
const FEWEST_CLOCKS = 3;
const BLIND_SHARE = 0.95;
const OUR_DECISIONS: ReadonlySet<UnobservedReason> = new Set([
  "address_not_allowed",
  "budget_exhausted",
  "deadline_exceeded",
  "interrupted",
]);
