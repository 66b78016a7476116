import type { NotifyConfig } from "../local/notify-config.ts";
import { isRegression } from "../model/finding.ts";
import type { HistoryStore } from "../model/history-store.ts";
import type { Clock } from "../model/instant.ts";
import type { Finding, Report } from "../model/report.ts";
import { wholePercent } from "../model/share.ts";
import { deliverNotifications, type NotificationResult } from "./notify.ts";
import { isPutAside } from "./report.ts";
import type { NotifyPorts } from "./send-message.ts";

export interface TellingPorts {
  readonly history: HistoryStore | undefined;
  /** Undefined where the file cannot be followed: what is to be told waits until it is mended. */
  readonly config: NotifyConfig | undefined;
  readonly courier: NotifyPorts;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Sends what history has to tell: before a run what an earlier one left, after it what it found. Never throws for a receiver. */
export async function tellNow({ history, config, courier, clock, signal }: TellingPorts): Promise<NotificationResult> {
  if (history === undefined || config === undefined) return NOTHING;
  return deliverNotifications(history, config.channels, courier, clock, signal);
}

/** What a dead-man switch is told of a run: counts, and nothing else. */
export function countsOf({ integrations, changes, run }: Report): Readonly<Record<string, number>> {
  return {
    audited: integrations.length,
    unreachable: integrations.filter(({ visibility }) => visibility === "unreachable").length,
    changes: changes.length,
    regressions: changes.filter(isRegression).length,
    open: integrations.flatMap(({ findings }) => findings.filter(isOpen)).length,
    coverage_percent: wholePercent(run.coverage ?? 0),
  };
}

/** As the report counts them: what is waived or accepted is open for nobody. */
function isOpen(finding: Finding): boolean {
  return finding.state.presence === "open" && !isPutAside(finding);
}

const NOTHING: NotificationResult = { queued: 0, sent: 0, failed: 0, dead: 0, notices: [] };
