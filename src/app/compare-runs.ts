import type { HistoryStore } from "../model/history-store.ts";
import type { ReportChange } from "../model/report.ts";
import { err, ok, type Result } from "../model/result.ts";
import { compareRuns } from "../remember/changes/compare-runs.ts";
import { reportChange } from "./report.ts";

export interface ComparedRuns {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly ReportChange[];
}

export type CompareProblem =
  | { readonly kind: "unknown-run"; readonly run: string }
  | { readonly kind: "vantages-differ"; readonly message: string };

/** Two runs of history, integration by integration. What only one of them audited is not a change. */
export async function compareStoredRuns(
  history: HistoryStore,
  before: string,
  after: string,
): Promise<Result<ComparedRuns, CompareProblem>> {
  const [earlier, later] = await Promise.all([history.run(before), history.run(after)]);
  if (earlier === undefined) return err({ kind: "unknown-run", run: before });
  if (later === undefined) return err({ kind: "unknown-run", run: after });
  if (earlier.vantage !== later.vantage) {
    const message = `These runs looked from different places (${earlier.vantage}, ${later.vantage}): a difference would say nothing about the providers.`;
    return err({ kind: "vantages-differ", message });
  }
  const [old, young] = await history.differingAudits(earlier.ulid, later.ulid);
  const changes = compareRuns(old, young).map(reportChange);
  return ok({ before: earlier.ulid, after: later.ulid, changes });
}
