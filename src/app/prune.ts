import type { ErasureReport, HistoryStore, PruneReport } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";
import { err, ok, type Result } from "../model/result.ts";

export interface PruneRequest {
  readonly dryRun: boolean;
  /** How long evidence is kept that nothing refers to, in milliseconds; 13 months unless told. */
  readonly evidenceKeptMs?: number;
  /** Id or uid: everything of this one goes, and nothing else does. */
  readonly integration?: string;
}

export type Pruned =
  | { readonly kind: "retention"; readonly dryRun: boolean; readonly report: PruneReport }
  | { readonly kind: "erasure"; readonly dryRun: boolean; readonly report: ErasureReport };

/** Takes from history what is due, or all that it knows of one integration. With the run lock held. */
export async function pruneHistory(history: HistoryStore, request: PruneRequest, now: Instant): Promise<Result<Pruned, "unknown">> {
  const { dryRun, integration, evidenceKeptMs } = request;
  if (integration !== undefined) {
    const report = await history.erase(integration, dryRun);
    return report === undefined ? err("unknown") : ok({ kind: "erasure", dryRun, report });
  }
  const limits = { now, ...(evidenceKeptMs === undefined ? {} : { evidenceKeptMs }) };
  return ok({ kind: "retention", dryRun, report: await history.prune(limits, dryRun) });
}
