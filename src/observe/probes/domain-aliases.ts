import { ownedDomain, registrableDomain } from "../../catalog/public-suffixes.ts";
import type { DomainEvidence } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { NetResult, Resolution } from "../../model/net-port.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { AskDns } from "./ask-dns.ts";

interface Aliases {
  readonly facts: Pick<DomainEvidence, "cnames" | "hosting" | "unfollowed" | "dangling">;
  /** All that were followed, in their order. */
  readonly followed: readonly string[];
}

/**
 * From alias to alias. That a name does not exist is believed only where the audit's own look-up found no address either: there are servers
 * that deny a name when they are asked for a type that they do not know (RFC 4074 section 4.2), and hosts files.
 */
export async function followAliases(ask: AskDns, host: string, resolution: NetResult<Resolution>): Promise<Result<Aliases, Failure>> {
  const followed: string[] = [];
  const found = (more: Pick<Aliases["facts"], "unfollowed" | "dangling"> = {}): Result<Aliases, Failure> =>
    ok({ facts: { ...keptAliases(followed, host), ...more }, followed });
  for (let name = host; ; ) {
    const answer = await ask(name, "CNAME");
    if (!answer.ok) return answer;
    if (answer.value.state === "no-name" && !resolution.ok) {
      const dangling = danglingAlias(followed, host, resolution.error);
      return dangling.ok ? found({ dangling: dangling.value }) : dangling;
    }
    const next = answer.value.state === "records" ? answer.value.records[0] : undefined;
    if (next === undefined) return found();
    if (next === host || followed.includes(next)) return found({ unfollowed: "loop" });
    followed.push(next);
    if (!HOST_NAME.test(next)) return found({ unfollowed: "no-host-name" });
    if (followed.length === MOST_ALIASES) return found({ unfollowed: "too-long" });
    name = next;
  }
}

type Dangling = NonNullable<DomainEvidence["dangling"]>;

/** The name was denied, and so was its address: it does not exist. Where the look-up failed for another reason, nobody knows. */
function danglingAlias(followed: readonly string[], host: string, failure: Failure): Result<Dangling, Failure> {
  const name = followed.at(-1);
  if (!ABSENT.has(failure.reason)) return err(failure);
  if (name === undefined) return err({ reason: "dns_not_found", phase: "resolve", retriable: false });
  const owner = ownedDomain(followed.at(-2) ?? host);
  const isSame = owner !== undefined && owner === ownedDomain(name);
  return ok({ name, owner: isSame ? "same" : "other" });
}

function keptAliases(followed: readonly string[], host: string): Pick<DomainEvidence, "cnames" | "hosting"> {
  const zone = registrableDomain(host) ?? host;
  const outside = followed.findIndex((name) => registrableDomain(name) !== zone);
  const first = followed[outside];
  if (first === undefined) return { cnames: followed, hosting: zone };
  return { cnames: followed.slice(0, outside + 1), hosting: registrableDomain(first) ?? first };
}

/** Aliases of a CDN come to four or five. */
const MOST_ALIASES = 8;
/** With what browsers take beside letters, digits and hyphens. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const ABSENT: ReadonlySet<Failure["reason"]> = new Set(["dns_not_found", "dns_no_address"]);
