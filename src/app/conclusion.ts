import { coverageOf } from "../judge/risk/coverage.ts";
import { gateVerdict } from "../judge/risk/gate.ts";
import { rulesetHash } from "../judge/rules/registry.ts";
import type { Change, HistoryEvent } from "../model/finding.ts";
import { type Instant, isoInstant } from "../model/instant.ts";
import type { Policy } from "../model/integration.ts";
import type { SentCounters } from "../model/net-port.ts";
import {
  type FailOn,
  type Finding,
  lapsedIn,
  REPORT_SCHEMA_VERSION,
  type Report,
  type ReportEvent,
  type ReportIntegration,
} from "../model/report.ts";
import type { Severity } from "../model/severity.ts";
import { wholePercent } from "../model/share.ts";
import { isPutAside, reportChange } from "./report.ts";

/** One integration of a run, as the conclusion needs it. */
export interface ConcludedIntegration {
  readonly report: ReportIntegration;
  readonly changes: readonly Change[];
  readonly events: readonly HistoryEvent[];
  readonly counts: { readonly applicable: number; readonly reached: number };
  readonly bound: SentCounters;
  readonly sent: SentCounters;
  readonly isFirst: boolean;
}

export interface RunOutcome {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly toolVersion: string;
  readonly vantage: string;
  readonly policy: Policy;
  readonly integrations: readonly ConcludedIntegration[];
  /** Findings of integrations that left the inventory. */
  readonly retired: readonly ReportEvent[];
  readonly planned: number;
  /** What could not be finished: not judged, and still sent. */
  readonly discarded: readonly { readonly sent: SentCounters; readonly bound: SentCounters }[];
  readonly interrupted: boolean;
  readonly blind: boolean;
  /** In words. */
  readonly clockDoubt?: string;
  readonly failOn: FailOn;
  readonly severity: Severity;
  readonly minCoverage: number;
  readonly asOf?: Instant;
  readonly notices: readonly string[];
}

/** `insufficient`: nothing was audited, or less than the minimum coverage. A failed gate wins over it. */
export type AuditVerdict = "passed" | "failed" | "insufficient" | "interrupted";

export interface AuditResult {
  readonly report: Report;
  readonly verdict: AuditVerdict;
  /** Why the run can vouch for nothing, in words. */
  readonly unfit?: string;
}

/** What a run comes to: the gate, the report, the verdict that decides the exit code. Pure. */
export function conclude(run: RunOutcome): AuditResult {
  const reports = run.integrations.map(({ report }) => report);
  const changes = run.integrations.flatMap((integration) => integration.changes);
  const findings = reports.flatMap((report) => report.findings);
  const { failOn, severity } = run;
  const events = [...run.integrations.flatMap((integration) => reportEvents(integration.report, integration.events)), ...run.retired];
  // What was judged by a clock that is wrong is listed, and fails nothing: certificates that look expired, waivers that look ended.
  const counted = run.clockDoubt === undefined ? { findings, changes } : { findings: [], changes: [] };
  const ofFindings = gateVerdict({ ...counted, waived: waivedOf(findings), lapsed: lapsedIn(events), failOn, severity });
  const coverage = coverageOver(run);
  const unfit = unfitness(run, coverage, reports);
  const gate = unfit === undefined ? ofFindings : { ...ofFindings, passed: false, reasons: [...ofFindings.reasons, unfit] };
  const report: Report = {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: "apirisk", version: run.toolVersion, ruleset: rulesetHash().slice(0, 12) },
    run: {
      id: run.id,
      startedAt: isoInstant(run.startedAt),
      finishedAt: isoInstant(run.finishedAt),
      status: statusOf(run, reports),
      first: run.integrations.length > 0 && run.integrations.every(({ isFirst }) => isFirst),
      coverage,
      ...total([...run.integrations, ...run.discarded].map(({ sent }) => sent)),
      vantage: run.vantage,
      bound: total([...run.integrations, ...run.discarded].map(({ bound }) => bound)),
    },
    gate,
    integrations: reports,
    changes: changes.map(reportChange),
    events,
    notices: noticesOf(run, reports),
  };
  return { report, verdict: verdictOf(run, ofFindings.passed, unfit), ...(unfit === undefined ? {} : { unfit }) };
}

function statusOf(run: RunOutcome, reports: readonly ReportIntegration[]): Report["run"]["status"] {
  if (run.interrupted) return "aborted";
  if (run.integrations.length < run.planned) return "partial";
  return reports.every(isSeen) && run.clockDoubt === undefined ? "complete" : "partial";
}

