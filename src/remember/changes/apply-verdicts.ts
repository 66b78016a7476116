import type { Cause, Change, ChangeKind, ChangeSide, FindingRecord, VerdictRecord } from "../../model/finding.ts";
import { fingerprint } from "../../model/fingerprint.ts";
import type { IntegrationKnowledge } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { severityRank } from "../../model/severity.ts";
import { causeOf, causeOfLostSight, causeOfRegainedSight, causeOfUnasked } from "./cause.ts";
import type { OldEvidence } from "./old-evidence.ts";
import { isBlind, sideOf } from "./side.ts";
import { wasLookedAt } from "./sight.ts";

export interface ChangeInput extends OldEvidence {
  /** ULID of the run that reached the verdicts. */
  readonly run: string;
  readonly at: Instant;
  readonly integration: { readonly uid: string; readonly id: string };
  /** At most one per rule and subject. */
  readonly verdicts: readonly VerdictRecord[];
  readonly knowledge: IntegrationKnowledge;
  /** When something has to be done about a finding with this verdict. */
  readonly dueAt?: (verdict: VerdictRecord) => Instant | undefined;
}

export interface AppliedVerdicts {
  /** New state of every finding that a verdict touched, by rule and subject. */
  readonly findings: readonly FindingRecord[];
  /** At most one per finding. None in the first audit of an integration: there is nothing to compare with. */
  readonly changes: readonly Change[];
}

/**
 * Lets the verdicts of one run act on what is remembered of an integration.
 * A finding opens with a `fail` and resolves with a `pass` or `not-applicable`; what could not be seen, or was not asked, does neither.
 * Verdicts of a run that was applied before change nothing.
 */
export function applyVerdicts(input: ChangeInput): AppliedVerdicts {
  const memory = remembered(input.knowledge);
  const steps = [...input.verdicts].sort(byQuestion).flatMap((verdict) => {
    const print = fingerprint(input.integration.uid, verdict.rule, verdict.subject);
    const finding = memory.findings.get(print);
    if (finding?.lastRunApplied === input.run) return [];
    const step = stepOf({ input, verdict, print, finding, before: memory.verdicts.get(questionOf(verdict)), memory });
    return step === undefined ? [] : [step];
  });
  return { findings: steps.map(({ finding }) => finding), changes: steps.flatMap(({ change }) => (change === undefined ? [] : [change])) };
}

interface Memory {
  readonly isFirst: boolean;
  readonly findings: ReadonlyMap<string, FindingRecord>;
  /** Per question the last conclusive verdict, or a blind one where nothing was ever seen. */
  readonly verdicts: ReadonlyMap<string, VerdictRecord>;
}

interface Situation {
  readonly input: ChangeInput;
  readonly memory: Memory;
  readonly print: string;
  readonly verdict: VerdictRecord;
  readonly before: VerdictRecord | undefined;
  readonly finding: FindingRecord | undefined;
}

interface Step {
  readonly finding: FindingRecord;
  readonly change?: Change;
}

function stepOf(situation: Situation): Step | undefined {
  const { verdict, finding } = situation;
  if (verdict.verdict === "fail") return finding === undefined || !isLive(finding) ? opening(situation) : persisting(situation, finding);
  if (finding === undefined || !isLive(finding)) return undefined;
  return isBlind(verdict.verdict) ? losingSight(situation, finding) : resolving(situation, finding);
}

function opening(situation: Situation): Step {
  const { input, verdict, finding: former, memory, print } = situation;
  const cause = causeOfFlip(situation);
  const due = input.dueAt?.(verdict);
  const finding: FindingRecord = {
    fingerprint: print,
    integrationUid: input.integration.uid,
    integrationId: input.integration.id,
    rule: verdict.rule,
    subject: verdict.subject,
    ...wordsOf(verdict),
    presence: "open",
    triage: former?.triage ?? "none",
    cause,
    streak: 0,
    flaps: former?.flaps ?? 0,
    reopened: former === undefined ? 0 : former.reopened + 1,
    firstSeenAt: former?.firstSeenAt ?? input.at,
    openedAt: input.at,
    lastSeenAt: input.at,
    ...(due === undefined ? {} : { dueAt: due }),
    lastRunApplied: input.run,
  };
  if (memory.isFirst && former === undefined) return { finding };
  return { finding, change: changeOf(situation, kindOfOpening(situation, cause), cause, finding) };
}

/** Only what was seen to be well before, and went wrong by itself, is the provider's news. */
function kindOfOpening(situation: Situation, cause: Cause): ChangeKind {
  const isOurs = cause === "tool" || cause === "config" || cause === "rules";
  if (isOurs || !wasSeenBefore(situation)) return "newly-detected";
  return situation.finding === undefined ? "new" : "reopened";
}

