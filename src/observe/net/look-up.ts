import { isPrivateName } from "../../model/host-name.ts";
import type { Resolution } from "../../model/net-port.ts";
import type { Target } from "../../model/target.ts";
import { canonicalAddress } from "./guard.ts";
import { type HttpProxy, proxyVantage } from "./proxy.ts";
import { addressNotAllowed, type ResolveOptions, resolveHost } from "./resolve.ts";

/** The addresses of a target, vetted; or its name, where a proxy looks it up. Throws a `NetFailure`. */
export async function lookUpTarget(target: Target, proxy: HttpProxy | undefined, settings: ResolveOptions): Promise<Resolution> {
  const options = { ...settings, allowPrivate: settings.allowPrivate && target.publicOnly !== true };
  if (proxy !== undefined && !isLookedUpHere(target, proxy)) {
    // The proxy looks the name up, so its address cannot be vetted: names that are never public are refused by themselves.
    if (!options.allowPrivate && isPrivateName(target.host)) throw addressNotAllowed();
    return { addresses: [target.host], vantage: proxyVantage(proxy) };
  }
  const resolution = await resolveHost(target.host, options);
  return proxy === undefined ? resolution : { ...resolution, vantage: proxyVantage(proxy) };
}

/** A proxy looks names up itself; an address needs nobody to. */
export function isLookedUpHere(target: Target, proxy: HttpProxy | undefined): boolean {
  return proxy === undefined || canonicalAddress(target.host) !== undefined;
}
