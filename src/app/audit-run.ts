import { rulesetHash, rulesetManifest } from "../judge/rules/registry.ts";
import { canonicalJson, sha256Hex } from "../model/digest.ts";
import type { HistoryEvent } from "../model/finding.ts";
import type { HistoryStore, IntegrationKnowledge, RunRecord } from "../model/history-store.ts";
import { DAY, type Instant, SECOND } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import type { SentCounters } from "../model/net-port.ts";
import type { ReportEvent } from "../model/report.ts";
import type { RunEvent } from "../model/run-event.ts";
import { alertsOf, alertsOfRun } from "./alerts.ts";
import { type ApiDescriptions, createApiDescriptions } from "./api-descriptions.ts";
import { type AuditOptions, type AuditPorts, type AuditScope, knowledgeOf, planOptions } from "./audit-ports.ts";
import { asBelieved } from "./belief.ts";
import { checkpoint } from "./checkpoint.ts";
import { clockDoubt, isSecondOpinion } from "./clock-check.ts";
import { type AuditResult, type ConcludedIntegration, conclude } from "./conclusion.ts";
import { noticesOfDescriptions } from "./description-notices.ts";
import { commitOf, type JudgedIntegration, type JudgeInput, judgeIntegration } from "./judge-integration.ts";
import { type ObservedIntegration, observeIntegration } from "./observe-integration.ts";
import { type AuditPlan, planAudit } from "./plan.ts";
import { inParallel } from "./pool.ts";
import { type Admission, type Arrival, isBelieved, Reception } from "./reception.ts";
import { dueDatesFor, reportIntegration } from "./report.ts";
import { type ResumedRun, runToResume } from "./resume.ts";
import { retireMissing } from "./retire-missing.ts";
import { auditEvent, beginningOf, changeEvent } from "./run-events.ts";
import { createRunMemo } from "./run-memo.ts";
import { type SharedCredentials, sharedCredentials } from "./shared-credentials.ts";
import { ulid } from "./ulid.ts";

interface AuditedIntegration extends ConcludedIntegration {
  readonly input: JudgeInput;
  readonly plan: AuditPlan;
  readonly judged: JudgedIntegration;
  readonly arrival: Arrival;
}

/** One run, from its beginning in history to its end there. */
export class AuditRun {
  #id: string;
  #startedAt: Instant;
  readonly #startedMonotonic: number;
  readonly #scope: AuditScope;
  readonly #options: AuditOptions;
  readonly #ports: AuditPorts;
  /** Where history is written to: nowhere for a judgement as of another day. */
  readonly #record: HistoryStore | undefined;
  readonly #reception = new Reception();
  readonly #memo = createRunMemo();
  readonly #shared: SharedCredentials;
  readonly #descriptions: ApiDescriptions | undefined;
  readonly #discarded: { readonly sent: SentCounters; readonly bound: SentCounters }[] = [];
  #resumed: ResumedRun | undefined;
  #isFirstRun = false;
  /** The run before it was blind as well, and that was told lately. */
  #wasToldBlind = false;
  #clockDoubt: string | undefined;
  #done = 0;
  #unreachable = 0;

  constructor(scope: AuditScope, options: AuditOptions, ports: AuditPorts) {
    this.#scope = scope;
    this.#options = options;
    this.#ports = ports;
    this.#shared = sharedCredentials(scope.integrations, scope.others ?? [], ports.credentials);
    this.#descriptions = ports.lockFiles && createApiDescriptions(ports.lockFiles);
    this.#record = options.asOf === undefined ? ports.history : undefined;
    this.#startedAt = ports.clock.now();
    this.#startedMonotonic = ports.clock.monotonic();
    this.#id = ulid(this.#startedAt);
  }

