import { selectIntegrations } from "../inventory/select.ts";
import { addBindings, addFolders, revokeBindings, type TrustFile } from "../local/bindings.ts";
import { type ProposedBinding, proposeBindings } from "../local/trust-plan.ts";
import type { Instant } from "../model/instant.ts";
import type { Inventory } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";

export interface TrustRequest {
  /** Integrations whose pairs are bound; all of the inventory when empty. */
  readonly ids: readonly string[];
  /** Folders that `file:` references may read. */
  readonly folders: readonly string[];
  /** Pairs that are bound already are bound again, from now on: a person looked at what changed since. */
  readonly again: boolean;
  /** Enables `exec:` references; undefined leaves it as it is. */
  readonly exec?: boolean;
  readonly now: Instant;
}

export interface TrustPlan {
  readonly trust: TrustFile;
  /** Pairs that were not bound before, or are bound again: what the user is asked to agree to. */
  readonly added: readonly ProposedBinding[];
}

/** What `credential trust` would write. The inventory proposes; only the user's own configuration binds. */
export function planTrust(inventory: Inventory, trust: TrustFile, request: TrustRequest): Result<TrustPlan, string> {
  if (request.again && request.ids.length === 0)
    return err("Which integration? --again binds anew what somebody has looked at, one by one.");
  const selected = selectIntegrations(inventory, { ids: request.ids });
  if (!selected.ok) return selected;
  const added = proposeBindings(selected.value, trust).filter((pair) => request.again || !pair.trusted);
  const bound = addFolders(addBindings(trust, added, request.now), request.folders);
  return ok({ trust: request.exec === undefined ? bound : { ...bound, exec: request.exec }, added });
}

/** The trust without a reference (for one origin, or for all), and how many pairs that took away. */
export function withoutTrust(
  trust: TrustFile,
  reference: string,
  origin: string | undefined,
): { readonly trust: TrustFile; readonly removed: number } {
  const left = revokeBindings(trust, reference, origin);
  return { trust: left, removed: trust.bindings.length - left.bindings.length };
}
