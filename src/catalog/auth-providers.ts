import { EFFORTS, type Effort } from "../model/auth-strength.ts";
import { isHostPattern, matchesHost } from "../model/host-pattern.ts";
import {
  AUTH_ATTRIBUTES,
  AUTH_LOCATIONS,
  AUTH_SCHEMES,
  type AuthAttribute,
  type AuthLocation,
  type AuthScheme,
  CLIENT_AUTHENTICATIONS,
} from "../model/integration.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

export interface AuthProvider {
  readonly provider: string;
  /** "api.acme.example", or "*.acme.example" for what is below it. */
  readonly hosts: readonly string[];
  /** URL where it says so. */
  readonly facts: string;
  readonly offers: readonly AuthOffer[];
}

/** A way to be let in. */
export interface AuthOffer {
  /** "a restricted key" */
  readonly to: string;
  /** As which it may be declared, the usual one first. */
  readonly schemes: readonly AuthScheme[];
  /** Any place unless given. */
  readonly in?: readonly AuthLocation[];
  readonly clientAuth?: string;
  readonly attributes: Readonly<Partial<Record<AuthAttribute, string>>>;
  /** To change to it. */
  readonly effort: Effort;
  readonly confidence: "sourced" | "general-knowledge" | "unverified";
  readonly note?: string;
}

/** Undefined where nothing is known of whoever runs this host. */
export function authProviderOf(host: string): AuthProvider | undefined {
  return authProviders().find(({ hosts }) => hosts.some((pattern) => matchesHost(pattern, host)));
}

export function authProviders(): readonly AuthProvider[] {
  return loadFacts("auth-providers", isProviderFile).providers;
}

interface ProviderFile extends DatedFacts {
  readonly providers: readonly AuthProvider[];
}

function isProviderFile(candidate: unknown): candidate is ProviderFile {
  const { providers } = candidate as Partial<ProviderFile>;
  return Array.isArray(providers) && providers.every(isProvider);
}

function isProvider({ provider, hosts, facts, offers }: AuthProvider): boolean {
  return (
    typeof provider === "string" &&
    hosts.length > 0 &&
    hosts.every(isHostPattern) &&
    String(facts).startsWith("https://") &&
    offers.length > 0 &&
    offers.every(isOffer)
  );
}

function isOffer({ to, schemes, in: places = [], clientAuth = "none", attributes, effort, confidence }: AuthOffer): boolean {
  return (
    typeof to === "string" &&
    schemes.length > 0 &&
    schemes.every((scheme) => AUTH_SCHEMES.includes(scheme)) &&
    places.every((place) => AUTH_LOCATIONS.includes(place)) &&
    (CLIENT_AUTHENTICATIONS as readonly string[]).includes(clientAuth) &&
    Object.entries(attributes).every(([name, word]) => isAttribute(name, word)) &&
    EFFORTS.includes(effort) &&
    ["sourced", "general-knowledge", "unverified"].includes(confidence)
  );
}

function isAttribute(name: string, word: string): boolean {
  const words: readonly string[] = Object.hasOwn(AUTH_ATTRIBUTES, name) ? AUTH_ATTRIBUTES[name as AuthAttribute] : [];
  return words.includes(word) || (name === "expiry" && /^\d+[mhd]$/.test(word));
}
