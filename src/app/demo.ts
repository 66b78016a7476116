import { startEstate } from "../demo/estate.ts";
import { parseInventory } from "../inventory/parse.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { HistoryStore } from "../model/history-store.ts";
import type { Clock } from "../model/instant.ts";
import type { NetPort } from "../model/net-port.ts";
import type { Report } from "../model/report.ts";
import { RULE_FAMILIES } from "../model/rule.ts";
import { type AuditProgress, type AuditResult, runAudit, type ToolIdentity } from "./audit.ts";

export interface DemoPorts {
  readonly clock: Clock;
  readonly tool: (extraCa: readonly string[]) => ToolIdentity;
  readonly history: HistoryStore;
  readonly network: (extraCa: readonly string[]) => Promise<NetPort>;
  readonly credentials: (
    secrets: Readonly<Record<string, string>>,
    bindings: readonly { reference: string; origin: string; trustedAt: string }[],
  ) => CredentialPort;
  readonly onProgress: (progress: AuditProgress) => void;
  readonly signal: AbortSignal;
}

export interface DemoResult {
  readonly before: Report;
  /** What the providers did in between, in words. */
  readonly happened: readonly string[];
  readonly after: AuditResult;
}

/** A small estate on loopback, audited, made worse, and audited again. */
export async function runDemo(ports: DemoPorts): Promise<DemoResult> {
  const estate = await startEstate(new Date(ports.clock.now()));
  try {
    const inventory = parseInventory(estate.inventory, "demo");
    if (!inventory.ok) throw new Error(`The demo's own inventory is invalid: ${JSON.stringify(inventory.error[0])}`);
    const { integrations, policy } = inventory.value;
    const net = await ports.network([estate.caPem]);
    const audit = () =>
      runAudit({ integrations, policy, whole: false }, demoOptions(ports.signal), {
        net,
        credentials: ports.credentials(estate.secrets, estate.bindings),
        clock: ports.clock,
        history: ports.history,
        tool: ports.tool([estate.caPem]),
        onProgress: ports.onProgress,
      });
    const before = await audit();
    const happened = await estate.worsen();
    return { before: before.report, happened, after: await audit() };
  } finally {
    await estate.close();
  }
}

function demoOptions(signal: AbortSignal) {
  return {
    depth: "standard",
    families: RULE_FAMILIES,
    allowPrivate: true,
    revocation: false,
    registration: false,
    failOn: "open",
    severity: "high",
    minCoverage: 0,
    concurrency: 8,
    timeoutMs: 30_000,
    withEvidence: false,
    trigger: "demo",
    signal,
  } as const;
}
