import { type AuthProvider, authProviderOf } from "../../catalog/auth-providers.ts";
import { type ClassDefinitions, dataClassFacts } from "../../catalog/data-classes.ts";
import { ownedDomain } from "../../catalog/public-suffixes.ts";
import { scopeSeverity } from "../../judge/facts/scopes.ts";
import { type CredentialUse, HELD_ROLES, type RotationReason, type RotationStep, type RotationWay } from "../../model/breach-response.ts";
import type { DataClass } from "../../model/data-class.ts";
import { CRITICALITIES, type Criticality, type Integration } from "../../model/integration.ts";
import type { CredentialRole } from "../../model/own-credential.ts";
import { SEVERITIES, type Severity, severityRank } from "../../model/severity.ts";
import { type Holding, issuerElsewhere, wayOf } from "./held-credentials.ts";

/** What tells how bad it is to lose the credentials of an integration. */
export interface Stake {
  readonly classes: readonly DataClass[];
  readonly scopes: { readonly of: CredentialRole; readonly granted: readonly string[] };
}

/** Uses are of one credential where they have a mark in common, with any number of others between them. */
export function sameCredentials(holdings: readonly Holding[]): readonly (readonly Holding[])[] {
  const leader = new Map<string, string>();
  const leaderOf = (mark: string): string => {
    let last = mark;
    for (let next = leader.get(last); next !== undefined; next = leader.get(last)) last = next;
    if (last !== mark) leader.set(mark, last);
    return last;
  };
  for (const { marks } of holdings) {
    const [first = "", ...others] = marks;
    for (const mark of others) {
      const [a, b] = [leaderOf(first), leaderOf(mark)];
      if (a !== b) leader.set(b, a);
    }
  }
  const groups = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const name = leaderOf(holding.marks[0] ?? "");
    const group = groups.get(name) ?? [];
    group.push(holding);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/**
 * One step for each credential that `isExposed`: what opens more than the provider, or more than one environment, first; then production; then by
 * what it may do, how critical, and how sensitive. `hit`: uids whose provider it is.
 */
export function rotationOrder(
  holdings: readonly Holding[],
  isExposed: (holding: Holding) => boolean,
  hit: ReadonlySet<string>,
  stakes: ReadonlyMap<string, Stake>,
): readonly { readonly step: RotationStep; readonly holdings: readonly Holding[] }[] {
  return sameCredentials(holdings)
    .filter((uses) => uses.some(isExposed))
    .map((uses) => stepOf(uses, hit, stakes))
    .sort(byUrgency)
    .map(({ step, uses }, index) => ({ step: { ...step, order: index + 1 }, holdings: uses }));
}

interface Weighed {
  readonly step: Omit<RotationStep, "order">;
  readonly uses: readonly Holding[];
  /** Higher goes first, one after the other. */
  readonly weight: readonly number[];
}

function stepOf(uses: readonly Holding[], hit: ReadonlySet<string>, stakes: ReadonlyMap<string, Stake>): Weighed {
  const isHit = ({ of }: Holding) => hit.has(of.integration.uid);
  const sorted = uses.toSorted((a, b) => Number(isHit(b)) - Number(isHit(a)) || byText(a.of.integration.id, b.of.integration.id));
  const elsewhere = uses.filter(isHit).reduce((most, { counted }) => Math.max(most, counted.elsewhere), others(sorted, ownerOf));
  const across = uses.filter(isHit).reduce((most, { counted }) => Math.max(most, counted.acrossEnvironments), others(sorted, isProduction));
  const scopes = [...new Set(uses.flatMap((use) => scopesOf(use, stakes)))];
  const worst = worstOf(scopes);
  const definitions = definitionsOf(uses.map(({ of }) => of.integration));
  const classes = sensitiveOf(
    uses.flatMap(({ of }) => [...(stakes.get(of.integration.uid)?.classes ?? of.integration.dataClasses)]),
    definitions,
  );
  const criticality = mostCritical(uses);
  const inProduction = uses.some(isProduction);
  const why: readonly RotationReason[] = [
    ...(elsewhere === 0 ? [] : [{ what: "shared-elsewhere", count: elsewhere } as const]),
    ...(across === 0 ? [] : [{ what: "across-environments", count: across } as const]),
    ...(inProduction ? [{ what: "production" } as const] : []),
    ...(worst === undefined
      ? []
      : [{ what: "scopes", severity: worst, scopes: scopes.filter((one) => scopeSeverity(one) === worst) } as const]),
    { what: "criticality", criticality },
    ...(classes.length === 0 ? [] : [{ what: "data", classes } as const]),
    ...(uses.some(isHit) ? [] : lostElsewhere(uses)),
  ];
  return {
    uses,
    step: {
      uses: sorted.map((use) => useOf(use, isHit(use))),
      why,
      ...safestWay(uses.filter(isHit).length > 0 ? uses.filter(isHit) : uses),
      where: placesOf(uses.filter(isHit)),
      changedAt: latest(uses.flatMap(({ changedAt }) => changedAt)),
    },
    weight: [
      Number(elsewhere + across > 0),
      Number(inProduction),
      worst === undefined ? -1 : severityRank(worst),
      CRITICALITIES.indexOf(criticality),
      classes[0] === undefined ? 0 : dataClassFacts(classes[0], definitions).impact,
    ],
  };
}

function byUrgency(a: Weighed, b: Weighed): number {
  const at = a.weight.findIndex((weight, index) => weight !== b.weight[index]);
  if (at >= 0) return (b.weight[at] ?? 0) - (a.weight[at] ?? 0);
  const [first, second] = [a, b].map(({ step }) => step.uses[0]);
  if (first === undefined || second === undefined) return 0;
  return byText(first.integration, second.integration) || HELD_ROLES.indexOf(first.role) - HELD_ROLES.indexOf(second.role);
}

/** How many integrations differ from the first one in what matters. */
function others<T>(uses: readonly Holding[], what: (use: Holding) => T): number {
  const [first] = uses;
  if (first === undefined) return 0;
  return new Set(uses.filter((use) => what(use) !== what(first)).map(({ of }) => of.integration.uid)).size;
}

function ownerOf({ origin }: Holding): string {
  const { hostname } = new URL(origin);
  return ownedDomain(hostname) ?? hostname;
}

function isProduction({ of }: Holding): boolean {
  return of.integration.environment === "production";
}

function scopesOf({ of, role }: Holding, stakes: ReadonlyMap<string, Stake>): readonly string[] {
  const scopes = stakes.get(of.integration.uid)?.scopes;
  return scopes?.of === role ? scopes.granted : [];
}

export function worstOf(scopes: readonly string[]): Severity | undefined {
  const severities = new Set(scopes.map(scopeSeverity));
  return SEVERITIES.find((severity) => severities.has(severity));
}

/** Of several integrations, whose inventories may differ. */
export function definitionsOf(integrations: readonly Integration[]): ClassDefinitions {
  return { customClasses: integrations.flatMap(({ customClasses = [] }) => customClasses) };
}

/** The most sensitive first. */
export function sensitiveOf(classes: readonly DataClass[], definitions: ClassDefinitions): readonly DataClass[] {
  return [...new Set(classes)]
    .filter((one) => dataClassFacts(one, definitions).sensitive)
    .sort((a, b) => dataClassFacts(b, definitions).impact - dataClassFacts(a, definitions).impact || byText(a, b));
}

function mostCritical(uses: readonly Holding[]): Criticality {
  const present = new Set(uses.map(({ of }) => of.integration.criticality));
  return CRITICALITIES.findLast((one) => present.has(one)) ?? "experimental";
}

/** Of what is at no provider of that name: it came from there, or it is what clients log in with there. */
function lostElsewhere(uses: readonly Holding[]): readonly RotationReason[] {
  const kind = uses.find((use) => use.kind !== null)?.kind ?? null;
  const login = uses.find(({ of }) => of.integration.auth.token !== undefined);
  if (login !== undefined) return [{ what: "sent-to-provider", host: new URL(login.origin).hostname }];
  return kind === null ? [] : [{ what: "issued-by-provider", prefix: kind.prefix }];
}

/** The most careful of all uses: one that two cannot live beside is an outage for all. */
function safestWay(uses: readonly Holding[]): Pick<RotationStep, "way" | "wayFrom"> {
  const ways = uses.map(wayOf);
  const found = WORST_WAY.flatMap((way) => ways.find((one) => one.way === way) ?? [])[0];
  return { way: found?.way ?? "unknown", wayFrom: found?.wayFrom ?? null };
}

/** Where the providers of these uses say how: nothing is guessed. What another one gave is changed with that one. */
function placesOf(uses: readonly Holding[]): RotationStep["where"] {
  const places = uses.flatMap((use) => {
    const {
      of: { integration },
      origin,
    } = use;
    const elsewhere = issuerElsewhere(use);
    if (elsewhere !== undefined) return elsewhere.known === undefined ? [] : [documentationOf(elsewhere.known)];
    const known = authProviderOf(new URL(origin).hostname) ?? authProviderOf(new URL(integration.baseUrl).hostname);
    const { provider } = integration;
    return [
      ...(known === undefined ? [] : [documentationOf(known)]),
      ...(provider?.url === undefined ? [] : [{ what: "provider", of: provider.name, url: provider.url } as const]),
    ];
  });
  return [...new Map(places.map((place) => [place.url, place])).values()];
}

function documentationOf({ provider, facts }: AuthProvider): RotationStep["where"][number] {
  return { what: "documentation", of: provider, url: facts };
}

function useOf({ of: { integration }, role, references, origin }: Holding, hit: boolean): CredentialUse {
  const { id, provider, environment, owner = null } = integration;
  return { integration: id, provider: provider?.name ?? null, environment, owner, role, references, origin, hit };
}

function latest(instants: readonly number[]): number | null {
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.max(a, b));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const WORST_WAY: readonly RotationWay[] = ["never", "at-once", "unknown", "overlap"];
