import type { DanglingAlias, DomainEvidence, HostingSeen, NameServersSeen, RegionSeen, RevivedName } from "../../evidence/kinds.ts";
import { HOUR, type Instant } from "../../model/instant.ts";
import { withNewest } from "./seen-since.ts";

/** What DNS says now. */
interface Now extends Pick<DomainEvidence, "hosting" | "dangling"> {
  readonly nameServers: Omit<NameServersSeen, "since"> | undefined;
  readonly followed: readonly string[];
  readonly region: Omit<RegionSeen, "since"> | undefined;
}

/** What was seen of a domain so far, and what is seen now where that is new. Several that take turns are each new once. */
export function seenSince(before: DomainEvidence | undefined, now: Now, at: Instant): DomainEvidence["seen"] {
  const { ns = [], hosting = [], regions } = before?.seen ?? {};
  const { nameServers, region } = now;
  const named = nameServers?.names.join(" ");
  const untoldSince = nameServers === undefined && ns.length > 0 ? (before?.seen.untoldSince ?? at) : undefined;
  const regionsNow =
    region === undefined
      ? regions
      : withNewest<RegionSeen>(
          regions ?? [],
          { ...region, since: at },
          (one) => one.cloud === region.cloud && one.region === region.region,
        );
  const revived = revivedName(before, now, at);
  return {
    ns: nameServers === undefined ? ns : withNewest(ns, { ...nameServers, since: at }, ({ names }) => names.join(" ") === named),
    hosting: withNewest<HostingSeen>(hosting, { domain: now.hosting, since: at }, ({ domain }) => domain === now.hosting),
    ...(regionsNow !== undefined && { regions: regionsNow }),
    ...(revived !== undefined && { revived }),
    ...(untoldSince !== undefined && { untoldSince }),
  };
}

/** With the time at which it was first missed, and whether that is more than a hiccup of a resolver. */
export function datedAlias(before: DomainEvidence | undefined, now: DanglingAlias | undefined, at: Instant): DanglingAlias | undefined {
  if (now === undefined) return undefined;
  const known = before?.dangling?.name === now.name ? before.dangling : undefined;
  const since = known?.since ?? at;
  const isConfirmed = known?.confirmed === true || at - since >= HOUR;
  return { ...now, since, ...(isConfirmed && { confirmed: true }) };
}

/** Remembered when the aliases lead elsewhere: they may lead back another night. */
function revivedName(before: DomainEvidence | undefined, { dangling, followed }: Now, at: Instant): RevivedName | undefined {
  const missed = before?.dangling;
  const isBack = missed?.owner === "other" && missed.confirmed === true && dangling === undefined && followed.includes(missed.name);
  const revived = isBack ? { name: missed.name, since: at } : before?.seen.revived;
  return revived === undefined ? undefined : { ...revived, leads: dangling === undefined && followed.includes(revived.name) };
}
