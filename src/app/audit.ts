import { type AuditOptions, type AuditPorts, type AuditScope, knowledgeOf, planOptions } from "./audit-ports.ts";
import { AuditRun } from "./audit-run.ts";
import type { AuditResult } from "./conclusion.ts";
import { type AuditPlan, planAudit } from "./plan.ts";
import { inParallel } from "./pool.ts";

export type { AuditOptions, AuditPorts, AuditProgress, AuditScope, ToolIdentity } from "./audit-ports.ts";
export type { AuditResult, AuditVerdict } from "./conclusion.ts";

/** The main job: plan, observe, judge, remember, decide. */
export async function runAudit(scope: AuditScope, options: AuditOptions, ports: AuditPorts): Promise<AuditResult> {
  const run = new AuditRun(scope, options, ports);
  return run.perform();
}

/** What an audit would send, without sending it. */
export async function planOnly(
  { integrations, policy }: Pick<AuditScope, "integrations" | "policy">,
  options: AuditOptions,
  ports: Pick<AuditPorts, "history" | "clock" | "tool" | "registryOf">,
): Promise<readonly AuditPlan[]> {
  return inParallel(integrations, options.concurrency, async (integration) =>
    planAudit(integration, await knowledgeOf(integration, ports), planOptions(options, policy, ports)),
  );
}
