import type { Observation } from "../evidence/observation.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { Depth } from "../model/depth.ts";
import type { HistoryStore, IntegrationKnowledge } from "../model/history-store.ts";
import type { Clock, Instant } from "../model/instant.ts";
import type { Integration, Policy } from "../model/integration.ts";
import type { LockFilePort } from "../model/lock-file-port.ts";
import type { NetPort } from "../model/net-port.ts";
import type { FailOn } from "../model/report.ts";
import type { RuleFamily } from "../model/rule.ts";
import type { RunLogEntry } from "../model/run-event.ts";
import type { Severity } from "../model/severity.ts";
import type { RegistryOf } from "./plan-registrations.ts";

export interface AuditOptions {
  readonly depth: Depth;
  readonly families: readonly RuleFamily[];
  readonly allowPrivate: boolean;
  /** Ask authorities whether they revoked what the hosts serve. */
  readonly revocation: boolean;
  /** Ask registries about the domains of the hosts. */
  readonly registration: boolean;
  readonly failOn: FailOn;
  readonly severity: Severity;
  readonly minCoverage: number;
  /** Integrations observed at the same time. */
  readonly concurrency: number;
  /** Absolute bound on one integration. */
  readonly timeoutMs: number;
  /** Absolute bound on the whole run; enough for every integration to use its time unless given. */
  readonly maxTimeMs?: number;
  /** Go on with the run that stopped, where there is one. */
  readonly resume?: boolean;
  readonly withEvidence: boolean;
  readonly trigger: "manual" | "cron" | "demo";
  /** Judge as if it were this moment; nothing is written to history. */
  readonly asOf?: Instant;
  readonly signal: AbortSignal;
}

/** What is audited, and where it was declared. */
export interface AuditScope {
  readonly integrations: readonly Integration[];
  /** Of the same inventory and not audited: what they log in with may be the same. */
  readonly others?: readonly Integration[];
  readonly policy: Policy;
  /** Identity of the inventory file, with all that it declares; absent where only ad hoc targets are audited. */
  readonly inventory?: { readonly identity: string; readonly uids: readonly string[] };
  /** The whole inventory: what is not in it any more is retired. */
  readonly whole: boolean;
}

export interface AuditPorts {
  readonly net: NetPort;
  readonly credentials: CredentialPort;
  readonly clock: Clock;
  /** Absent where no inventory lies on this machine. */
  readonly lockFiles?: LockFilePort;
  /** Absent with --no-history. The lock is held by the caller. */
  readonly history?: HistoryStore;
  readonly tool: ToolIdentity;
  /** Where the registry of a domain is asked, instead of what the catalog says. */
  readonly registryOf?: RegistryOf;
  readonly onProgress: (progress: AuditProgress) => void;
  /** What was seen of an integration, carried answers included, before it is judged. */
  readonly onObserved?: (integration: Integration, observations: readonly Observation[]) => void;
  /** What the log of the run says. */
  readonly onEvent?: (entry: RunLogEntry) => void;
}

export interface ToolIdentity {
  readonly version: string;
  /** From where the network is seen: "local", or "proxy:<host:port>". Runs of different vantages are never compared. */
  readonly vantage: string;
  /** The same for one integration, which may have a proxy of its own, or be excepted from everybody's. */
  readonly vantageOf: (integration: Integration) => string;
  /** Everything that decides what this tool can see, as text: revisions, Node, OpenSSL. */
  readonly capability: string;
}

export interface AuditProgress {
  readonly done: number;
  readonly total: number;
  readonly unreachable: number;
  readonly current: string;
}

/** What earlier runs know of an integration; of one that nobody audited, nothing. */
export async function knowledgeOf(integration: Integration, ports: Pick<AuditPorts, "history" | "tool">): Promise<IntegrationKnowledge> {
  return (await ports.history?.knowledge(integration.uid, ports.tool.vantageOf(integration))) ?? UNKNOWN;
}

export function planOptions(options: AuditOptions, policy: Policy, { clock, registryOf }: Pick<AuditPorts, "clock" | "registryOf">) {
  const { depth, families, revocation, registration, timeoutMs } = options;
  const registries = registryOf === undefined ? {} : { registryOf };
  return { depth, families, policy, revocation, registration, ...registries, deadlineMs: timeoutMs, now: clock.now() };
}

const UNKNOWN: IntegrationKnowledge = {
  known: false,
  findings: [],
  waivers: [],
  observations: [],
  pace: [],
  sentLast31Days: { connections: 0, requests: 0 },
  maps: [],
};
