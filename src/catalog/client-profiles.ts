import { TLS_VERSIONS, type TlsVersion } from "../model/tls.ts";
import { cipherSuiteByName } from "./cipher-suites.ts";
import { type DatedFacts, loadFacts } from "./load.ts";
import { namedGroups } from "./named-groups.ts";
import { signatureSchemes } from "./signature-schemes.ts";

/** What the TLS client of a runtime offers when nobody configures it. Names are those of the registries, each list in the client's order. */
export interface ClientProfile {
  /** "openjdk-17". */
  readonly name: string;
  /** "OpenJDK 17". */
  readonly title: string;
  /** Oldest first. */
  readonly versions: readonly TlsVersion[];
  readonly cipherSuites: readonly string[];
  readonly groups: readonly string[];
  readonly signatureSchemes: readonly string[];
  /** Least bits of a Diffie-Hellman prime that it was seen to take; absent where it offers no DHE. */
  readonly dhBits?: number;
  readonly source: string;
  /** ISO day. */
  readonly retrieved: string;
}

/** In the order of the file. */
export function clientProfiles(): readonly ClientProfile[] {
  return loadFacts("client-profiles", isProfileFacts).profiles;
}

export function clientProfile(name: string): ClientProfile | undefined {
  return clientProfiles().find((profile) => profile.name === name);
}

interface ProfileFacts extends DatedFacts {
  readonly profiles: readonly ClientProfile[];
}

function isProfileFacts(candidate: unknown): candidate is ProfileFacts {
  const { profiles } = candidate as Partial<ProfileFacts>;
  return Array.isArray(profiles) && profiles.every(isProfile) && new Set(profiles.map(({ name }) => name)).size === profiles.length;
}

function isProfile(candidate: unknown): boolean {
  const { name, title, source, retrieved, versions, dhBits, ...offer } = candidate as Readonly<Record<string, unknown>>;
  return (
    /^[a-z0-9]+([.-][a-z0-9]+)*$/.test(String(name)) &&
    [title, source].every((text) => typeof text === "string") &&
    /^\d{4}-\d\d-\d\d$/.test(String(retrieved)) &&
    isListOf(versions, (version) => TLS_VERSIONS.some((known) => known === version)) &&
    isListOf(offer["cipherSuites"], (suite) => cipherSuiteByName(suite)?.name === suite) &&
    isListOf(offer["groups"], (group) => namedGroups().some((known) => known.name === group)) &&
    isListOf(offer["signatureSchemes"], (scheme) => signatureSchemes().some((known) => known.name === scheme)) &&
    (dhBits === undefined || Number.isInteger(dhBits))
  );
}

function isListOf(list: unknown, isOne: (name: string) => boolean): boolean {
  return Array.isArray(list) && list.length > 0 && list.every((name) => typeof name === "string" && isOne(name));
}