  async perform(): Promise<AuditResult> {
    const { integrations } = this.#scope;
    await this.#begin(integrations.length);
    this.#log(
      beginningOf({ planned: integrations.length, trigger: this.#options.trigger, tool: this.#ports.tool, resumed: this.#resumed }),
    );
    const left = integrations.filter(({ uid }) => this.#resumed?.audited.has(uid) !== true);
    const audits = await this.#auditAll(left);
    checkpoint("all-observed");
    const admission = await this.#reception.close(audits.length === left.length);
    checkpoint("held-back-committed");
    const retired = await this.#retireMissing(audits.length === left.length && !admission.clockSuspect);
    const result = this.#conclude(audits, admission, retired);
    checkpoint("run-concluded");
    for (const change of result.report.changes) this.#log(changeEvent(change));
    for (const text of result.report.notices) this.#log({ event: "notice", text });
    await this.#end(result, admission);
    checkpoint("run-finished");
    return result;
  }

  async #begin(planned: number): Promise<void> {
    if (this.#record === undefined) return;
    await this.#record.sweepCrashed(this.#startedAt);
    checkpoint("crashed-swept");
    if (this.#options.resume === true && (await this.#resume(this.#record))) return;
    const runs = await this.#record.runs(RUNS_ASKED_FOR_THE_TIME);
    this.#isFirstRun = runs.length === 0;
    this.#wasToldBlind = isTold(runs, this.#startedAt);
    this.#clockDoubt = clockDoubt(runs, this.#startedAt);
    if (isSecondOpinion(runs, this.#startedAt)) this.#reception.askForWitness();
    await this.#record.beginRun({
      ulid: this.#id,
      startedAt: this.#startedAt,
      vantage: this.#ports.tool.vantage,
      toolVersion: this.#ports.tool.version,
      ruleset: { hash: rulesetHash(), manifest: canonicalJson(rulesetManifest()) },
      capabilityHash: this.#ports.tool.capability,
      scopeHash: this.#scopeHash(),
      planned,
      trigger: this.#options.trigger,
      ...(this.#clockDoubt === undefined ? {} : { clockSuspect: true }),
    });
    checkpoint("run-begun");
  }

  async #resume(record: HistoryStore): Promise<boolean> {
    this.#resumed = await runToResume(record, { tool: this.#ports.tool, scopeHash: this.#scopeHash() }, this.#startedAt);
    if (this.#resumed === undefined) return false;
    await record.resumeRun(this.#resumed.run.ulid, this.#startedAt);
    this.#discarded.push({ sent: this.#resumed.givenUp, bound: this.#resumed.givenUp });
    this.#id = this.#resumed.run.ulid;
    this.#startedAt = this.#resumed.run.startedAt;
    checkpoint("run-begun");
    return true;
  }

  /** What is asked of whom: where a line of the inventory moved, that is nothing else. */
  #scopeHash(): string {
    const { integrations, policy } = this.#scope;
    const { depth, families, allowPrivate, revocation, registration } = this.#options;
    const declared = integrations.map(({ source: _place, ...declaration }) => declaration);
    const authorities = { ...(revocation && { revocation }), ...(registration && { registration }) };
    return sha256Hex(canonicalJson({ declared, policy, depth, families, allowPrivate, ...authorities }));
  }

  async #auditAll(integrations: readonly Integration[]): Promise<readonly AuditedIntegration[]> {
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
    return audits.filter((audit) => audit !== undefined);
  }

  /** Undefined when the run was interrupted meanwhile: what is half seen is not committed and not judged. */
  async #audit(integration: Integration, total: number, signal: AbortSignal): Promise<AuditedIntegration | undefined> {
    if (signal.aborted) return undefined;
    this.#progress(integration.id, total);
    const knowledge = await knowledgeOf(integration, this.#ports);
    checkpoint("knowledge-read");
    const plan = planAudit(integration, knowledge, planOptions(this.#options, this.#scope.policy, this.#ports));
    const observed = await observeIntegration(
      plan,
      knowledge,
      { allowPrivate: this.#options.allowPrivate, signal },
      { ...this.#ports, memo: this.#memo, shared: this.#shared, ...(this.#descriptions && { descriptions: this.#descriptions }) },
    );
    if (signal.aborted) {
      this.#discarded.push({ sent: observed.sent, bound: plan.bound });
      return undefined;
    }
    checkpoint("integration-observed");
    this.#ports.onObserved?.(integration, observed.observations);
    const audited = this.#judge(plan, observed, knowledge);
    checkpoint("integration-judged");
    checkpoint(`integration-${await this.#reception.receive(audited.arrival)}`);
    this.#log(auditEvent(audited.report, audited.changes.length, observed.durationMs));
    this.#done += 1;
    if (audited.report.visibility === "unreachable") this.#unreachable += 1;
    this.#progress(integration.id, total);
    return audited;
  }

  /** `knownTime`: the clock to judge by, where our own is in doubt. */
  #judge(plan: AuditPlan, observed: ObservedIntegration, knowledge: IntegrationKnowledge, knownTime?: Instant): AuditedIntegration {
    const { integration } = plan;
    const { policy, inventory } = this.#scope;
    const at = this.#ports.clock.now();
    const asOf = this.#options.asOf ?? knownTime ?? at;
    const input: JudgeInput = {
      run: this.#id,
      integration,
      observed,
      knowledge,
      policy,
      families: this.#options.families,
      asOf,
      at,
      runStartedAt: this.#options.asOf ?? knownTime ?? this.#startedAt,
      capability: this.#ports.tool.capability,
      vantage: this.#ports.tool.vantageOf(integration),
      dueDates: dueDatesFor(integration, asOf),
      ...(inventory === undefined || integration.adHoc ? {} : { inventory: inventory.identity }),
    };
    const judged = judgeIntegration(input);
    const { withEvidence } = this.#options;
    const report = reportIntegration({ integration, policy, observed, judged, knowledge, run: this.#id, asOf, withEvidence });
    return {
      input,
      plan,
      judged,
      report,
      changes: judged.changes,
      events: judged.events,
      counts: judged.counts,
      bound: plan.bound,
      sent: observed.sent,
      isFirst: knowledge.baseline === undefined,
      arrival: {
        uid: integration.uid,
        url: integration.baseUrl,
        observations: observed.observations,
        knowledge,
        clockOffsets: observed.clockOffsets,
        isInternal: integration.network === "internal",
        commit: async (as) => {
          const told = as === "seen" ? { input, judged, report } : this.#judge(plan, asBelieved(observed, PROXIED), knowledge, knownTime);
          if (this.#clockDoubt === undefined)
            await this.#record?.commitAudit(commitOf(told.input, told.judged, told.report.score, alertsOf(told.input, told.judged)));
        },
      },
    };
  }

  async #retireMissing(sawEverybody: boolean): Promise<readonly ReportEvent[]> {
    const { inventory, whole } = this.#scope;
    if (this.#record === undefined || this.#clockDoubt !== undefined || inventory === undefined || !whole || !sawEverybody) return [];
    const retired = await retireMissing(this.#record, inventory, this.#id, this.#startedAt);
    checkpoint("missing-retired");
    return retired;
  }

  #conclude(audits: readonly AuditedIntegration[], admission: Admission, retired: readonly ReportEvent[]): AuditResult {
    const { failOn, severity, minCoverage, asOf, signal } = this.#options;
    const doubt = admission.clockSuspect
      ? "the clocks of the servers that answered differ from this machine's by more than a day"
      : this.#clockDoubt;
    this.#clockDoubt = doubt;
    return conclude({
      id: this.#id,
      startedAt: this.#startedAt,
      finishedAt: this.#ports.clock.now(),
      toolVersion: this.#ports.tool.version,
      vantage: this.#ports.tool.vantage,
      policy: this.#scope.policy,
      integrations: this.#inOrder(audits.map((audit) => [audit.arrival.uid, this.#asBelieved(audit, admission)])),
      retired,
      planned: this.#scope.integrations.length,
      discarded: this.#discarded,
      interrupted: signal.aborted,
      blind: this.#isBlind(admission),
      failOn,
      severity,
      minCoverage,
      ...(doubt === undefined ? {} : { clockDoubt: doubt }),
      ...(asOf === undefined ? {} : { asOf }),
      notices: [
        ...this.#noticesOfResuming(),
        ...noticesOfDescriptions(
          audits.map(({ input }) => ({ integration: input.integration, observations: input.observed.observations })),
        ),
        ...(doubt === undefined ? noticesOfAdmission(admission, audits) : []),
      ],
    });
  }

  /** As the inventory has them, those that the run had audited before it stopped among them. */
  #inOrder(audits: readonly (readonly [uid: string, ConcludedIntegration])[]): readonly ConcludedIntegration[] {
    const known = new Map([...(this.#resumed?.audited ?? []), ...audits]);
    return this.#scope.integrations.flatMap(({ uid }) => known.get(uid) ?? []);
  }

  #noticesOfResuming(): readonly string[] {
    if (this.#options.resume !== true || this.#record === undefined) return [];
    if (this.#resumed === undefined) return ["There was no stopped run to go on with: this is a whole one."];
    return [
      `Went on with run ${this.#id}, which had audited ${this.#resumed.audited.size} of ${this.#scope.integrations.length} integrations before it stopped.`,
    ];
  }

  /**
   * What was not believed is not told as news either: a portal's answers are judged as not seen at all, and where the time is in doubt,
   * no date has passed since the last time that was not.
   */
  #asBelieved(audit: AuditedIntegration, admission: Admission): ConcludedIntegration {
    const { plan, input, arrival } = audit;
    const proxied = admission.proxied.has(arrival.uid);
    if (isBelieved(arrival, admission) && this.#clockDoubt === undefined)
      return proxied ? this.#judge(plan, asBelieved(input.observed, PROXIED), input.knowledge) : audit;
    const timeless = this.#clockDoubt !== undefined;
    const seen = asBelieved(input.observed, { intercepted: admission.intercepted.has(arrival.uid), proxied, timeless });
    const knownTime = timeless ? input.knowledge.baseline?.at : undefined;
    return { ...this.#judge(plan, seen, input.knowledge, knownTime), changes: [], events: [] };
  }

  /** By a clock that is wrong all certificates have ended at once, which says nothing of the network. */
  #isBlind({ blind }: Admission): boolean {
    return blind && this.#clockDoubt === undefined;
  }

  async #end({ report, unfit }: AuditResult, admission: Admission): Promise<void> {
    const blind = this.#isBlind(admission);
    await this.#record?.finishRun(this.#id, {
      finishedAt: this.#ports.clock.now(),
      monotonicMs: Math.round(this.#ports.clock.monotonic() - this.#startedMonotonic),
      status: report.run.status,
      coverage: report.run.coverage,
      gate: report.gate.passed ? "passed" : "failed",
      sent: { connections: report.run.connections, requests: report.run.requests },
      told: { notices: report.notices, blind, bound: report.run.bound, ...(unfit === undefined ? {} : { unfit }) },
      ...(this.#clockDoubt === undefined ? {} : { clockSuspect: true }),
      events: this.#eventsOfRun(blind),
      alerts: alertsOfRun({
        id: this.#id,
        at: this.#ports.clock.now(),
        first: this.#isFirstRun,
        blind: blind && !this.#wasToldBlind,
        clockSuspect: this.#clockDoubt !== undefined,
      }),
    });
  }

  #eventsOfRun(blind: boolean): readonly HistoryEvent[] {
    return [
      ...(blind ? [{ kind: "run-blind", cause: "tool" } as const] : []),
      ...(this.#clockDoubt === undefined ? [] : [{ kind: "clock-suspect", cause: "tool" } as const]),
    ];
  }

  /** Enough for every integration to use its whole time, and not more. */
  #runDeadlineMs(integrations: number): number {
    const whole = (Math.ceil(integrations / this.#options.concurrency) + 1) * this.#options.timeoutMs + 30 * SECOND;
    return Math.min(this.#options.maxTimeMs ?? whole, LONGEST_TIMER_MS);
  }

  #log(event: RunEvent): void {
    this.#ports.onEvent?.({ run: this.#id, at: this.#ports.clock.now(), ...event });
  }

  #progress(current: string, total: number): void {
    this.#ports.onProgress({ done: this.#done, total, unreachable: this.#unreachable, current });
  }
}

/** Timers of node count in 32 bits; a longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Among so many at least one had a clock that was believed. */
const RUNS_ASKED_FOR_THE_TIME = 50;

/** Of a blindness that goes on: told when it began, and again every few days, because a message that nobody took is given up. */
function isTold(runs: readonly RunRecord[], now: Instant): boolean {
  const ended = runs.filter(({ told }) => told !== undefined);
  const length = ended.findIndex(({ told }) => told?.blind !== true);
  const blindness = length === -1 ? ended : ended.slice(0, length);
  const [newest, oldest] = [blindness[0], blindness.at(-1)];
  if (newest === undefined || oldest === undefined) return false;
  const periods = (at: Instant) => Math.floor((at - oldest.startedAt) / TOLD_AGAIN_MS);
  return periods(now) === periods(newest.startedAt);
}

const TOLD_AGAIN_MS = 5 * DAY;

function noticesOfAdmission({ intercepted, proxied }: Admission, audits: readonly AuditedIntegration[]): readonly string[] {
  const named = (isMeant: (uid: string) => boolean) => {
    const names = audits.filter(({ arrival }) => isMeant(arrival.uid)).map(({ report }) => report.id);
    return names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
  };
  const strangers = `Something on our own way answered for ${named((uid) => intercepted.has(uid))}: one stranger for unrelated providers, such as a captive portal. They count as not seen.`;
  const proxies = [...new Set(proxied.values())].map(
    (issuer) =>
      `A proxy of your own (${issuer}) ends the TLS of ${named((uid) => proxied.get(uid) === issuer)}: certificates and TLS are its own there, and count as not seen. Audit from outside of it, or except these hosts from it.`,
  );
  return [...(intercepted.size === 0 ? [] : [strangers]), ...proxies];
}

const PROXIED = { intercepted: false, proxied: true, timeless: false };
