import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import type { Resolution } from "../../model/net-port.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";
import { canonicalAddress, isAllowedAddress } from "./guard.ts";
import { Semaphore } from "./semaphore.ts";

export interface ResolveOptions {
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
  readonly life: AbortSignal;
  readonly lookup?: LookupFunction;
}

/**
 * The addresses of a host that may be connected to, in the resolver's order (RFC 6724), at most 8.
 * An address, in whatever spelling, is not looked up. Throws a `NetFailure`: `address_not_allowed` where the policy leaves none.
 */
export async function resolveHost(host: string, options: ResolveOptions): Promise<Resolution> {
  const literal = canonicalAddress(host);
  const found = literal === undefined ? await lookUp(host, options) : [literal];
  const canonical = [...new Set(found)].slice(0, MAX_CONSIDERED);
  const addresses = canonical.filter((address) => isAllowedAddress(address, options.allowPrivate)).slice(0, MAX_ADDRESSES);
  if (canonical.length === 0) throw new NetFailure({ reason: "dns_no_address", phase: "resolve", retriable: false });
  if (addresses.length === 0) throw addressNotAllowed();
  return { addresses, vantage: "local" };
}

export function addressNotAllowed(): NetFailure {
  return new NetFailure({ reason: "address_not_allowed", phase: "resolve", retriable: false });
}

async function lookUp(host: string, options: ResolveOptions): Promise<readonly string[]> {
  const giveBack = await threads.take(options.life);
  // getaddrinfo cannot be called off: its place is free when it is really over, however long ago we stopped waiting.
  const found = getAddresses(host, options.lookup ?? (systemLookup as LookupFunction)).finally(giveBack);
  found.catch(() => undefined);
  return inPhase(options.life, { phase: "resolve", ms: options.timeoutMs, late: "dns_failed" }, () => found);
}

function getAddresses(host: string, lookup: LookupFunction): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, found: string | LookupAddress[]) => {
      if (error !== null) reject(error);
      else
        resolve(
          (typeof found === "string" ? [found] : found.map(({ address }) => address)).flatMap((text) => canonicalAddress(text) ?? []),
        );
    });
  });
}

const MAX_ADDRESSES = 8;
const MAX_CONSIDERED = 64;

/** getaddrinfo blocks one of libuv's four threads each time: half of them stay free for files and zlib. */
const threads = new Semaphore(2);
