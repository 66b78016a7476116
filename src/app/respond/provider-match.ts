import { authProviders } from "../../catalog/auth-providers.ts";
import { credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import { ownedDomain, publicSuffix, registrableDomain } from "../../catalog/public-suffixes.ts";
import type { MatchKind, ProviderMatch } from "../../model/breach-response.ts";
import { matchesHost } from "../../model/host-pattern.ts";
import type { Integration } from "../../model/integration.ts";
import { nearest } from "../../model/nearest.ts";

/** A provider as somebody names it. */
export interface AskedProvider {
  /** In lower case. */
  readonly name: string;
  /** The host that the name is, where it is one. */
  readonly host?: string;
  /** Hosts that data/ knows to be its own. */
  readonly patterns: readonly string[];
}

export function askedProvider(text: string): AskedProvider {
  const name = text.trim().toLowerCase();
  const host = hostIn(name);
  return { name, patterns: patternsOf(name), ...(host === undefined ? {} : { host }) };
}

/** Everything by which it is this one's provider; none where it is not. */
export function matchesOf(integration: Integration, asked: AskedProvider): readonly ProviderMatch[] {
  const { id, previousIds, name, provider } = integration;
  const named = [
    ...(provider === undefined ? [] : [["provider", provider.name] as const]),
    ...[id, ...previousIds].map((one) => ["id", one] as const),
    ["name", name] as const,
  ].filter(([, value]) => value.trim().toLowerCase() === asked.name);
  const places = placesOf(integration);
  const reached = places.filter(({ host }) => isAt(host, asked.host));
  const known = places.find(({ host }) => asked.patterns.some((pattern) => isOf(pattern, host)));
  return [
    ...named.map(([by, value]) => ({ by, value })),
    ...reached.map(({ by, host }) => ({ by, value: host })),
    ...(known === undefined ? [] : [{ by: "known-provider", value: known.host } as const]),
  ].filter(({ by, value }, index, all) => all.findIndex((one) => one.by === by && one.value === value) === index);
}

/** Registrable domains that are the provider's, as far as is known: its known hosts, the host that was named, and the base URLs of whoever has it as provider. */
export function domainsOf(
  asked: AskedProvider,
  hit: readonly { readonly integration: Integration; readonly matched: readonly ProviderMatch[] }[],
) {
  const hosts = [
    ...(asked.host === undefined ? [] : [asked.host]),
    ...asked.patterns.map((pattern) => pattern.replace(/^\*\./, "")),
    ...hit
      .filter(({ matched }) => matched.some(({ by }) => TELLS_BASE.has(by)))
      .map(({ integration }) => new URL(integration.baseUrl).hostname),
  ];
  return new Set(hosts.flatMap((host) => ownedDomain(host) ?? registrableDomain(host) ?? []));
}

/** Known names that are like it, the most likely first. */
export function nearestNames(asked: AskedProvider, integrations: readonly Integration[]): readonly string[] {
  const names = [
    ...new Set([
      ...integrations.flatMap(({ id, name, provider }) => [...(provider === undefined ? [] : [provider.name]), id, name]),
      ...integrations.flatMap((integration) => placesOf(integration).map(({ host }) => registrableDomain(host) ?? host)),
    ]),
  ];
  const close = nearest(asked.name, names);
  const holding = names.filter((name) => isWordOf(name.toLowerCase(), asked.name));
  return [...new Set([...(close === undefined ? [] : [close]), ...holding])].slice(0, MOST_NAMES);
}

export function placesOf({ baseUrl, additionalUrls, auth }: Integration): readonly { readonly by: MatchKind; readonly host: string }[] {
  const urls = [
    ["base-url", baseUrl] as const,
    ...additionalUrls.map(({ url }) => ["additional-url", url] as const),
    ...(auth.token === undefined ? [] : [["token-url", auth.token.url] as const]),
  ];
  return urls.map(([by, url]) => ({ by, host: new URL(url).hostname }));
}

/** A name, a URL or a pattern as people paste them. */
function hostIn(name: string): string | undefined {
  const url = `https://${name.replace(/^https?:\/\//, "").replace(/^\*\./, "")}`;
  if (/\s/.test(name) || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return /[.:]|^localhost$/.test(hostname) && publicSuffix(hostname) === undefined ? hostname : undefined;
}

function isAt(host: string, asked: string | undefined): boolean {
  return asked !== undefined && (host === asked || host.endsWith(`.${asked}`));
}

/** One domain is one provider. */
function isOf(pattern: string, host: string): boolean {
  const domain = ownedDomain(host);
  return matchesHost(pattern, host) || (domain !== undefined && domain === ownedDomain(pattern.replace(/^\*\./, "")));
}

function patternsOf(name: string): readonly string[] {
  const entries = [...authProviders(), ...credentialPrefixes()];
  return [...new Set(entries.filter(({ provider }) => provider.toLowerCase() === name).flatMap(({ hosts }) => hosts))];
}

function isWordOf(text: string, word: string): boolean {
  return word.length >= SHORTEST_WORD && (text.includes(word) || (text.length >= SHORTEST_WORD && word.includes(text)));
}

/** Of an integration that only logs in there, or goes there too, the base URL is somebody else's. */
const TELLS_BASE: ReadonlySet<MatchKind> = new Set(["provider", "id", "name", "base-url"]);
const SHORTEST_WORD = 3;
const MOST_NAMES = 5;
