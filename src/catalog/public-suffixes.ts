import { createRequire } from "node:module";

/** A name below which everybody can register one. */
export interface PublicSuffix {
  /** `registry`: "co.uk". `private`: of a company that lets strangers have names below its own, "cloudfront.net". */
  readonly kind: "registry" | "private";
}

/** Whether just this name is one; what the list does not hold is none. Lower case, A-labels. */
export function publicSuffix(name: string): PublicSuffix | undefined {
  const { publicSuffix: suffix, isIcann, isPrivate } = list().parse(name, { ...A_NAME, allowPrivateDomains: true });
  if (suffix !== name || !(isIcann === true || isPrivate === true)) return undefined;
  return { kind: isIcann === true ? "registry" : "private" };
}

/** The label that somebody registered, by whatever registry: "acme" of "api.acme.co.uk". Undefined where there is none. */
export function registeredLabel(name: string): string | undefined {
  const label = list().getDomainWithoutSuffix(name, A_NAME);
  return label === null || label === "" ? undefined : label;
}

/** The domain that somebody registered with a registry: "api.acme.co.uk" is below "acme.co.uk". Undefined for addresses, single labels and public suffixes. */
export function registrableDomain(name: string): string | undefined {
  return list().getDomain(name) ?? undefined;
}

/** The same, where a company's suffix counts as public: what one of its customers has, "acme.azurewebsites.net". */
export function ownedDomain(name: string): string | undefined {
  return list().getDomain(name, { allowPrivateDomains: true }) ?? undefined;
}

/** Release of the list: what it holds changes with it. */
export function publicSuffixesRelease(): string {
  const { version } = require("tldts/package.json") as { readonly version: string };
  return version;
}

const A_NAME = { extractHostname: false, validateHostname: false } as const;

/** The list is in its code, which takes longer to load than an integration takes to be judged, and most certificates need it not. */
function list(): typeof import("tldts") {
  return require("tldts") as typeof import("tldts");
}

const require = createRequire(import.meta.url);
