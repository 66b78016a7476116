import { coverageOf } from "../judge/risk/coverage.ts";
import { gateVerdict } from "../judge/risk/gate.ts";
import { rulesetHash, rulesetManifest } from "../judge/rules/registry.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import { canonicalJson } from "../model/digest.ts";
import type { HistoryStore, IntegrationKnowledge } from "../model/history-store.ts";
import { type Clock, type Instant, isoInstant, SECOND } from "../model/instant.ts";
import type { Integration, Policy } from "../model/integration.ts";
import type { NetPort, SentCounters } from "../model/net-port.ts";
import { type FailOn, type Finding, REPORT_SCHEMA_VERSION, type Report, type ReportIntegration } from "../model/report.ts";
import type { RuleFamily } from "../model/rule.ts";
import type { Severity } from "../model/severity.ts";
import { commitOf, type JudgedIntegration, type JudgeInput, judgeIntegration } from "./judge-integration.ts";
import { observeIntegration } from "./observe-integration.ts";
import { type AuditPlan, type Depth, planAudit } from "./plan.ts";
import { inParallel } from "./pool.ts";
import { dueAtFor, isPutAside, reportChange, reportIntegration } from "./report.ts";
import { ulid } from "./ulid.ts";

export interface AuditOptions {
  readonly depth: Depth;
  readonly families: readonly RuleFamily[];
  readonly allowPrivate: boolean;
  readonly failOn: FailOn;
  readonly severity: Severity;
  readonly minCoverage: number;
  /** Integrations observed at the same time. */
  readonly concurrency: number;
  /** Absolute bound on one integration. */
  readonly timeoutMs: number;
  readonly withEvidence: boolean;
  readonly trigger: "manual" | "cron" | "demo";
  /** Judge as if it were this moment; nothing is written to history. */
  readonly asOf?: Instant;
  readonly signal: AbortSignal;
}

export interface AuditPorts {
  readonly net: NetPort;
  readonly credentials: CredentialPort;
  readonly clock: Clock;
  /** Absent with --no-history. The lock is held by the caller. */
  readonly history?: HistoryStore;
  readonly tool: ToolIdentity;
  readonly onProgress: (progress: AuditProgress) => void;
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

/** `insufficient`: nothing was audited, or less than the minimum coverage. A failed gate wins over it. */
export type AuditVerdict = "passed" | "failed" | "insufficient" | "interrupted";

export interface AuditResult {
  readonly report: Report;
  readonly verdict: AuditVerdict;
}

/** The main job: plan, observe, judge, remember, decide. */
export async function runAudit(
  integrations: readonly Integration[],
  policy: Policy,
  options: AuditOptions,
  ports: AuditPorts,
): Promise<AuditResult> {
  const run = new AuditRun(policy, options, ports);
  return run.over(integrations);
}

/** What an audit would send, without sending it. */
export async function planOnly(
  integrations: readonly Integration[],
  options: AuditOptions,
  ports: Pick<AuditPorts, "history" | "clock" | "tool">,
): Promise<readonly AuditPlan[]> {
  return inParallel(integrations, options.concurrency, async (integration) =>
    planAudit(integration, await knowledgeOf(integration, ports), planOptions(options, ports.clock)),
  );
}

interface AuditedIntegration {
  readonly input: JudgeInput;
  readonly plan: AuditPlan;
  readonly judged: JudgedIntegration;
  readonly report: ReportIntegration;
}

class AuditRun {
  readonly #id: string;
  readonly #startedAt: Instant;
  readonly #startedMonotonic: number;
  readonly #policy: Policy;
  readonly #options: AuditOptions;
  readonly #ports: AuditPorts;
  /** Where history is written to: nowhere for a judgement as of another day. */
  readonly #record: HistoryStore | undefined;
  /** Sent for integrations that could not be finished: not judged, and still sent. */
  readonly #discarded: SentCounters[] = [];
  #done = 0;
  #unreachable = 0;

  constructor(policy: Policy, options: AuditOptions, ports: AuditPorts) {
    this.#policy = policy;
    this.#options = options;
    this.#ports = ports;
    this.#record = options.asOf === undefined ? ports.history : undefined;
    this.#startedAt = ports.clock.now();
    this.#startedMonotonic = ports.clock.monotonic();
    this.#id = ulid(this.#startedAt);
  }

