import { ownedDomain, registrableDomain } from "../../catalog/public-suffixes.ts";
import type { DomainEvidence } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { NetResult, Resolution } from "../../model/net-port.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { AskDns } from "./ask-dns.ts";

type Aliases = Pick<DomainEvidence, "cnames" | "hosting" | "unfollowed" | "dangling">;

/**
 * From alias to alias. That a name does not exist is believed only where the audit's own look-up found no address either: there are servers
 * that deny a name when they are asked for a type that they do not know (RFC 4074 section 4.2), and hosts files.
 */
export async function followAliases(ask: AskDns, host: string, resolution: NetResult<Resolution>): Promise<Result<Aliases, Failure>> {
  const chain: string[] = [];
  for (let name = host; ; ) {
    const answer = await ask(name, "CNAME");
    if (!answer.ok) return answer;
    if (answer.value.state === "no-name" && !resolution.ok) return missing(chain, host, resolution.error);
    const next = answer.value.state === "records" ? answer.value.records[0] : undefined;
    if (next === undefined) return ok(aliases(chain, host));
    if (next === host || chain.includes(next)) return ok({ ...aliases(chain, host), unfollowed: "loop" });
    chain.push(next);
    if (!HOST_NAME.test(next)) return ok({ ...aliases(chain, host), unfollowed: "no-host-name" });
    if (chain.length === MOST_ALIASES) return ok({ ...aliases(chain, host), unfollowed: "too-long" });
    name = next;
  }
}

/** The name was denied, and so was its address: it does not exist. Where the look-up failed for another reason, nobody knows. */
function missing(chain: readonly string[], host: string, failure: Failure): Result<Aliases, Failure> {
  const name = chain.at(-1);
  if (!ABSENT.has(failure.reason)) return err(failure);
  if (name === undefined) return err({ reason: "dns_not_found", phase: "resolve", retriable: false });
  const owner = ownedDomain(chain.at(-2) ?? host);
  const isSame = owner !== undefined && owner === ownedDomain(name);
  return ok({ ...aliases(chain, host), dangling: { name, owner: isSame ? "same" : "other" } });
}

function aliases(chain: readonly string[], host: string): Aliases {
  const zone = registrableDomain(host) ?? host;
  const outside = chain.findIndex((name) => registrableDomain(name) !== zone);
  const first = chain[outside];
  if (first === undefined) return { cnames: chain, hosting: zone };
  return { cnames: chain.slice(0, outside + 1), hosting: registrableDomain(first) ?? first };
}

/** Aliases of a CDN come to four or five. */
const MOST_ALIASES = 8;
/** With what browsers take beside letters, digits and hyphens. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const ABSENT: ReadonlySet<Failure["reason"]> = new Set(["dns_not_found", "dns_no_address"]);
