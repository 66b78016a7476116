import type { DomainEvidence, HostingSeen, NameServersSeen, RevivedName } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";

/** What DNS says now. */
interface Now extends Pick<DomainEvidence, "hosting" | "dangling"> {
  readonly nameServers: Omit<NameServersSeen, "since"> | undefined;
  readonly followed: readonly string[];
}

/** What was seen of a domain so far, and what is seen now where that is new. Several that take turns are each new once. */
export function seenSince(before: DomainEvidence | undefined, now: Now, at: Instant): DomainEvidence["seen"] {
  const { nameServers, hosting } = now;
  const ns = before?.seen.ns ?? [];
  const revived = revivedName(before, now, at);
  return {
    ns: nameServers === undefined ? ns : withNewest(ns, { ...nameServers, since: at }, ({ names }) => names.join(" ")),
    hosting: withNewest<HostingSeen>(before?.seen.hosting ?? [], { domain: hosting, since: at }, ({ domain }) => domain),
    ...(revived !== undefined && { revived }),
  };
}

/** For as long as the aliases lead through that name. */
function revivedName(before: DomainEvidence | undefined, { dangling, followed }: Now, at: Instant): RevivedName | undefined {
  const missed = before?.dangling?.owner === "other" ? { name: before.dangling.name, since: at } : before?.seen.revived;
  return missed !== undefined && dangling === undefined && followed.includes(missed.name) ? missed : undefined;
}

function withNewest<T>(seen: readonly T[], now: T, textOf: (one: T) => string): readonly T[] {
  return seen.some((one) => textOf(one) === textOf(now)) ? seen : [...seen, now].slice(-MOST_SEEN);
}

const MOST_SEEN = 8;
