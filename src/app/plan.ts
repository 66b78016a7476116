import type { EvidenceKind } from "../evidence/kinds.ts";
import type { ProbeId } from "../evidence/observation.ts";
import { RULES } from "../judge/rules/registry.ts";
import type { IntegrationKnowledge, StoredObservation } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import type { Endpoint, Integration } from "../model/integration.ts";
import type { SentCounters } from "../model/net-port.ts";
import type { UnobservedReason } from "../model/reason.ts";
import type { RuleFamily } from "../model/rule.ts";
import { type Target, targetOf } from "../model/target.ts";
import { PROBES } from "../observe/probes/registry.ts";

export const DEPTHS = ["quick", "standard", "full"] as const;
export type Depth = (typeof DEPTHS)[number];

/** Everything that one integration's audit is going to ask, and the most that it may send: the unit of work of a run, and of a fleet. */
export interface AuditPlan {
  readonly integration: Integration;
  readonly depth: Depth;
  /** Primary origin first. */
  readonly targets: readonly Target[];
  readonly addressesPerTarget: number;
  readonly kinds: readonly EvidenceKind[];
  readonly endpoints: readonly PlannedEndpoint[];
  readonly plaintext: "due" | "not-due" | "not-planned";
  /** Nothing is asked at all, for this reason. */
  readonly skipped?: UnobservedReason;
  readonly bound: PlanBound;
  readonly lanes: number;
  /** Absolute, milliseconds from the start of the audit. */
  readonly deadlineMs: number;
}

export interface PlannedEndpoint {
  readonly endpoint: Endpoint;
  readonly state: "due" | "not-due" | "budget_exhausted";
}

/** An upper bound: what is really sent stands in the report, and never exceeds it. */
export interface PlanBound extends SentCounters {
  readonly probes: readonly (SentCounters & { readonly probe: ProbeId; readonly times: number })[];
  /** Requests a month if the audit ran once a day. */
  readonly requestsPerMonth: number;
}

export interface PlanOptions {
  readonly depth: Depth;
  readonly families: readonly RuleFamily[];
  readonly deadlineMs: number;
  readonly now: Instant;
}

/** Decides what to ask, from what was declared and from what earlier runs know. Pure. */
export function planAudit(integration: Integration, knowledge: IntegrationKnowledge, options: PlanOptions): AuditPlan {
  const kinds = kindsNeededBy(options.families);
  const targets = targetsOf(integration);
  const endpoints = kinds.includes("http-response") ? plannedEndpoints(integration, knowledge, options.now) : [];
  const plaintext = plannedPlaintext(kinds, targets, knowledge, options);
  const skipped = leftAlone(knowledge, options.now);
  const addressesPerTarget = options.depth === "full" ? 8 : 2;
  const draft = { integration, depth: options.depth, targets, addressesPerTarget, kinds, endpoints, plaintext };
  return {
    ...draft,
    ...(skipped === undefined ? {} : { skipped }),
    bound: boundOf(draft, skipped),
    lanes: knowledge.pace.some((pace) => pace.limited) ? 1 : LANES,
    deadlineMs: options.deadlineMs,
  };
}

/** How often each probe is asked: the one place that knows, for the bound and for the audit itself. */
function timesAsked(plan: Omit<AuditPlan, "bound" | "lanes" | "deadlineMs">): Readonly<Record<ProbeId, number>> {
  const tlsAddresses = plan.targets.filter((target) => target.scheme === "https").length * plan.addressesPerTarget;
  const due = plan.endpoints.filter((planned) => planned.state === "due").length;
  const asked = (kind: EvidenceKind, times: number) => (plan.kinds.includes(kind) ? times : 0);
  return {
    "tls-session": needsSession(plan.kinds) ? tlsAddresses : 0,
    "tls-versions": asked("tls", tlsAddresses),
    "http-response": asked("http-response", due),
    "http-unauthenticated": asked("http-unauthenticated", provesAuthentication(plan.integration) ? due : 0),
    "http-plaintext": plan.plaintext === "due" ? 1 : 0,
  };
}

/** The session also tells which address answers, so every plan that talks https begins with it. */
function needsSession(kinds: readonly EvidenceKind[]): boolean {
  return kinds.length > 0;
}

export function provesAuthentication(integration: Integration): boolean {
  return integration.authProof.level !== "none" && integration.auth.scheme !== undefined && integration.auth.scheme !== "none";
}

