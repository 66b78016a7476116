import { Resolver } from "node:dns/promises";
import type { Failure } from "../../model/failure.ts";
import type { CaaRecord, DnsAnswer, DnsRecords, DnsType } from "../../model/net-port.ts";
import { inPhase } from "./deadline.ts";
import { NetFailure } from "./failure.ts";

export interface DnsOptions {
  /** "192.0.2.53" or "192.0.2.53:5353"; the system's where it is left out. */
  readonly servers?: readonly string[];
  readonly timeoutMs: number;
  readonly life: AbortSignal;
}

/** What the resolver says at a name. Throws a `NetFailure` where it gives no answer that counts. */
export async function askDns<T extends DnsType>(name: string, type: T, options: DnsOptions): Promise<DnsAnswer<T>> {
  // The second try waits twice as long as the first one.
  const resolver = new Resolver({ timeout: Math.ceil(options.timeoutMs / 4), tries: 2 });
  if (options.servers !== undefined) resolver.setServers(options.servers);
  const limit = { phase: "resolve", ms: options.timeoutMs, late: "dns_failed" } as const;
  return inPhase(options.life, limit, async (signal) => {
    signal.addEventListener("abort", () => resolver.cancel(), { once: true });
    try {
      const records = await ASK[type](resolver, name);
      return records.length === 0 ? { state: "none" } : { state: "records", records };
    } catch (error) {
      return absence(error);
    }
  });
}

/** NXDOMAIN and NODATA come as errors, and are answers. Whatever else went wrong is the resolver's affair and says nothing of the name. */
function absence(error: unknown): { readonly state: "none" | "no-name" } {
  const code = String((error as { code?: unknown }).code);
  if (code === "ENOTFOUND") return { state: "no-name" };
  if (code === "ENODATA") return { state: "none" };
  throw new NetFailure(resolverFailure(code));
}

function resolverFailure(code: string): Failure {
  const known = /^E[A-Z]{2,20}$/.test(code) ? { code } : {};
  return { reason: "dns_failed", phase: "resolve", ...known, retriable: code === "ETIMEOUT" || code === "ESERVFAIL" };
}

const ASK: { readonly [T in DnsType]: (resolver: Resolver, name: string) => Promise<DnsRecords[T]> } = {
  CNAME: async (resolver, name) => names(await resolver.resolveCname(name)),
  NS: async (resolver, name) => names(await resolver.resolveNs(name)),
  CAA: async (resolver, name) => {
    const records = (await resolver.resolveCaa(name)).map((record): CaaRecord => {
      const [tag = "", value = ""] = Object.entries(record).find(([key]) => key !== "critical") ?? [];
      return { critical: record.critical !== 0, tag: tag.toLowerCase(), value: String(value) };
    });
    return sorted(records, ({ critical, tag, value }) => `${tag} ${value} ${critical}`);
  },
};

/** Case means nothing in names (RFC 4343), nor does the final dot. */
function names(found: readonly string[]): readonly string[] {
  return sorted([...new Set(found.map((name) => name.toLowerCase().replace(/\.$/, "")))], (name) => name);
}

function sorted<T>(records: readonly T[], textOf: (record: T) => string): readonly T[] {
  return [...records].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1)).slice(0, MOST_RECORDS);
}

const MOST_RECORDS = 64;
