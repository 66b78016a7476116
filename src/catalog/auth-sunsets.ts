import { isHostPattern, matchesHost } from "../model/host-pattern.ts";
import {
  AUTH_ATTRIBUTES,
  AUTH_LOCATIONS,
  AUTH_SCHEMES,
  type AuthAttribute,
  type AuthLocation,
  type AuthScheme,
} from "../model/integration.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** From when on a provider lets nobody in by a way that it had. */
export interface AuthSunset {
  readonly id: string;
  readonly provider: string;
  readonly hosts: readonly string[];
  /** "API tokens" */
  readonly what: string;
  /** ISO day, the last one. */
  readonly ends: string;
  readonly successor: string;
  /** As which it is declared. */
  readonly schemes: readonly AuthScheme[];
  /** Any place unless given. */
  readonly in?: readonly AuthLocation[];
  /** Only where one of these words is declared. */
  readonly attributes?: Readonly<Partial<Record<AuthAttribute, readonly string[]>>>;
  /** What no inventory tells: then it is possible, and not sure. */
  readonly unless?: string;
  readonly reference: string;
}

/** Of whoever runs this host, the first to come first. */
export function authSunsetsAt(host: string): readonly AuthSunset[] {
  return authSunsets().filter(({ hosts }) => hosts.some((pattern) => matchesHost(pattern, host)));
}

export function authSunsets(): readonly AuthSunset[] {
  return loadFacts("auth-sunsets", isSunsetFile).sunsets;
}

interface SunsetFile extends DatedFacts {
  readonly sunsets: readonly AuthSunset[];
}

function isSunsetFile(candidate: unknown): candidate is SunsetFile {
  const { sunsets } = candidate as Partial<SunsetFile>;
  return Array.isArray(sunsets) && sunsets.every(isSunset);
}

function isSunset(sunset: AuthSunset): boolean {
  const { id, provider, hosts, what, ends, successor, schemes, in: places = [], attributes = {}, reference } = sunset;
  return (
    [id, provider, what, successor].every((text) => typeof text === "string" && text !== "") &&
    hosts.every(isHostPattern) &&
    /^\d{4}-\d\d-\d\d$/.test(ends) &&
    schemes.every((scheme) => AUTH_SCHEMES.includes(scheme)) &&
    places.every((place) => AUTH_LOCATIONS.includes(place)) &&
    Object.entries(attributes).every(([name, words]) => (words ?? []).every((word) => wordsOf(name).includes(word))) &&
    reference.startsWith("https://")
  );
}

function wordsOf(attribute: string): readonly string[] {
  return Object.hasOwn(AUTH_ATTRIBUTES, attribute) ? AUTH_ATTRIBUTES[attribute as AuthAttribute] : [];
}