  async over(integrations: readonly Integration[]): Promise<AuditResult> {
    await this.#begin(integrations.length);
    const failed = new AbortController();
    const deadline = AbortSignal.timeout(this.#runDeadlineMs(integrations.length));
    const signal = AbortSignal.any([this.#options.signal, deadline, failed.signal]);
    const audits = await inParallel(integrations, this.#options.concurrency, async (integration) => {
      try {
        return await this.#audit(integration, integrations.length, signal);
      } catch (error) {
        // History cannot be written, or a bug: nobody else is contacted for a run that ends here.
        failed.abort();
        throw error;
      }
    });
    const finished = audits.filter((audit) => audit !== undefined);
    const result = this.#conclude(finished, integrations.length);
    await this.#end(result.report);
    return result;
  }

  async #begin(planned: number): Promise<void> {
    if (this.#record === undefined) return;
    await this.#record.sweepCrashed(this.#startedAt);
    await this.#record.beginRun({
      ulid: this.#id,
      startedAt: this.#startedAt,
      vantage: this.#ports.tool.vantage,
      toolVersion: this.#ports.tool.version,
      ruleset: { hash: rulesetHash(), manifest: canonicalJson(rulesetManifest()) },
      capabilityHash: this.#ports.tool.capability,
      planned,
      trigger: this.#options.trigger,
    });
  }

