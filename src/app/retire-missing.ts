import type { HistoryStore } from "../model/history-store.ts";
import type { Instant } from "../model/instant.ts";
import type { ReportEvent } from "../model/report.ts";
import { retire } from "../remember/changes/retire.ts";
import { alertOfLeaving } from "./alerts.ts";

/** Retires the findings of integrations that the inventory declared once and does not declare any more. */
export async function retireMissing(
  history: HistoryStore,
  inventory: { readonly identity: string; readonly uids: readonly string[] },
  run: string,
  at: Instant,
): Promise<readonly ReportEvent[]> {
  const told: ReportEvent[] = [];
  for (const track of await history.missingFrom(inventory.identity, inventory.uids)) {
    const { findings } = await history.knowledge(track.uid, track.vantage);
    const retired = retire(findings, run, () => "integration_removed");
    await history.commitRetirement({ ...track, run, at, ...retired, alerts: alertOfLeaving(findings, track, run, at) });
    told.push(
      ...retired.findings.map(({ fingerprint, rule, subject, cause }) => ({
        integration: track.id,
        kind: "retired" as const,
        fingerprint,
        rule,
        subject,
        cause,
      })),
    );
  }
  return told;
}
