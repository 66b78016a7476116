import type { Change } from "../model/finding.ts";
import type { ReportIntegration } from "../model/report.ts";
import type { RunEvent } from "../model/run-event.ts";
import type { AuditOptions, ToolIdentity } from "./audit-ports.ts";
import type { ResumedRun } from "./resume.ts";

export interface Beginning {
  readonly planned: number;
  readonly trigger: AuditOptions["trigger"];
  readonly tool: ToolIdentity;
  readonly resumed: ResumedRun | undefined;
}

/** What the log says when a run begins, or goes on. */
export function beginningOf({ planned, trigger, tool, resumed }: Beginning): RunEvent {
  if (resumed !== undefined) return { event: "run-resumed", from: resumed.run.ulid, kept: resumed.audited.size, planned };
  return { event: "run-started", trigger, planned, vantage: tool.vantage, version: tool.version };
}

/**
 * What the log says of an integration. What is held back may turn out to be no news: its changes are logged all the same, and the
 * notices say what became of it.
 */
export function eventsOfAudit(audit: {
  readonly report: ReportIntegration;
  readonly changes: readonly Change[];
  readonly durationMs: number;
}): readonly RunEvent[] {
  const { id: integration, visibility } = audit.report;
  const { changes, durationMs } = audit;
  return [
    { event: "integration-audited", integration, visibility, changes: changes.length, durationMs: Math.round(durationMs) },
    ...changes.map(({ kind, cause, rule, fingerprint, after, before }): RunEvent => {
      const severity = after.severity ?? before.severity;
      return { event: "change", kind, cause, rule, integration, fingerprint, ...(severity === undefined ? {} : { severity }) };
    }),
  ];
}
