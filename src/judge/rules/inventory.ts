import { noOwner } from "./inventory/no-owner.ts";
import type { Rule } from "./rule.ts";

/** Sorted by id. */
export const INVENTORY_RULES: readonly Rule[] = [noOwner];
