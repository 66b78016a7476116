import { type DatedFacts, loadFacts } from "./load.ts";

/** Where a name of a large host stands, as the name itself says. */
export interface CloudRegion {
  /** "AWS" */
  readonly cloud: string;
  /** In the vendor's words: "eu-west-1", "westeurope". */
  readonly region: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

interface Cloud {
  readonly cloud: string;
  /** The vendor's list. */
  readonly reference: string;
  /** Domains of names that have their region for a label of its own, behind the customer's: "x.eu-west-1.elb.amazonaws.com". */
  readonly suffixes: readonly string[];
  /** Domains of names whose first label begins with the region: "europe-west1-x.cloudfunctions.net". */
  readonly leads: readonly string[];
  /** Country by region. */
  readonly regions: Readonly<Record<string, string>>;
}

export function clouds(): readonly Cloud[] {
  return loadFacts("cloud-regions", isRegionFacts).clouds;
}

/**
 * Undefined where the name does not say it. The first label is the customer's own, who may call a host whatever he likes; of the others the vendor's
 * stand to the right.
 */
export function cloudRegionOf(name: string): CloudRegion | undefined {
  const host = name.toLowerCase();
  for (const { cloud, suffixes, leads, regions } of clouds()) {
    const suffix = suffixes.find((one) => host.endsWith(`.${one}`));
    const labels =
      suffix === undefined
        ? []
        : host
            .slice(0, -suffix.length - 1)
            .split(".")
            .slice(1);
    const leading = leads.some((one) => host.endsWith(`.${one}`)) ? Object.keys(regions).filter((one) => host.startsWith(`${one}-`)) : [];
    const region = labels.map(withoutUnit).findLast((label) => Object.hasOwn(regions, label)) ?? leading[0];
    const country = region === undefined ? undefined : regions[region];
    if (region !== undefined && country !== undefined) return { cloud, region, country };
  }
  return undefined;
}

/** "westeurope-01" */
function withoutUnit(label: string): string {
  return label.replace(/-\d\d$/, "");
}

interface RegionFacts extends DatedFacts {
  readonly clouds: readonly Cloud[];
}

function isRegionFacts(candidate: unknown): candidate is RegionFacts {
  const { clouds: all } = candidate as Partial<RegionFacts>;
  return Array.isArray(all) && all.every(isCloud);
}

function isCloud({ cloud, reference, suffixes, leads, regions }: Cloud): boolean {
  return (
    typeof cloud === "string" &&
    String(reference).startsWith("https://") &&
    [suffixes, leads].every((list) => Array.isArray(list) && list.every((one) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(one))) &&
    Object.entries(regions).every(([region, country]) => /^[a-z0-9-]+$/.test(region) && /^[A-Z]{2}$/.test(country))
  );
}
