import type { DomainEvidence, NameServersSeen } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";

/** What looks like a domain that is in other hands, or an alias that somebody else has picked up. Providers do the same, and announce it. */
export interface TakeoverSign {
  readonly sign: "delegation-moved" | "alias-revived";
  /** First seen. A credential that was bound later was bound in spite of it. */
  readonly since: Instant;
}

/** The newest sign; undefined where there is none, or where nothing was seen before. It does not fade: whoever takes a domain over can wait. */
export function takeoverSign({ ns, seen }: DomainEvidence): TakeoverSign | undefined {
  const revived = seen.revived === undefined ? [] : [{ sign: "alias-revived" as const, since: seen.revived.since }];
  return [...movedDelegation(ns, seen.ns), ...revived].sort((a, b) => b.since - a.since)[0];
}

/** Since the first name servers of whoever answers now, where others were there before. */
function movedDelegation(ns: readonly string[], seen: readonly NameServersSeen[]): readonly TakeoverSign[] {
  const now = seen.find(({ names }) => names.join(" ") === ns.join(" "));
  if (now === undefined) return [];
  const first = seen.findIndex((before) => isSameOperator(before, now));
  const since = seen[first]?.since;
  return first <= 0 || since === undefined ? [] : [{ sign: "delegation-moved", since }];
}

/** Large operators spread over several domains: awsdns-12.com and awsdns-34.net, azure-dns.com and azure-dns.org. */
export function isSameOperator(one: NameServersSeen, other: NameServersSeen): boolean {
  const operators = operatorsOf(other);
  return operatorsOf(one).some((operator) => operators.includes(operator));
}

function operatorsOf({ domains }: NameServersSeen): readonly string[] {
  return domains.map((domain) => domain.split(".")[0]?.replace(/-\d+$/, "") ?? domain);
}
