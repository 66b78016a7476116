import { policyPacks } from "../catalog/policies.ts";
import { observationsOf } from "../evidence/bundle.ts";
import { policyStandings } from "../judge/facts/policy.ts";
import { dueDaysOf, integrationBand, integrationScore, type RiskInput, riskOf } from "../judge/risk/score.ts";
import { remediationOf, ruleById } from "../judge/rules/registry.ts";
import { isDataClass } from "../model/data-class.ts";
import { type Change, type FindingRecord, PUT_ASIDE, type VerdictRecord } from "../model/finding.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { DAY, type Instant, isoInstant } from "../model/instant.ts";
import type { Integration, Policy } from "../model/integration.ts";
import type { Finding, ReportChange, ReportIntegration } from "../model/report.ts";
import type { RuleMeta } from "../model/rule.ts";
import type { Severity } from "../model/severity.ts";
import type { DueDates } from "../remember/changes/due.ts";
import { labelOf } from "../remember/changes/label.ts";
import { isLive } from "../remember/changes/presence.ts";
import { coveringWaiver, endOf } from "../remember/changes/waivers.ts";
import type { JudgedFailure, JudgedIntegration } from "./judge-integration.ts";
import type { ObservedIntegration } from "./observe-integration.ts";

export interface IntegrationReportInput {
  readonly integration: Integration;
  readonly policy: Policy;
  readonly observed: ObservedIntegration;
  readonly judged: JudgedIntegration;
  readonly knowledge: IntegrationKnowledge;
  readonly run: string;
  readonly asOf: Instant;
  readonly withEvidence: boolean;
}

/** One integration's part of the report. */
export function reportIntegration(input: IntegrationReportInput): ReportIntegration {
  const { integration, judged, observed } = input;
  const findings = liveFindings(input).flatMap((record) => findingOf(record, input));
  const risks = findings.filter((finding) => finding.state.presence === "open" && !isPutAside(finding)).map(({ risk }) => risk);
  const { permission } = integration.authProof;
  const isUnseen = judged.visibility !== "observed" && judged.visibility !== "partial";
  return {
    id: integration.id,
    name: integration.name,
    url: integration.baseUrl,
    owner: integration.owner ?? null,
    criticality: integration.criticality,
    dataClasses: integration.dataClasses,
    tags: integration.tags,
    visibility: judged.visibility,
    score: isUnseen && risks.length === 0 ? null : integrationScore(risks, judged.coverage),
    band: isUnseen ? null : integrationBand(risks, judged.coverage),
    coverage: judged.coverage,
    findings,
    unobserved: judged.verdicts.flatMap(({ verdict, rule, subject, reason }) =>
      verdict === "unobserved" && reason !== undefined ? [{ rule, subject, reason }] : [],
    ),
    errors: judged.verdicts.filter(({ verdict }) => verdict === "error").map(({ rule, subject }) => ({ rule, subject })),
    ...policiesOf(input),
    ...observed.sent,
    ...(permission !== undefined && usedPermission(observed) ? { permission } : {}),
    ...(input.withEvidence ? { evidence: evidenceByKind(observed) } : {}),
  };
}

/** By the evidence of this audit: what could not be seen is unknown, whatever was known before. */
function policiesOf({ integration, policy, observed, asOf }: IntegrationReportInput): Pick<ReportIntegration, "policies"> {
  const packs = policyPacks(policy.packs);
  if (packs.length === 0) return {};
  const bundle = { integration, observations: observed.observations, asOf };
  const observations = { tls: observationsOf(bundle, "tls"), "tls-session": observationsOf(bundle, "tls-session") };
  return { policies: policyStandings(packs, { integration, observations }, asOf) };
}

/** Waived in the file, or put aside by a person in history: listed, and no longer counted. */
export function isPutAside({ waiver, state }: Pick<Finding, "waiver" | "state">): boolean {
  return waiver !== undefined || PUT_ASIDE.has(state.triage);
}

/** The change with the words that a reader needs. */
export function reportChange(change: Change): ReportChange {
  const meta = ruleById(change.rule)?.meta;
  return meta === undefined ? change : { ...change, title: meta.failureTitle };
}

/** When a failed verdict has to be dealt with: by its risk and its severity, and before what it warns of (`data.until`). */
export function dueDatesFor(integration: Integration, at: Instant): (verdict: JudgedFailure) => DueDates {
  return (verdict) => {
    const rule = ruleById(verdict.rule);
    if (rule === undefined || verdict.severity === undefined) return {};
    const { meta } = rule;
    const { band } = riskOf(riskInput(meta, { ...verdict, severity: verdict.severity }), integration);
    const days = [dueDaysOf(band), DAYS_OF_SEVERITY[verdict.severity]].filter((candidate) => candidate !== undefined);
    if (days.length === 0) return {};
    const latest = at + Math.min(...days) * DAY;
    const end = Date.parse(String(verdict.data["until"] ?? ""));
    const dueAt = end > at ? Math.min(latest, end) : latest;
    return remediationOf(rule, verdict.outcome).alone ? { dueAt } : { contactBy: Math.round(at + (dueAt - at) * TIME_TO_ASK), dueAt };
  };
}