/** What the log says that people should know without looking it up. */
export function reportEvents(report: ReportIntegration, events: readonly HistoryEvent[]): readonly ReportEvent[] {
  return events
    .filter(({ kind }) => TOLD.has(kind))
    .map(({ fingerprint, kind, cause, detail }) => {
      const finding = report.findings.find((candidate) => candidate.fingerprint === fingerprint);
      const rule = finding?.rule ?? detail?.["rule"];
      const subject = finding?.subject ?? detail?.["subject"];
      return {
        integration: report.id,
        kind,
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(typeof rule === "string" ? { rule } : {}),
        ...(typeof subject === "string" ? { subject } : {}),
        ...(cause === undefined ? {} : { cause }),
      };
    });
}

/** What the log says of a finding's steadiness is for those who look it up. */
const TOLD: ReadonlySet<HistoryEvent["kind"]> = new Set([
  "waiver-expired",
  "waiver-void",
  "waiver-fulfilled",
  "waiver-withdrawn",
  "waiver-unused",
  "retired",
  "visibility-lost",
  "visibility-regained",
]);

function noticesOf(run: RunOutcome, reports: readonly ReportIntegration[]): readonly string[] {
  const { asOf, clockDoubt, blind } = run;
  const unfinished = run.planned - run.integrations.length;
  return [
    ...run.notices,
    ...(asOf === undefined ? [] : [`Judged as of ${isoInstant(asOf)}; nothing was written to history.`]),
    ...(clockDoubt === undefined
      ? []
      : [`The time is in doubt: ${clockDoubt}. History keeps nothing of this run but that it was. Set the clock and run again.`]),
    ...(blind ? [BLIND] : []),
    ...noticesOfLeaving(run.retired),
    ...(unfinished === 0
      ? []
      : [`${unfinished} of ${run.planned} integrations were not audited: the run was ended before. What is known of them did not change.`]),
    ...reports.filter(isRefused).map(({ id }) => `${id} was refused before any packet: ${NOT_ALLOWED}`),
  ];
}

/** One for each integration: history tells of a run by what it audited, and these it did not. */
function noticesOfLeaving(retired: readonly ReportEvent[]): readonly string[] {
  const ids = [...new Set(retired.map(({ integration }) => integration))];
  return ids.map((id) => {
    const rules = [...new Set(retired.flatMap(({ integration, rule }) => (integration === id && rule !== undefined ? [rule] : [])))];
    return `${id} left the inventory with findings (${rules.join(", ")}): they are neither fixed nor watched any more.`;
  });
}

/** Why this run cannot vouch for anything, whatever it found: no gate passes on what was not looked at. */
function unfitness(run: RunOutcome, coverage: number | null, reports: readonly ReportIntegration[]): string | undefined {
  if (run.interrupted) return "the run interrupted";
  if (run.integrations.length < run.planned) return "the run ended by its deadline";
  if (run.clockDoubt !== undefined) return "the time in doubt";
  if (run.blind) return "almost nothing that could be seen from here";
  const asked = run.integrations.some(({ bound }) => bound.connections > 0);
  if ((asked && !reports.some(isSeen)) || coverage === null) return "nothing that could be audited";
  if (coverage >= run.minCoverage) return undefined;
  return `only ${wholePercent(coverage)} % of the questions answered, of at least ${wholePercent(run.minCoverage)} %`;
}

function verdictOf(run: RunOutcome, findingsPass: boolean, unfit: string | undefined): AuditVerdict {
  if (run.interrupted) return "interrupted";
  if (!findingsPass) return "failed";
  return unfit === undefined ? "passed" : "insufficient";
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

/** An integration that the run did not come to was asked as much as the others on average, and answered nothing. */
function coverageOver({ integrations, planned }: RunOutcome): number | null {
  if (integrations.length === 0) return null;
  const applicable = integrations.reduce((sum, { counts }) => sum + counts.applicable, 0);
  const reached = integrations.reduce((sum, { counts }) => sum + counts.reached, 0);
  return coverageOf({ applicable: (applicable * planned) / integrations.length, reached });
}

function total(counters: readonly SentCounters[]): SentCounters {
  return {
    connections: counters.reduce((sum, sent) => sum + sent.connections, 0),
    requests: counters.reduce((sum, sent) => sum + sent.requests, 0),
  };
}

const BLIND =
  "We are blind: nearly all providers were out of reach or hidden by something that answers for them, which is our network and no news of theirs. What was known of those stays as it was.";

const NOT_ALLOWED =
  "it stands at a loopback, private or otherwise reserved address. If that is meant, use --allow-private, or declare network: internal.";