function wasSeenBefore({ input, memory, verdict, before }: Situation): boolean {
  if (before !== undefined) return !isBlind(before.verdict);
  return wasLookedAt(verdict, [...memory.verdicts.values()], input.rejudge(verdict.rule, verdict.subject));
}

function persisting(situation: Situation, former: FindingRecord): Step {
  const { input, verdict } = situation;
  const { unobservedSince, ...seen } = former;
  const words = wordsOf(verdict);
  const kind = differenceOf(former, words) ?? (unobservedSince === undefined ? undefined : "regained-sight");
  const due = dueAfter(situation, former, words.severity);
  const finding: FindingRecord = {
    ...withoutDue(seen),
    integrationId: input.integration.id,
    ...words,
    presence: "open",
    streak: 0,
    lastSeenAt: input.at,
    ...(due === undefined ? {} : { dueAt: due }),
    lastRunApplied: input.run,
  };
  if (kind === undefined) return { finding };
  const cause = kind === "regained-sight" ? causeOfRegainedSight(situation.before, verdict) : causeOfFlip(situation);
  const caused = kind === "worse" || kind === "improved" ? { ...finding, cause } : finding;
  return { finding: caused, change: changeOf(situation, kind, cause, caused) };
}

function resolving(situation: Situation, former: FindingRecord): Step {
  const { input } = situation;
  const { unobservedSince: _seenAgain, ...seen } = former;
  const cause = causeOfFlip(situation);
  const finding: FindingRecord = { ...seen, presence: "resolved", cause, streak: 0, resolvedAt: input.at, lastRunApplied: input.run };
  return { finding, change: changeOf(situation, "resolved", cause, finding) };
}

/** Presence stays what it was, however long nothing is seen. */
function losingSight(situation: Situation, former: FindingRecord): Step {
  const { input, verdict, before } = situation;
  const finding: FindingRecord = { ...former, unobservedSince: former.unobservedSince ?? input.at, lastRunApplied: input.run };
  if (former.unobservedSince !== undefined) return { finding };
  return { finding, change: changeOf(situation, "lost-sight", causeOfLostSight(before, verdict), finding) };
}

function causeOfFlip({ input, memory, verdict, before }: Situation): Cause {
  if (before !== undefined) return causeOf(before, verdict, input);
  if (memory.isFirst) return "target";
  return causeOfUnasked([...memory.verdicts.values()], verdict, input);
}

function differenceOf(former: FindingRecord, now: Pick<FindingRecord, "severity" | "outcome">): ChangeKind | undefined {
  const rise = severityRank(now.severity) - severityRank(former.severity);
  if (rise !== 0) return rise > 0 ? "worse" : "improved";
  return now.outcome === former.outcome ? undefined : "changed";
}

/** Fixed when it opened; moves only with the severity, and never later unless that falls (history.md 1.7). */
function dueAfter({ input, verdict }: Situation, former: FindingRecord, severity: FindingRecord["severity"]): Instant | undefined {
  const rise = severityRank(severity) - severityRank(former.severity);
  if (rise === 0) return former.dueAt;
  const due = input.dueAt?.(verdict);
  return rise > 0 && due !== undefined && former.dueAt !== undefined ? Math.min(due, former.dueAt) : due;
}

function withoutDue({ dueAt: _former, ...rest }: FindingRecord): FindingRecord {
  return rest;
}

/** A failing verdict without words or severity is one that no rule made; it is kept as information under its outcome. */
function wordsOf({ ruleRevision, severity, outcome, title, message, confidence }: VerdictRecord) {
  return { ruleRevision, severity: severity ?? "info", outcome, title: title ?? outcome, message: message ?? "", confidence } as const;
}

function changeOf({ input, verdict, before, finding: former }: Situation, kind: ChangeKind, cause: Cause, finding: FindingRecord): Change {
  const presence: ChangeSide = former === undefined ? {} : { presence: former.presence };
  return {
    fingerprint: finding.fingerprint,
    integration: input.integration.id,
    rule: verdict.rule,
    subject: verdict.subject,
    kind,
    cause,
    before: { ...sideOf(before), ...presence },
    after: { ...sideOf(verdict), presence: finding.presence },
  };
}

function remembered({ baseline, findings }: IntegrationKnowledge): Memory {
  const verdicts = baseline?.verdicts ?? [];
  return {
    isFirst: baseline === undefined,
    findings: new Map(findings.map((finding) => [finding.fingerprint, finding])),
    verdicts: new Map(verdicts.map((verdict) => [questionOf(verdict), verdict])),
  };
}

function isLive({ presence }: FindingRecord): boolean {
  return presence === "suspect" || presence === "open" || presence === "clearing";
}

function questionOf({ rule, subject }: VerdictRecord): string {
  return JSON.stringify([rule, subject]);
}

function byQuestion(a: VerdictRecord, b: VerdictRecord): number {
  const [left, right] = [questionOf(a), questionOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
