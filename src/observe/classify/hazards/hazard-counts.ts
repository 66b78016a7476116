import type { HazardFact, HazardKind } from "../../../evidence/kinds.ts";
import type { DocumentNode } from "../document.ts";
import { hazardsIn } from "./hazards.ts";
import { isPrototypePath } from "./prototype-key.ts";

/** How many values of one path may act on whoever shows them. */
export class HazardCounts {
  readonly #counts = new Map<HazardKind, number>();

  add(nodes: readonly DocumentNode[]): void {
    for (const node of nodes) {
      if (typeof node !== "string" || node.length < 2) continue;
      for (const kind of hazardsIn(node)) this.count(kind);
    }
  }

  /** Dynamic keys are values like any other, and may be taken for more. */
  addKeys(keys: readonly string[]): void {
    this.add(keys);
    for (const key of keys) if (isPrototypePath(key)) this.count("prototype-key");
  }

  count(kind: HazardKind, times = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + times);
  }

  facts(path: string): readonly HazardFact[] {
    return [...this.#counts].map(([kind, count]) => ({ path, kind, count })).sort((one, other) => (one.kind < other.kind ? -1 : 1));
  }
}
