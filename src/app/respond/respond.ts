import { authProviders } from "../../catalog/auth-providers.ts";
import { credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import { registrableDomain } from "../../catalog/public-suffixes.ts";
import type { EvidenceKind } from "../../evidence/kinds.ts";
import { carriesSecret } from "../../inventory/literal-secret.ts";
import { BREACH_RESPONSE_SCHEMA_VERSION, type BreachResponse, type Dependant, type ProviderMatch } from "../../model/breach-response.ts";
import type { HistoryStore } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { CRITICALITIES, type Inventory } from "../../model/integration.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { dependenceOf, isLost, type ProviderSigns } from "./dependants.ts";
import { furtherSteps } from "./further-steps.ts";
import { type Holding, holdingsOf } from "./held-credentials.ts";
import { hitIntegration, stakeOf } from "./hit-integration.ts";
import { type KnownIntegration, knownIntegrations, observationsOf } from "./known-integrations.ts";
import { type AskedProvider, askedProvider, domainsOf, matchesOf, nearestNames } from "./provider-match.ts";
import { definitionsOf, rotationOrder } from "./rotation-order.ts";
import { unknownsOf } from "./unknowns.ts";

export interface BreachQuestion {
  readonly now: Instant;
  readonly provider: string;
  /** Gives undefined where there is none. */
  readonly inventory: () => Promise<Inventory | undefined>;
}

/** Nobody depends on a provider of that name. */
export interface NobodyHit {
  /** The name in quotes, or words in its place where it looks like a secret. */
  readonly shown: string;
  /** Known names that are like it, the most likely first. */
  readonly nearest: readonly string[];
}

/** Everything that is known of what we have at a provider. Asks nobody, and reads no secret. */
export async function respond(store: HistoryStore | undefined, question: BreachQuestion): Promise<Result<BreachResponse, NobodyHit>> {
  const { now, inventory } = question;
  const asked = askedProvider(question.provider);
  const { file, known, unreadable } = await knownIntegrations(store, inventory, OF_ALL);
  const matched = known.flatMap((one): readonly Matched[] => {
    const matches = matchesOf(one.integration, asked);
    return matches.length === 0 ? [] : [{ ...one, matched: matches }];
  });
  const hit = new Set(matched.map(({ integration }) => integration.uid));
  const others = known.filter(({ integration }) => !hit.has(integration.uid));
  const signs = signsOf(asked, matched);
  const holdings = new Map(known.map((one) => [one.integration.uid, holdingsOf(one, now)]));
  const heldBy = ({ integration }: KnownIntegration) => holdings.get(integration.uid) ?? [];
  const dependants = others.flatMap((one) => dependantOf(one, heldBy(one), signs));
  if (matched.length === 0 && dependants.length === 0) return err(nobodyHit(question.provider, asked, known));

  const answers = await observationsOf(store, [...hit], OF_HIT);
  const answersOf = ({ integration }: KnownIntegration) => answers.get(integration.uid) ?? [];
  for (const one of matched) holdings.set(one.integration.uid, holdingsOf(one, now, answersOf(one)));
  const stakes = new Map(matched.map((one) => [one.integration.uid, stakeOf(one.integration, answersOf(one))]));
  const isExposed = (holding: Holding) => hit.has(holding.of.integration.uid) || isLost(holding, signs);
  const ordered = rotationOrder([...holdings.values()].flat(), isExposed, hit, stakes);
  const stepOf = new Map(ordered.flatMap(({ step, holdings: uses }) => uses.map((use) => [use, step.order])));
  const hits = matched.toSorted(worstFirst).map((one) => {
    const credentials = heldBy(one).map((holding) => credentialOf(holding, stepOf.get(holding) ?? 0));
    return hitIntegration(one, one.matched, answersOf(one), credentials);
  });
  const rotation = ordered.map(({ step }) => step);
  return ok({
    schemaVersion: BREACH_RESPONSE_SCHEMA_VERSION,
    at: now,
    provider: question.provider,
    inventory: file ?? null,
    history: store !== undefined,
    hit: hits,
    rotation,
    dependants,
    unknown: unknownsOf({
      at: now,
      hasHistory: store !== undefined,
      hasInventory: file !== undefined,
      hit: hits,
      others,
      othersHeld: others.flatMap(heldBy).filter((holding) => !stepOf.has(holding)),
      keyIds: new Set(matched.flatMap((one) => heldBy(one).flatMap(({ keyId }) => keyId ?? []))),
      unreadable,
    }),
    further: furtherSteps(hits, rotation, definitionsOf(matched.map(({ integration }) => integration))),
  });
}

function nobodyHit(name: string, asked: AskedProvider, known: readonly KnownIntegration[]): NobodyHit {
  const shown = carriesSecret(name) ? "a name that is not shown, as it looks like a secret" : JSON.stringify(name.slice(0, LONGEST_NAME));
  return {
    shown,
    nearest: nearestNames(
      asked,
      known.map(({ integration }) => integration),
    ),
  };
}

interface Matched extends KnownIntegration {
  readonly matched: readonly ProviderMatch[];
}

/** By what others can be seen to lean on it: its domains, and its name where we know how its credentials look. */
function signsOf(asked: AskedProvider, matched: readonly Matched[]): ProviderSigns {
  const names = new Set([
    asked.name,
    ...matched.flatMap(({ integration, matched: by }) => (isNamed(by) ? [integration.provider?.name.toLowerCase()] : [])),
  ]);
  const patterns = new Set([
    ...asked.patterns,
    ...authProviders()
      .filter(({ provider }) => names.has(provider.toLowerCase()))
      .flatMap(({ hosts }) => hosts),
  ]);
  const domains = domainsOf(asked, matched);
  const issuers = credentialPrefixes().filter(
    ({ provider, hosts }) => names.has(provider) || hosts.some((host) => patterns.has(host) || domains.has(domainOf(host))),
  );
  return { domains, issuers: new Set(issuers.map(({ provider }) => provider)) };
}

function domainOf(pattern: string): string {
  const host = pattern.replace(/^\*\./, "");
  return registrableDomain(host) ?? host;
}

/** The provider that is declared is the one that was asked for. */
function isNamed(matched: readonly ProviderMatch[]): boolean {
  return matched.some(({ by }) => by !== "token-url" && by !== "additional-url");
}

function dependantOf(known: KnownIntegration, held: readonly Holding[], signs: ProviderSigns): readonly Dependant[] {
  const reasons = dependenceOf(known, held, signs);
  const { id, provider, environment, owner = null } = known.integration;
  if (reasons.length === 0) return [];
  return [{ integration: id, provider: provider?.name ?? null, environment, owner, standing: known.standing, reasons }];
}

function credentialOf(holding: Holding, step: number) {
  const { role, references, origin, age, firstSeenAt, changedAt, kind, endsAt, lookedAt, unread } = holding;
  return { role, references, origin, age, firstSeenAt, changedAt, kind, endsAt, lookedAt, unread, step };
}

function worstFirst({ integration: a }: Matched, { integration: b }: Matched): number {
  return (
    Number(b.environment === "production") - Number(a.environment === "production") ||
    CRITICALITIES.indexOf(b.criticality) - CRITICALITIES.indexOf(a.criticality) ||
    (a.id < b.id ? -1 : 1)
  );
}

const LONGEST_NAME = 64;
const OF_ALL: readonly EvidenceKind[] = ["credential", "client-certificate", "domain"];
const OF_HIT: readonly EvidenceKind[] = ["http-response", "token-response", "token"];
