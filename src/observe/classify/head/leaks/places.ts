import type { LeakKind } from "../../../../model/head-facts.ts";
import { internalNames, isPrivateAddress4, isPrivateAddress6 } from "../../../../model/internal-names.ts";

/** Private addresses and internal hosts in any field; a forwarding field tells our address, and only what comes behind it is the provider's. */
export function internalPlaces(field: string, value: string): readonly LeakKind[] {
  if (!OWN_ADDRESS_FIELDS.test(field)) return [...new Set(internalNames(field, withoutLoopback(field, value)).map(({ what }) => what))];
  const addresses = addressesIn(value);
  const isBehindOurs = addresses.length > 1 && !isPrivate(addresses[0] ?? "") && addresses.slice(1).some(isPrivate);
  return isBehindOurs ? ["private-address"] : [];
}

/** Where a browser may load from, and who may read: many name the loopback of a developer. */
function withoutLoopback(field: string, value: string): string {
  return /^(?:content-security-policy|access-control-allow-origin)/.test(field) ? value.replace(/\b127(?:\.\d{1,3}){3}/g, "") : value;
}

/** The address that we call from, or the town in which it is. */
export function ownAddress(field: string, value: string): readonly LeakKind[] {
  const isOurs = OWN_ADDRESS_FIELDS.test(field) ? addressesIn(value).length > 0 : OWN_TOWN_FIELDS.test(field) && /[\p{L}\d]/u.test(value);
  return isOurs ? ["own-address"] : [];
}

function addressesIn(value: string): readonly string[] {
  return value.slice(0, MAX_LIST).match(ADDRESSES) ?? [];
}

function isPrivate(address: string): boolean {
  return address.includes(":") ? isPrivateAddress6(address) : isPrivateAddress4(address);
}

const MAX_LIST = 2048;
const ADDRESSES = /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{1,4}:[\da-f:]{1,40})(?![\w.])/gi;
/** Fields in which proxies say who calls (RFC 7239 and what was there before), and with which services send it back. */
const OWN_ADDRESS_FIELDS =
  /^(?:forwarded|(?:x-)?(?:original-)?forwarded-for|x-original-forwarded-for|x-forwarded|x-vercel-(?:forwarded|proxied)-for|(?:x-)?(?:real|client|cluster-client|true-client|remote|source|originating|your|my|user|caller|requester|visitor|viewer|sender|fastly-client|fly-client|proxy-client|wl-proxy-client)-?(?:ip|addr|address|ipaddress)|cf-connecting-ip(?:v6)?|cf-pseudo-ipv4|x-envoy-external-address|docker-ratelimit-source|x-azure-(?:client|socket)ip|x-appengine-(?:user-ip|remote-addr)|x-nf-client-connection-ip|x-ip|x-coming-from|cloudfront-viewer-address|ali-cdn-real-ip|cdn-(?:real|src)-ip|incap-client-ip|x-cdn-src-ip|x-ratelimit-source)$/;
const OWN_TOWN_FIELDS =
  /^(?:x-vercel-ip|cloudfront-viewer|x-appengine|x-geo|x-geoip|cf-ip|x-client-geo|x-client-city|cdn-request)-?(?:city|city-?lat-?long|latitude|longitude|lat-?long|postal-?code|zip|metro-?code|location)$/;
