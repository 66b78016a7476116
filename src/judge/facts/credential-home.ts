import { type CredentialPrefix, credentialPrefixes } from "../../catalog/credential-prefixes.ts";
import { ownedDomain, registrableDomain } from "../../catalog/public-suffixes.ts";
import { matchesHost } from "../../model/host-pattern.ts";

/** A host of the same domain is theirs as well. */
export function isAtHome({ hosts }: CredentialPrefix, host: string): boolean {
  const domain = registrableDomain(host);
  return hosts.some(
    (pattern) => matchesHost(pattern, host) || (domain !== undefined && registrableDomain(pattern.replace(/^\*\./, "")) === domain),
  );
}

/** The provider, other than whose it looks, to which such a credential goes; undefined where it is at home, is no secret, or nobody is known at that host. */
export function strangerAt(host: string, entry: CredentialPrefix): string | undefined {
  if (isAtHome(entry, host) || entry.prefix === "" || entry.class === "identifier" || entry.class === "publishable") return undefined;
  const there = providerAt(host);
  return there === entry.provider ? undefined : there;
}

/** Undefined for what a customer of a platform has there: it is his, and no word of the platform's. */
function providerAt(host: string): string | undefined {
  if (ownedDomain(host) !== registrableDomain(host)) return undefined;
  return credentialPrefixes().find((entry) => isAtHome(entry, host))?.provider;
}
