import { gateVerdict } from "../judge/risk/gate.ts";
import { CAUSES, CHANGE_KINDS, type Change, EVENT_KINDS, type FindingRecord, type HistoryEvent } from "../model/finding.ts";
import type { HistoryStore, IntegrationKnowledge, ReportableAudit, RunRecord } from "../model/history-store.ts";
import { isoInstant } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { type FailOn, type GateVerdict, lapsedIn, REPORT_SCHEMA_VERSION, type Report, type ReportIntegration } from "../model/report.ts";
import type { Severity } from "../model/severity.ts";
import { waiverAt, waiverKey } from "../remember/changes/waivers.ts";
import { reportEvents } from "./conclusion.ts";
import { changesOf, findingsThen } from "./findings-then.ts";
import type { JudgedIntegration } from "./judge-integration.ts";
import type { ObservedIntegration } from "./observe-integration.ts";
import { isPutAside, reportChange, reportIntegration } from "./report.ts";
import { TODAYS_RULES } from "./rule-book.ts";
import { type StoredConfiguration, storedConfiguration } from "./stored-configuration.ts";
import { evidenceThen } from "./stored-evidence.ts";

/** What history holds of a run that is worth telling. */
export interface ToldRun {
  /** By id. */
  readonly audits: readonly ToldAudit[];
  /** Time of the last audit; undefined when there is none. */
  readonly lastAt?: number;
  /** Integrations that cannot be told, and why. */
  readonly problems: readonly string[];
}

/** One integration of a run, as it was told then. */
export interface ToldAudit {
  readonly uid: string;
  readonly report: ReportIntegration;
  readonly changes: readonly Change[];
  readonly events: readonly HistoryEvent[];
  /** Nothing of it was seen before. */
  readonly isFirst: boolean;
}

export interface StoredReportOptions {
  readonly failOn: FailOn;
  readonly severity: Severity;
}

/**
 * The report of a stored run. Of the newest run it is what its audit printed, but for `run.finishedAt` to the second, for evidence, and for
 * events of integrations that left, which a notice tells. What an integration was found to be like in a run that was not believed (blind,
 * or by a clock in doubt) is not kept.
 */
export async function storedReport(history: HistoryStore, run: RunRecord, { failOn, severity }: StoredReportOptions): Promise<Report> {
  const { audits, lastAt, problems } = await tellRun(history, run.ulid);
  const integrations = audits.map(({ report }) => report);
  const changes = audits.flatMap((audit) => audit.changes);
  const findings = integrations.flatMap((integration) => integration.findings);
  const waived = new Set(findings.filter(isPutAside).map(({ fingerprint }) => fingerprint));
  const events = audits.flatMap((audit) => reportEvents(audit.report, audit.events));
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    tool: { name: "apirisk", version: run.toolVersion, ruleset: run.ruleset.hash.slice(0, 12) },
    run: {
      id: run.ulid,
      startedAt: isoInstant(run.startedAt),
      finishedAt: isoInstant(run.finishedAt ?? lastAt ?? run.startedAt),
      status: run.status === "complete" || run.status === "partial" ? run.status : "aborted",
      first: audits.length > 0 && audits.every(({ isFirst }) => isFirst),
      coverage: run.coverage,
      ...run.sent,
      vantage: run.vantage,
      bound: run.told?.bound ?? run.sent,
    },
    gate: unfitFor(run, gateVerdict({ findings, changes, waived, lapsed: lapsedIn(events), failOn, severity })),
    integrations,
    changes: changes.map(reportChange),
    events,
    notices: [
      ...(run.told?.notices ?? [NO_BOUND]),
      ...problems,
      ...(failOn === "none" && run.gate !== undefined ? [`The gate of the audit itself ${run.gate}.`] : []),
    ],
  };
}

function unfitFor(run: RunRecord, ofFindings: GateVerdict): GateVerdict {
  const unfit = unfitnessOf(run);
  return unfit === undefined ? ofFindings : { ...ofFindings, passed: false, reasons: [...ofFindings.reasons, unfit] };
}

/** Why a run can vouch for nothing, in words: as it said itself, or because it never came to say anything. */
export function unfitnessOf({ told, status, clockSuspect }: RunRecord): string | undefined {
  if (told !== undefined) return told.unfit;
  if (clockSuspect === true) return "the time in doubt";
  return status === "complete" || status === "partial" ? undefined : "a run that did not end";
}

