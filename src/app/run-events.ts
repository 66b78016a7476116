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

/** What the log says of an integration as soon as it is judged. Whether its changes are believed, only the end of the run knows. */
export function auditEvent({ id, visibility }: ReportIntegration, changes: number, durationMs: number): RunEvent {
  return { event: "integration-audited", integration: id, visibility, changes, durationMs: Math.round(durationMs) };
}

/** A change that was believed. */
export function changeEvent({ kind, cause, rule, integration, fingerprint, after, before }: Change): RunEvent {
  const severity = after.severity ?? before.severity;
  return { event: "change", kind, cause, rule, integration, fingerprint, ...(severity === undefined ? {} : { severity }) };
}
