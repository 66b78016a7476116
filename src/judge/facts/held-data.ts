import { dataClassFacts } from "../../catalog/data-classes.ts";
import type { HttpUnauthenticatedEvidence } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";

/** Something above public: seen in the answer, or declared for it. What an endpoint declares stands in place of what its integration does. */
export function holdsData(seen: readonly DataClass[], { expect }: Endpoint, integration: Integration): boolean {
  return isAnySensitive([...seen, ...(expect.classes ?? integration.dataClasses)], integration);
}

/**
 * What an answer of the same shape as ours, which was not given to our credential, gives away. What is declared counts where nothing tells the answer
 * from ours: a public part is a shorter list, and an object of nobody's is like one of ours. `nothing`: a frame around nothing, or nothing that was
 * seen where its endpoint declares nothing.
 */
export function givenAway(
  { shape, sameRecords }: Pick<HttpUnauthenticatedEvidence, "shape" | "sameRecords">,
  { expect }: Endpoint,
  integration: Integration,
): "data" | "nothing" | "unknown" {
  if (isAnySensitive(shape?.classes ?? [], integration)) return "data";
  if (shape?.empty === true || (expect.classes !== undefined && !isAnySensitive(expect.classes, integration))) return "nothing";
  const declared = expect.classes ?? (shape?.records === undefined ? [] : integration.dataClasses);
  return sameRecords === true && isAnySensitive(declared, integration) ? "data" : "unknown";
}

function isAnySensitive(classes: readonly DataClass[], integration: Integration): boolean {
  return classes.some((dataClass) => dataClassFacts(dataClass, integration).sensitive);
}