/** Of the time to mitigate, how much may pass before the provider is asked: they need the rest. */
const TIME_TO_ASK = 1 / 3;

/** Something was asked without the credential and with its content, which is what a permission is for. */
function usedPermission({ observations }: ObservedIntegration): boolean {
  return observations.some((observation) => {
    if (observation.outcome !== "observed") return false;
    if (observation.kind === "http-unauthenticated") return observation.evidence.level !== "headers";
    return observation.kind === "http-invalid-credential" || observation.kind === "http-query-credential";
  });
}

/** The severest findings do not wait for the band of a small integration. */
const DAYS_OF_SEVERITY: Partial<Record<Severity, number>> = { critical: 7, high: 30 };

/** What this audit touched, and what it did not ask about: both are still open. A rule that the user switched off says nothing any more. */
function liveFindings({ judged, policy }: IntegrationReportInput): readonly FindingRecord[] {
  return judged.remembered.filter((finding) => isLive(finding) && policy.rules[finding.rule]?.off !== true);
}

/** A finding of a rule that is gone has no words any more, and is not told. */
function findingOf(record: FindingRecord, { integration, judged, knowledge, run, asOf }: IntegrationReportInput): readonly Finding[] {
  const rule = ruleById(record.rule);
  if (rule === undefined) return [];
  const { meta } = rule;
  const isThis = (verdict: VerdictRecord) =>
    verdict.rule === record.rule && verdict.subject === record.subject && verdict.verdict === "fail";
  const verdict = judged.verdicts.find(isThis) ?? knowledge.baseline?.verdicts.find(isThis);
  const change = judged.changes.find((candidate) => candidate.fingerprint === record.fingerprint);
  const waiver = coveringWaiver(record, integration.waivers);
  const asideUntil = waiver === undefined ? record.decision?.until : endOf(waiver);
  return [
    {
      fingerprint: record.fingerprint,
      rule: record.rule,
      ruleRevision: record.ruleRevision,
      subject: record.subject,
      severity: record.severity,
      outcome: record.outcome,
      title: record.title,
      message: record.message,
      confidence: record.confidence,
      state: {
        presence: record.presence,
        triage: record.triage,
        label: labelOf(record, {
          at: asOf,
          run,
          ...(change === undefined ? {} : { change }),
          ...(asideUntil === undefined ? {} : { asideUntil }),
        }),
      },
      firstSeenAt: isoInstant(record.firstSeenAt),
      openedAt: record.openedAt === undefined ? null : isoInstant(record.openedAt),
      lastSeenAt: isoInstant(record.lastSeenAt),
      contactBy: record.contactBy === undefined ? null : isoInstant(record.contactBy),
      dueAt: record.dueAt === undefined ? null : isoInstant(record.dueAt),
      risk: riskOf(riskInput(meta, { ...record, data: verdict?.data ?? {} }), integration),
      evidence: verdict?.evidence ?? [],
      remediation: remediationOf(rule, record.outcome, verdict?.outcome === record.outcome ? verdict.data : {}),
      citations: meta.citations,
      cwe: meta.cwe,
      owasp: meta.owasp,
      controls: meta.controls,
      ...(waiver === undefined ? {} : { waiver: { kind: waiver.kind, until: waiver.until, reason: waiver.reason, by: waiver.by } }),
    },
  ];
}

function riskInput(meta: RuleMeta, judged: Pick<RiskInput, "severity" | "confidence"> & Pick<VerdictRecord, "data">): RiskInput {
  const dataClass = judged.data["class"];
  return { meta, severity: judged.severity, confidence: judged.confidence, ...(isDataClass(dataClass) && { dataClass }) };
}

/** Evidence by kind, one entry per address or endpoint; what could not be reached stands there with its reason. */
function evidenceByKind({ observations }: ObservedIntegration): Readonly<Record<string, readonly unknown[]>> {
  const kinds = [...new Set(observations.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => [kind, observations.filter((observation) => observation.kind === kind).map(evidenceEntry)]),
  );
}

function evidenceEntry(observation: ObservedIntegration["observations"][number]): unknown {
  const { kind, key, durationMs, connections } = observation;
  const cost = { ...(connections === undefined ? {} : { connections }), durationMs };
  if (observation.outcome === "observed")
    return { ...observation.evidence, ...cost, ...(observation.carried === true ? { carried: true } : {}) };
  const place = { ...key, outcome: observation.outcome, reason: observation.failure.reason };
  return kind === "tls" ? { ...place, address: key.address ?? null, versions: [], ...cost } : place;
}
