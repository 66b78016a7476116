import { registrableDomain } from "../../catalog/public-suffixes.ts";
import { hostingRegion } from "../../evidence/hosting-region.ts";
import type { DomainEvidence, NameServersSeen } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { NetResult, Resolution } from "../../model/net-port.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Target } from "../../model/target.ts";
import type { AskDns } from "./ask-dns.ts";
import { followAliases } from "./domain-aliases.ts";
import { caaInForce } from "./domain-caa.ts";
import { seenSince } from "./domain-seen.ts";
import { observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface DomainQuestion {
  /** Its host is a name that public DNS may answer for. */
  readonly target: Target;
  /** What the audit's own look-up came to. */
  readonly resolution: NetResult<Resolution>;
  /** The last time that there was an answer. */
  readonly before?: DomainEvidence;
}

/** What DNS says of the host of an origin. Nothing of it is asked of the provider, and no connection is opened to it. */
export const domainProbe: Probe<"domain", DomainQuestion> = {
  id: "domain",
  kind: "domain",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target, resolution, before }, context) =>
    observation(domainProbe, { origin: target.origin }, context, async () => {
      const { host } = target;
      const ask: AskDns = (name, type) => context.net.dns(target, name, type);
      const found = await followAliases(ask, host, resolution);
      if (!found.ok) return found;
      const zone = registrableDomain(host);
      const nameServers = zone === undefined ? ok(undefined) : await nameServersOf(ask, zone);
      if (!nameServers.ok) return nameServers;
      const { facts, followed } = found.value;
      const region = hostingRegion({ host, cnames: facts.cnames });
      const now = { nameServers: nameServers.value, ...facts, followed, region };
      return ok({
        host,
        ...(zone !== undefined && { zone }),
        ...facts,
        ns: nameServers.value?.names ?? [],
        caa: await caaInForce(ask, host),
        seen: seenSince(before, now, context.clock.now()),
      });
    }),
};

/** Undefined where the zone names none. A zone that does not exist, of a name that does, is another world's DNS than ours. */
async function nameServersOf(ask: AskDns, zone: string): Promise<Result<Omit<NameServersSeen, "since"> | undefined, Failure>> {
  const answer = await ask(zone, "NS");
  if (!answer.ok) return answer;
  if (answer.value.state === "no-name") return err({ reason: "dns_not_found", phase: "resolve", retriable: false });
  if (answer.value.state === "none") return ok(undefined);
  const names = answer.value.records;
  return ok({ names, domains: [...new Set(names.map((name) => registrableDomain(name) ?? name))].sort() });
}