function boundOf(plan: Omit<AuditPlan, "bound" | "lanes" | "deadlineMs">, skipped: UnobservedReason | undefined): PlanBound {
  const times = timesAsked(plan);
  const probes = PROBES.map((probe) => {
    const asked = skipped === undefined ? times[probe.id] : 0;
    return { probe: probe.id, times: asked, connections: asked * probe.bound.connections, requests: asked * probe.bound.requests };
  }).filter((probe) => probe.times > 0);
  const requests = probes.reduce((sum, probe) => sum + probe.requests, 0);
  const planned = probes.reduce((sum, probe) => sum + probe.connections, 0);
  const connections = Math.min(planned, plan.integration.budget.connectionsPerRun ?? planned);
  return { probes, connections, requests, requestsPerMonth: requestsPerMonth(plan) };
}

function requestsPerMonth(plan: Pick<AuditPlan, "integration" | "kinds">): number {
  if (!plan.kinds.includes("http-response")) return 0;
  const perCall = provesAuthentication(plan.integration) ? 2 : 1;
  const calls = plan.integration.endpoints.reduce((sum, endpoint) => sum + Math.min(30, (30 * DAY) / Math.max(endpoint.everyMs, DAY)), 0);
  return Math.ceil(calls * perCall) + (plan.kinds.includes("http-plaintext") ? 4 : 0);
}

function kindsNeededBy(families: readonly RuleFamily[]): readonly EvidenceKind[] {
  const needed = RULES.filter((rule) => families.some((family) => rule.meta.id.startsWith(`${family}/`))).flatMap((rule) => rule.needs);
  const kinds = new Set(needed);
  if (kinds.has("http-unauthenticated")) kinds.add("http-response");
  return [...kinds].sort();
}

function targetsOf(integration: Integration): readonly Target[] {
  const urls = [
    { url: integration.baseUrl, environment: integration.environment },
    ...integration.additionalUrls.map(({ url, environment }) => ({ url, environment: environment ?? integration.environment })),
  ];
  const targets = urls.map(({ url, environment }) => targetOf(integration.id, environment, url));
  return targets.filter((target, index) => targets.findIndex((other) => other.origin === target.origin) === index);
}

function plannedEndpoints(integration: Integration, knowledge: IntegrationKnowledge, now: Instant): readonly PlannedEndpoint[] {
  let left = (integration.budget.callsPerMonth ?? Number.POSITIVE_INFINITY) - knowledge.sentLast31Days.requests;
  return integration.endpoints.map((endpoint) => {
    const last = lastObserved(knowledge, "http-response", (stored) => stored.key.endpoint === endpoint.id);
    if (last !== undefined && isFresh(last, endpoint.everyMs, now)) return { endpoint, state: "not-due" };
    left -= provesAuthentication(integration) ? 2 : 1;
    return { endpoint, state: left < 0 ? "budget_exhausted" : "due" };
  });
}

function plannedPlaintext(
  kinds: readonly EvidenceKind[],
  targets: readonly Target[],
  knowledge: IntegrationKnowledge,
  options: PlanOptions,
): AuditPlan["plaintext"] {
  if (!kinds.includes("http-plaintext") || targets[0]?.scheme !== "https" || options.depth === "quick") return "not-planned";
  if (options.depth === "full") return "due";
  const last = lastObserved(knowledge, "http-plaintext", (stored) => stored.key.origin === targets[0]?.origin);
  return last !== undefined && isFresh(last, 7 * DAY, options.now) ? "not-due" : "due";
}

/** A nightly run may start a little earlier than yesterday's: the last tenth of an interval counts as over. */
function isFresh({ observedAt }: StoredObservation, everyMs: number, now: Instant): boolean {
  return now - observedAt < everyMs * 0.9;
}

/** The newest observation of that kind which saw something. */
function lastObserved(
  knowledge: IntegrationKnowledge,
  kind: EvidenceKind,
  matches: (stored: StoredObservation) => boolean,
): StoredObservation | undefined {
  return knowledge.observations.find((stored) => stored.kind === kind && stored.outcome === "observed" && matches(stored));
}

function leftAlone(knowledge: IntegrationKnowledge, now: Instant): UnobservedReason | undefined {
  return knowledge.pace.some((pace) => (pace.leaveAloneUntil ?? 0) > now) ? "blocked" : undefined;
}

/** Connections to one host at the same time (product.md section 6). */
const LANES = 6;
