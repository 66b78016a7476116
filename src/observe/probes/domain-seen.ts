import type { DomainEvidence, HostingSeen, NameServersSeen } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";

/** What was seen of a domain so far, and what is seen now where that is new. Several that take turns are each new once. */
export function seenSince(
  before: DomainEvidence["seen"] | undefined,
  now: { readonly nameServers: Omit<NameServersSeen, "since"> | undefined; readonly hosting: string },
  at: Instant,
): DomainEvidence["seen"] {
  const { nameServers, hosting } = now;
  const ns = before?.ns ?? [];
  return {
    ns: nameServers === undefined ? ns : withNewest(ns, { ...nameServers, since: at }, ({ names }) => names.join(" ")),
    hosting: withNewest<HostingSeen>(before?.hosting ?? [], { domain: hosting, since: at }, ({ domain }) => domain),
  };
}

function withNewest<T>(seen: readonly T[], now: T, textOf: (one: T) => string): readonly T[] {
  return seen.some((one) => textOf(one) === textOf(now)) ? seen : [...seen, now].slice(-MOST_SEEN);
}

const MOST_SEEN = 8;
