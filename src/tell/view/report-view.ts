import { isRegression, PUT_ASIDE } from "../../model/finding.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import {
  type Finding,
  type GateVerdict,
  isLapse,
  type Report,
  type ReportChange,
  type ReportEvent,
  type ReportIntegration,
  type ReportRun,
  VISIBILITIES,
  type Visibility,
} from "../../model/report.ts";
import { SEVERITIES, type Severity, severityRank } from "../../model/severity.ts";

/** A report made ready for any format: grouped, sorted and counted here, and nowhere else. */
export interface ReportView {
  readonly tool: Report["tool"];
  readonly run: ReportRun;
  readonly gate: GateVerdict;
  readonly counts: ReportCounts;
  /** Worst first. */
  readonly integrations: readonly IntegrationView[];
  /** Regressions first, then worst first. */
  readonly changes: readonly ChangeView[];
  /** What happened to waivers and to what is not asked about any more, by integration. */
  readonly events: readonly ReportEvent[];
  /** What could not be judged, by reason, the most frequent first. */
  readonly unknowns: readonly UnknownGroup[];
  readonly notices: readonly string[];
  /** Nothing to tell: all judged, nothing found, nothing changed. */
  readonly perfect: boolean;
  /** The command that helps most from here. */
  readonly next: string | null;
}

interface ReportCounts {
  readonly integrations: number;
  readonly visibility: Readonly<Record<Visibility, number>>;
  /** Open and not waived; what still waits for a confirming observation is counted apart. */
  readonly open: number;
  readonly unconfirmed: number;
  /** Passed this time or the last, and have to pass once more. */
  readonly clearing: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Open findings that this run did not see again. */
  readonly unverified: number;
  readonly waived: number;
  /** Asked without an answer. */
  readonly unobserved: number;
  /** Not asked, because nobody wanted it: authProof none, or the depth. */
  readonly notRequested: number;
  /** Rules that failed: bugs of ours. */
  readonly errors: number;
  readonly regressions: number;
  /** Waivers and acceptances that ended. */
  readonly lapsed: number;
  /** Findings that nobody asks about any more. */
  readonly retired: number;
}

export interface IntegrationView {
  readonly integration: ReportIntegration;
  /** Not resolved and not waived, worst first. */
  readonly findings: readonly Finding[];
  readonly waived: readonly Finding[];
  readonly worst: Severity | null;
}

export interface ChangeView extends ReportChange {
  /** A provider got worse, and nobody has accepted it. */
  readonly regression: boolean;
  /** Of a finding that is waived or accepted. */
  readonly waived: boolean;
  /** Of the side that says more: after, else before. */
  readonly severity: Severity | null;
}

export interface UnknownGroup {
  readonly reason: UnobservedReason;
  readonly count: number;
  readonly integrations: readonly { readonly id: string; readonly rules: readonly string[] }[];
}

/** Turns a report into what the formats print. Total: any valid report gives a view. */
export function reportView(report: Report): ReportView {
  const integrations = report.integrations.map(integrationView).sort(byWorstIntegration);
  const waived = new Set(report.integrations.flatMap(({ findings }) => findings.filter(isWaived).map(({ fingerprint }) => fingerprint)));
  const changes = report.changes.map((change) => changeView(change, waived)).sort(byWeight);
  const counts = countsOf(integrations, changes, report.events);
  const asked = report.integrations.map((integration) => ({ ...integration, unobserved: integration.unobserved.filter(wasAsked) }));
  const unknowns = unknownGroups(asked);
  return {
    tool: report.tool,
    run: report.run,
    gate: report.gate,
    counts,
    integrations,
    changes,
    events: [...report.events].sort((a, b) => byText(a.integration, b.integration) || byText(a.kind, b.kind)),
    unknowns,
    notices: report.notices,
    perfect: isPerfect(report, counts),
    next: nextCommand(integrations, unknowns),
  };
}

function isWaived(finding: Finding): boolean {
  return finding.waiver !== undefined || PUT_ASIDE.has(finding.state.triage);
}

function integrationView(integration: ReportIntegration): IntegrationView {
  const open = integration.findings.filter((finding) => OPEN_PRESENCES.has(finding.state.presence)).sort(byWorstFinding);
  const findings = open.filter((finding) => !isWaived(finding));
  return { integration, findings, waived: open.filter(isWaived), worst: findings[0]?.severity ?? null };
}

/** A change with what decides where it is printed. */
export function changeView(change: ReportChange, waivedOnes: ReadonlySet<string>): ChangeView {
  const waived = waivedOnes.has(change.fingerprint);
  return {
    ...change,
    waived,
    regression: isRegression(change) && !waived,
    severity: change.after.severity ?? change.before.severity ?? null,
  };
}

