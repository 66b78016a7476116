import { registrableDomain } from "../../catalog/public-suffixes.ts";
import { hostingRegion } from "../../evidence/hosting-region.ts";
import type { DomainEvidence, NameServersSeen } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/instant.ts";
import type { NetResult, Resolution } from "../../model/net-port.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { AskDns } from "./ask-dns.ts";
import { followAliases } from "./domain-aliases.ts";
import { datedAlias, seenSince } from "./domain-seen.ts";

export interface NamesQuestion {
  readonly host: string;
  /** What the audit's own look-up came to. */
  readonly resolution: NetResult<Resolution>;
  /** The last time that there was an answer. */
  readonly before?: DomainEvidence;
  readonly at: Instant;
}

/** Where a name leads and who answers for it: all that a credential waits for. Asked once in a scope, however often it is read. */
export async function readNames(
  ask: AskDns,
  { host, resolution, before, at }: NamesQuestion,
): Promise<Result<Omit<DomainEvidence, "caa">, Failure>> {
  const zone = registrableDomain(host);
  const [found, nameServers] = await Promise.all([
    followAliases(ask, host, resolution),
    zone === undefined ? ok(undefined) : nameServersOf(ask, zone),
  ]);
  if (!found.ok) return found;
  if (!nameServers.ok) return nameServers;
  const { facts, followed } = found.value;
  const region = hostingRegion({ host, cnames: facts.cnames });
  const dangling = datedAlias(before, facts.dangling, at);
  return ok({
    host,
    ...(zone !== undefined && { zone }),
    ...facts,
    ...(dangling !== undefined && { dangling }),
    ns: nameServers.value?.names ?? [],
    seen: seenSince(before, { nameServers: nameServers.value, ...facts, followed, region }, at),
  });
}

/** Undefined where the zone names none. A zone that does not exist, of a name that does, is another world's DNS than ours. */
async function nameServersOf(ask: AskDns, zone: string): Promise<Result<Omit<NameServersSeen, "since"> | undefined, Failure>> {
  const answer = await ask(zone, "NS");
  if (!answer.ok) return answer;
  if (answer.value.state === "no-name") return err({ reason: "dns_not_found", phase: "resolve", retriable: false });
  if (answer.value.state === "none") return ok(undefined);
  const names = answer.value.records;
  return ok({ names, domains: [...new Set(names.map((name) => registrableDomain(name) ?? name))].sort() });
}
