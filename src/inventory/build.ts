import { policyPackNames } from "../catalog/policies.ts";
import { integrationIdentity } from "../model/fingerprint.ts";
import { DAY, HOUR, MINUTE } from "../model/instant.ts";
import type { DeclaredWaiver, Endpoint, Integration, IntegrationAuth, Policy } from "../model/integration.ts";
import type { EndpointEntry, IntegrationEntry, InventoryFile } from "./schema.ts";

export interface EntrySource {
  readonly file: string;
  readonly line: number;
  readonly pointer: string;
}

/** The id of the rule that has or had this name. */
type RuleIdOf = (name: string) => string;

/** An integration from its checked entry, the file's defaults applied. */
export function buildIntegration(
  entry: IntegrationEntry,
  defaults: InventoryFile["defaults"],
  source: EntrySource,
  ruleIdOf: RuleIdOf,
): Integration {
  const { previousIds = [], headers = {}, endpoints = [], waivers = [], authProof, apiVersion } = entry;
  return defined({
    id: entry.id,
    uid: integrationIdentity(entry.id, previousIds),
    previousIds,
    adHoc: false,
    provider: entry.provider && defined(entry.provider),
    ...inCommon({ ...defaults, ...defined(entry) }),
    name: entry.name ?? entry.id,
    network: entry.network ?? "public",
    baseUrl: entry.baseUrl,
    additionalUrls: (entry.additionalUrls ?? []).map(defined),
    dataClasses: unique(entry.dataClasses),
    tags: unique(entry.tags),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    auth: buildAuth(entry.auth),
    authProof: defined({ level: authProof?.level ?? "none", permission: authProof?.permission && defined(authProof.permission) }),
    apiVersion: apiVersion && defined({ ...apiVersion, pinned: String(apiVersion.pinned) }),
    openapi: entry.openapi,
    sdk: entry.sdk,
    budget: defined(entry.budget ?? {}),
    endpoints: endpoints.map(buildEndpoint),
    waivers: waivers.map((waiver): DeclaredWaiver => defined({ ...waiver, rule: ruleIdOf(waiver.rule), kind: waiver.kind ?? "accepted" })),
    source,
  });
}

/** What `defaults` may say for all. */
function inCommon({ owner, criticality = "medium", environment = "production", proxy, clients }: Partial<IntegrationEntry>) {
  return { owner, criticality, environment, proxy, clients: clients && unique(clients) };
}

export function buildPolicy(policy: InventoryFile["policy"], ruleIdOf: RuleIdOf): Policy {
  const rules = Object.entries(policy?.rules ?? {}).map(([name, decision]) => [
    ruleIdOf(name),
    decision === "off" ? ({ off: true } as const) : ({ off: false, severity: decision.severity } as const),
  ]);
  const packs = (policy?.packs ?? []).map((name) => policyPackNames().get(name) ?? name);
  return { packs: unique(packs), rules: Object.fromEntries(rules) };
}

/** A checked duration (12h, 90d) in milliseconds. */
function milliseconds(duration: string): number {
  const unit = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }[duration.at(-1) ?? ""] ?? Number.NaN;
  return Number.parseInt(duration, 10) * unit;
}

function buildAuth(auth: IntegrationEntry["auth"]): IntegrationAuth {
  if (auth === undefined) return { neededScopes: [] };
  const { rotateEvery, token, attributes, signing, ...rest } = auth;
  return defined({
    ...rest,
    token: token && defined({ ...token, scopes: token.scopes ?? [] }),
    signing: signing && defined(signing),
    rotateEveryDays: rotateEvery === undefined ? undefined : milliseconds(rotateEvery) / DAY,
    attributes: attributes && words(attributes),
    neededScopes: auth.neededScopes ?? [],
  });
}

function words(attributes: Readonly<Record<string, string | boolean | undefined>>): Readonly<Record<string, string>> {
  const said = Object.entries(attributes).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, typeof value === "string" ? value : value ? "yes" : "no"]));
}

function buildEndpoint(entry: EndpointEntry): Endpoint {
  const [method = "", path = "/"] = entry.request.split(" ", 2);
  return {
    id: entry.id,
    method,
    path,
    safe: entry.safe ?? false,
    everyMs: entry.every === undefined ? 0 : milliseconds(entry.every),
    cost: entry.cost ?? "free",
    expect: defined(entry.expect ?? {}),
  };
}

/** Without the keys that are undefined: absence is "not declared", in JSON and in comparisons too. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>;
}

type Defined<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

function unique<T>(items: readonly T[] = []): readonly T[] {
  return [...new Set(items)];
}
