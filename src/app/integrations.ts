import { selectIntegrations } from "../inventory/select.ts";
import type { Integration, Inventory } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";

/** One integration by its id; the error names the nearest id. */
export function integrationById(inventory: Inventory, id: string): Result<Integration, string> {
  const selected = selectIntegrations(inventory, { ids: [id] });
  if (!selected.ok) return selected;
  const [integration] = selected.value;
  return integration === undefined ? err(`There is no integration "${id}".`) : ok(integration);
}
