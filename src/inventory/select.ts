import type { Criticality, Integration, Inventory } from "../model/integration.ts";
import { nearest } from "../model/nearest.ts";
import { err, ok, type Result } from "../model/result.ts";
import { carriesSecret } from "./literal-secret.ts";

/** Every filter that is given must match. */
export interface Selection {
  /** Current or former ids; empty or absent for all. */
  readonly ids?: readonly string[];
  readonly owner?: string;
  readonly tag?: string;
  readonly criticality?: Criticality;
}

/** The selected integrations in the order of the file, or a sentence that names the unknown ids and the nearest known ones. */
export function selectIntegrations(inventory: Inventory, selection: Selection): Result<readonly Integration[], string> {
  const ids = selection.ids ?? [];
  const wanted = new Set(ids);
  const known = new Set(inventory.integrations.flatMap(({ id, previousIds }) => [id, ...previousIds]));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) return err(sentenceAbout(unknown, inventory));
  return ok(
    inventory.integrations.filter(
      ({ id, previousIds, owner, tags, criticality }) =>
        (wanted.size === 0 || [id, ...previousIds].some((name) => wanted.has(name))) &&
        (selection.owner === undefined || owner === selection.owner) &&
        (selection.tag === undefined || tags.includes(selection.tag)) &&
        (selection.criticality === undefined || criticality === selection.criticality),
    ),
  );
}

function sentenceAbout(unknown: readonly string[], inventory: Inventory): string {
  const current = inventory.integrations.map(({ id }) => id);
  const parts = unknown.slice(0, MOST_NAMED).map((id) => {
    const suggestion = nearest(id, current);
    const shown = carriesSecret(id) ? "(not shown, it looks like a secret)" : JSON.stringify(id.slice(0, 64));
    return suggestion === undefined ? shown : `${shown} (did you mean "${suggestion}"?)`;
  });
  const rest = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : "";
  return `${inventory.file} has no integration ${parts.join(", ")}${rest}.`;
}

const MOST_NAMED = 10;
