import { type CloudRegion, cloudRegionOf } from "../catalog/cloud-regions.ts";
import { registrableDomain } from "../catalog/public-suffixes.ts";
import type { DomainEvidence } from "./kinds.ts";

/** Where the host that a name leads to stands, as far as its own name says it. Undefined where it leads nowhere outside of its zone. */
export function hostingRegion({ host, cnames }: Pick<DomainEvidence, "host" | "cnames">): CloudRegion | undefined {
  const last = cnames.at(-1);
  const isOutside = last !== undefined && registrableDomain(last) !== (registrableDomain(host) ?? host);
  return isOutside ? cloudRegionOf(last) : undefined;
}
