import { dataClassFacts } from "../../catalog/data-classes.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";

/** Something above public: seen in the answer, or declared for it. */
export function holdsData(seen: readonly DataClass[], { expect }: Endpoint, { dataClasses }: Integration): boolean {
  return [...seen, ...(expect.classes ?? []), ...dataClasses].some((dataClass) => dataClassFacts(dataClass).sensitive);
}