  /** Undefined when the run was interrupted meanwhile: what is half seen is not committed and not judged. */
  async #audit(integration: Integration, total: number, signal: AbortSignal): Promise<AuditedIntegration | undefined> {
    if (signal.aborted) return undefined;
    this.#progress(integration.id, total);
    const knowledge = await knowledgeOf(integration, this.#ports);
    const plan = planAudit(integration, knowledge, planOptions(this.#options, this.#ports.clock));
    const observed = await observeIntegration(plan, knowledge, { allowPrivate: this.#options.allowPrivate, signal }, this.#ports);
    if (signal.aborted) {
      this.#discarded.push(observed.sent);
      return undefined;
    }
    const at = this.#ports.clock.now();
    const asOf = this.#options.asOf ?? at;
    const input: JudgeInput = {
      run: this.#id,
      integration,
      observed,
      knowledge,
      policy: this.#policy,
      families: this.#options.families,
      asOf,
      at,
      capability: this.#ports.tool.capability,
      vantage: this.#ports.tool.vantageOf(integration),
      dueAt: dueAtFor(integration, asOf),
    };
    const judged = judgeIntegration(input);
    const report = reportIntegration({
      integration,
      policy: this.#policy,
      observed,
      judged,
      knowledge,
      run: this.#id,
      asOf,
      withEvidence: this.#options.withEvidence,
    });
    await this.#record?.commitAudit(commitOf(input, judged, report.score));
    this.#done += 1;
    if (report.visibility === "unreachable") this.#unreachable += 1;
    this.#progress(integration.id, total);
    return { input, plan, judged, report };
  }

  #conclude(audits: readonly AuditedIntegration[], planned: number): AuditResult {
    const reports = audits.map((audit) => audit.report);
    const changes = audits.flatMap((audit) => audit.judged.changes);
    const { failOn, severity } = this.#options;
    const findings = reports.flatMap((report) => report.findings);
    const ofFindings = gateVerdict({ findings, changes, waived: waivedOf(findings), failOn, severity });
    const coverage = coverageOver(audits);
    const interrupted = audits.length < planned;
    const bound = total(audits.map((audit) => audit.plan.bound));
    const unfit = this.#unfit({ interrupted, coverage, nothingSeen: bound.connections > 0 && !reports.some(isSeen) });
    const gate = unfit === undefined ? ofFindings : { ...ofFindings, passed: false, reasons: [...ofFindings.reasons, unfit] };
    const report: Report = {
      schemaVersion: REPORT_SCHEMA_VERSION,
      tool: { name: "apirisk", version: this.#ports.tool.version, ruleset: rulesetHash().slice(0, 12) },
      run: {
        id: this.#id,
        startedAt: isoInstant(this.#startedAt),
        finishedAt: isoInstant(this.#ports.clock.now()),
        status: interrupted ? "aborted" : reports.every(isSeen) ? "complete" : "partial",
        first: audits.length > 0 && audits.every((audit) => audit.input.knowledge.baseline === undefined),
        coverage,
        ...total([...audits.map((audit) => audit.input.observed.sent), ...this.#discarded]),
        vantage: this.#ports.tool.vantage,
        bound,
      },
      gate,
      integrations: reports,
      changes: changes.map(reportChange),
      notices: this.#notices(planned - audits.length, reports),
    };
    return { report, verdict: this.#verdict(ofFindings.passed, unfit) };
  }

  #notices(unfinished: number, reports: readonly ReportIntegration[]): readonly string[] {
    const { asOf } = this.#options;
    const { packs } = this.#policy;
    return [
      ...(asOf === undefined ? [] : [`Judged as of ${isoInstant(asOf)}; nothing was written to history.`]),
      ...(unfinished === 0
        ? []
        : [`${unfinished} integrations were not audited: the run was ended before. What is known of them did not change.`]),
      ...reports.filter(isRefused).map(({ id }) => `${id} was refused before any packet: ${NOT_ALLOWED}`),
      ...(packs.length === 0 ? [] : [`Policy packs are not judged by this version: ${packs.join(", ")}.`]),
    ];
  }

  /** Why this run cannot vouch for anything, whatever it found: no gate passes on what was not looked at. */
  #unfit(run: { readonly interrupted: boolean; readonly coverage: number | null; readonly nothingSeen: boolean }): string | undefined {
    const { signal, minCoverage } = this.#options;
    if (signal.aborted) return "the run interrupted";
    if (run.interrupted) return "the run ended by its deadline";
    if (run.nothingSeen || run.coverage === null) return "nothing that could be audited";
    if (run.coverage >= minCoverage) return undefined;
    return `only ${Math.round(run.coverage * 100)} % of the questions answered, of at least ${Math.round(minCoverage * 100)} %`;
  }

  #verdict(findingsPass: boolean, unfit: string | undefined): AuditVerdict {
    if (this.#options.signal.aborted) return "interrupted";
    if (!findingsPass) return "failed";
    return unfit === undefined ? "passed" : "insufficient";
  }

  async #end(report: Report): Promise<void> {
    await this.#record?.finishRun(this.#id, {
      finishedAt: this.#ports.clock.now(),
      monotonicMs: Math.round(this.#ports.clock.monotonic() - this.#startedMonotonic),
      status: report.run.status,
      coverage: report.run.coverage,
      gate: report.gate.passed ? "passed" : "failed",
    });
  }

  /** Enough for every integration to use its whole time, and not more. */
  #runDeadlineMs(integrations: number): number {
    const whole = (Math.ceil(integrations / this.#options.concurrency) + 1) * this.#options.timeoutMs + 30 * SECOND;
    return Math.min(whole, LONGEST_TIMER_MS);
  }

  #progress(current: string, total: number): void {
    this.#ports.onProgress({ done: this.#done, total, unreachable: this.#unreachable, current });
  }
}

const NOT_ALLOWED =
  "it stands at a loopback, private or otherwise reserved address. If that is meant, use --allow-private, or declare network: internal.";

/** Timers of node count in 32 bits; a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const UNKNOWN: IntegrationKnowledge = {
  known: false,
  findings: [],
  observations: [],
  pace: [],
  sentLast31Days: { connections: 0, requests: 0 },
  maps: [],
};

async function knowledgeOf(integration: Integration, ports: Pick<AuditPorts, "history" | "tool">): Promise<IntegrationKnowledge> {
  return (await ports.history?.knowledge(integration.uid, ports.tool.vantageOf(integration))) ?? UNKNOWN;
}

function planOptions(options: AuditOptions, clock: Clock) {
  return { depth: options.depth, families: options.families, deadlineMs: options.timeoutMs, now: clock.now() };
}

function waivedOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter(isPutAside).map(({ fingerprint }) => fingerprint));
}

function isRefused({ unobserved }: ReportIntegration): boolean {
  return unobserved.some(({ reason }) => reason === "address_not_allowed");
}

function isSeen(report: ReportIntegration): boolean {
  return report.visibility === "observed" || report.visibility === "partial";
}

function coverageOver(audits: readonly AuditedIntegration[]): number | null {
  const counts = audits.map((audit) => audit.judged.counts);
  const applicable = counts.reduce((sum, count) => sum + count.applicable, 0);
  const reached = counts.reduce((sum, count) => sum + count.reached, 0);
  return coverageOf({ applicable, reached });
}

function total(counters: readonly SentCounters[]): SentCounters {
  return {
    connections: counters.reduce((sum, sent) => sum + sent.connections, 0),
    requests: counters.reduce((sum, sent) => sum + sent.requests, 0),
  };
}