function countsOf(integrations: readonly IntegrationView[], changes: readonly ChangeView[], events: readonly ReportEvent[]): ReportCounts {
  const listed = integrations.flatMap((view) => view.findings);
  const open = listed.filter((finding) => finding.state.presence === "open");
  const withPresence = (presence: Finding["state"]["presence"]) => listed.filter((finding) => finding.state.presence === presence).length;
  const reports = integrations.map((view) => view.integration);
  return {
    integrations: integrations.length,
    visibility: tally(
      VISIBILITIES,
      reports.map((integration) => integration.visibility),
    ),
    open: open.length,
    unconfirmed: withPresence("suspect"),
    clearing: withPresence("clearing"),
    bySeverity: tally(
      SEVERITIES,
      open.map((finding) => finding.severity),
    ),
    unverified: open.filter((finding) => finding.state.label === "unverified").length,
    waived: sum(integrations.map((view) => view.waived.length)),
    unobserved: sum(reports.map((integration) => integration.unobserved.filter(wasAsked).length)),
    notRequested: sum(reports.map((integration) => integration.unobserved.filter((unknown) => !wasAsked(unknown)).length)),
    errors: sum(reports.map((integration) => integration.errors.length)),
    regressions: changes.filter((change) => change.regression).length,
    lapsed: events.filter(isLapse).length,
    retired: events.filter(({ kind }) => kind === "retired").length,
  };
}

function wasAsked({ reason }: ReportIntegration["unobserved"][number]): boolean {
  return reason !== "not_requested";
}

function unknownGroups(integrations: readonly ReportIntegration[]): readonly UnknownGroup[] {
  const groups = new Map<UnobservedReason, Map<string, Set<string>>>();
  const counts = new Map<UnobservedReason, number>();
  for (const { id, unobserved } of integrations) {
    for (const { rule, reason } of unobserved) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      const byIntegration = groups.get(reason) ?? new Map<string, Set<string>>();
      groups.set(reason, byIntegration.set(id, (byIntegration.get(id) ?? new Set()).add(rule)));
    }
  }
  return [...groups]
    .map(([reason, byIntegration]) => ({
      reason,
      count: counts.get(reason) ?? 0,
      integrations: [...byIntegration]
        .map(([id, rules]) => ({ id, rules: [...rules].sort(byText) }))
        .sort((a, b) => b.rules.length - a.rules.length || byText(a.id, b.id)),
    }))
    .sort((a, b) => b.count - a.count || byText(a.reason, b.reason));
}

function isPerfect(report: Report, counts: ReportCounts): boolean {
  return (
    report.gate.passed &&
    report.run.status === "complete" &&
    counts.integrations > 0 &&
    counts.visibility.observed === counts.integrations &&
    counts.open + counts.unconfirmed + counts.clearing + counts.waived + counts.unobserved + counts.errors === 0 &&
    report.changes.length + report.events.length + report.notices.length === 0
  );
}

/** A credential that is not bound hides verdicts, so that comes first; then the worst finding. */
function nextCommand(integrations: readonly IntegrationView[], unknowns: readonly UnknownGroup[]): string | null {
  const unbound = unknowns.find((group) => group.reason === "credential_not_bound")?.integrations[0];
  if (unbound !== undefined) return `apirisk credential trust ${unbound.id} --dry-run`;
  const worst = integrations[0]?.findings[0];
  return worst === undefined ? null : `apirisk rule explain ${worst.rule}`;
}

/** Worst finding first, then those that could not be seen, then clean ones. */
function byWorstIntegration(a: IntegrationView, b: IntegrationView): number {
  return (
    rankOf(b.worst) - rankOf(a.worst) ||
    scoreOf(a) - scoreOf(b) ||
    VISIBILITIES.indexOf(b.integration.visibility) - VISIBILITIES.indexOf(a.integration.visibility) ||
    b.integration.unobserved.length - a.integration.unobserved.length ||
    byText(a.integration.id, b.integration.id)
  );
}

function byWorstFinding(a: Finding, b: Finding): number {
  return (
    severityRank(b.severity) - severityRank(a.severity) ||
    b.risk.score - a.risk.score ||
    byText(a.rule, b.rule) ||
    byText(a.subject, b.subject)
  );
}

function byWeight(a: ChangeView, b: ChangeView): number {
  return (
    Number(b.regression) - Number(a.regression) ||
    rankOf(b.severity) - rankOf(a.severity) ||
    byText(a.integration, b.integration) ||
    byText(a.rule, b.rule) ||
    byText(a.subject, b.subject)
  );
}

/** -1 where there is nothing to rank. */
function rankOf(severity: Severity | null): number {
  return severity === null ? -1 : severityRank(severity);
}

/** No score sorts behind every score: unknown is neither good nor bad. */
function scoreOf(view: IntegrationView): number {
  return view.findings.length === 0 ? 101 : (view.integration.score ?? 100);
}

function tally<K extends string>(keys: readonly K[], values: readonly K[]): Readonly<Record<K, number>> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const value of values) counts[value] += 1;
  return counts;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** By code units: the same order on every machine, whatever its locale. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const OPEN_PRESENCES: ReadonlySet<Finding["state"]["presence"]> = new Set(["suspect", "open", "clearing"]);
