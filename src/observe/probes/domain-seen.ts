import type { DomainEvidence, HostingSeen, NameServersSeen, RegionSeen, RevivedName } from "../../evidence/kinds.ts";
import type { Instant } from "../../model/instant.ts";

/** What DNS says now. */
interface Now extends Pick<DomainEvidence, "hosting" | "dangling"> {
  readonly nameServers: Omit<NameServersSeen, "since"> | undefined;
  readonly followed: readonly string[];
  readonly region: Omit<RegionSeen, "since"> | undefined;
}

/** What was seen of a domain so far, and what is seen now where that is new. Several that take turns are each new once. */
export function seenSince(before: DomainEvidence | undefined, now: Now, at: Instant): DomainEvidence["seen"] {
  const { nameServers, hosting, region } = now;
  const { ns = [], hosting: hosts = [], regions: places } = before?.seen ?? {};
  const regions =
    region === undefined ? places : withNewest<RegionSeen>(places ?? [], { ...region, since: at }, (one) => `${one.cloud} ${one.region}`);
  const revived = revivedName(before, now, at);
  return {
    ns: nameServers === undefined ? ns : withNewest(ns, { ...nameServers, since: at }, ({ names }) => names.join(" ")),
    hosting: withNewest<HostingSeen>(hosts, { domain: hosting, since: at }, ({ domain }) => domain),
    ...(regions !== undefined && { regions }),
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