/** Also for a run that goes on: what it had audited before it was interrupted. */
export async function tellRun(history: HistoryStore, ulid: string): Promise<ToldRun> {
  const audits = await history.reportableAudits(ulid);
  const told: ToldAudit[] = [];
  const problems: string[] = [];
  for (const audit of audits) {
    const configuration = storedConfiguration(audit.configuration);
    if (configuration.ok) {
      const report = await toldIntegration(history, audit, configuration.value);
      told.push({ uid: audit.uid, report, changes: changesOf(audit), events: eventsOf(audit), isFirst: audit.first });
    } else problems.push(`${audit.integrationId} is left out: its configuration of that day cannot be read, ${configuration.error}.`);
  }
  return { audits: told, ...(audits.length === 0 ? {} : { lastAt: audits.reduce((latest, { at }) => Math.max(latest, at), 0) }), problems };
}

async function toldIntegration(
  history: HistoryStore,
  audit: ReportableAudit,
  { integration, policy }: StoredConfiguration,
): Promise<ReportIntegration> {
  const findings = audit.newest ? audit.findings : findingsThen(audit).map((finding) => coveredThen(finding, integration, audit));
  return reportIntegration({
    integration,
    policy,
    observed: await observedThen(history, audit, integration.authProof.permission !== undefined || policy.packs.length > 0),
    judged: judgedThen(audit, findings),
    knowledge: knowledgeThen(audit, findings),
    run: audit.run,
    asOf: audit.at,
    withEvidence: false,
  });
}

/** By the waivers that were declared then, without those that the log says were void for it or over by then. */
function coveredThen(finding: FindingRecord, { waivers }: Integration, { at, events }: ReportableAudit): FindingRecord {
  const over = new Set(
    events.flatMap(({ fingerprint, kind, detail }) =>
      fingerprint === finding.fingerprint && ENDINGS.has(kind) ? [String(JSON.parse(detail ?? "{}").waiver)] : [],
    ),
  );
  const waiver = waiverAt(
    finding,
    waivers.filter((declared) => !over.has(waiverKey(declared))),
    at,
  );
  const { cover: _now, ...rest } = finding;
  return waiver === undefined ? rest : { ...rest, cover: { waiver: waiverKey(waiver), severity: finding.severity, since: at } };
}

const ENDINGS: ReadonlySet<string> = new Set(["waiver-void", "waiver-fulfilled"]);

/** What its run wrote into the log beside the changes. */
function eventsOf(audit: ReportableAudit): readonly HistoryEvent[] {
  return audit.events.flatMap(({ run, kind, fingerprint, cause, detail }) => {
    const word = EVENT_KINDS.find((known) => known === kind);
    if (run !== audit.run || word === undefined || CHANGE_KINDS.some((change) => change === word)) return [];
    const blame = CAUSES.find((known) => known === cause);
    return [
      {
        kind: word as HistoryEvent["kind"],
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(blame === undefined ? {} : { cause: blame }),
        ...(detail === undefined ? {} : { detail: JSON.parse(detail) as NonNullable<HistoryEvent["detail"]> }),
      },
    ];
  });
}

/** A report looks into what was observed only to say which permission that rested on, and how it stands towards policy packs. */
async function observedThen(history: HistoryStore, audit: ReportableAudit, isNeeded: boolean): Promise<ObservedIntegration> {
  const judgeable = isNeeded ? await history.audit(audit) : undefined;
  const observations = judgeable === undefined ? [] : (await evidenceThen(history, judgeable, TODAYS_RULES)).observations;
  return { observations, sent: audit.sent, pace: [], durationMs: 0, clockOffsets: new Map() };
}

function judgedThen(audit: ReportableAudit, findings: JudgedIntegration["findings"]): JudgedIntegration {
  return {
    verdicts: [...audit.verdicts].sort(byRuleAndSubject),
    findings: findings.filter(({ lastRunApplied }) => lastRunApplied === audit.run),
    remembered: findings,
    dropped: [],
    endedDecisions: [],
    waivers: [],
    changes: changesOf(audit),
    events: [],
    coverage: audit.coverage,
    visibility: audit.visibility,
    // Of no use to a report, and not kept: coverage is.
    counts: { reached: 0, applicable: 0 },
    stored: [],
    configuration: { hash: audit.configurationHash, json: audit.configuration },
  };
}

function knowledgeThen(audit: ReportableAudit, findings: IntegrationKnowledge["findings"]): IntegrationKnowledge {
  const { run, at, configurationHash } = audit;
  return {
    known: true,
    baseline: { run, at, configurationHash, verdicts: audit.failedBefore.map(({ verdict }) => verdict) },
    findings,
    waivers: [],
    observations: [],
    pace: [],
    sentLast31Days: { connections: 0, requests: 0 },
    maps: [],
  };
}

/** As the engine sorts them. */
function byRuleAndSubject(a: { readonly rule: string; readonly subject: string }, b: typeof a): number {
  return `${a.rule} ${a.subject}` < `${b.rule} ${b.subject}` ? -1 : 1;
}

const NO_BOUND = "Told from history: what this run said of itself is not kept, so the bound shown is what it sent.";
