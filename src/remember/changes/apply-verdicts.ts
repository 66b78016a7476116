import {
  type Cause,
  type Change,
  type ChangeKind,
  type ChangeSide,
  type FindingRecord,
  type HistoryEvent,
  questionOf,
  type VerdictRecord,
} from "../../model/finding.ts";
import { fingerprint } from "../../model/fingerprint.ts";
import type { IntegrationKnowledge } from "../../model/history-store.ts";
import type { Instant } from "../../model/instant.ts";
import { severityRank } from "../../model/severity.ts";
import { causeOf, causeOfLostSight, causeOfRegainedSight, causeOfUnasked } from "./cause.ts";
import { type DueDates, dueAfterReopening, dueAfterSeverity } from "./due.ts";
import type { OldEvidence } from "./old-evidence.ts";
import { isLive } from "./presence.ts";
import { isBlind, sideOf } from "./side.ts";
import { wasLookedAt } from "./sight.ts";
import { CONFIRM_ONCE, type Confirmation, isConfirmed, isStale, nextStreak, RESOLVE_GAP, SUSPECT_GAP, withFlap } from "./steadiness.ts";

export interface ChangeInput extends OldEvidence {
  /** ULID of the run that reached the verdicts. */
  readonly run: string;
  readonly at: Instant;
  readonly integration: { readonly uid: string; readonly id: string };
  /** At most one per rule and subject. */
  readonly verdicts: readonly VerdictRecord[];
  readonly knowledge: IntegrationKnowledge;
  /** When something has to be done about a finding with this verdict, if it opened now. */
  readonly dueDates?: (verdict: VerdictRecord) => DueDates;
  /** How often a rule wants to see a thing before it is believed; once to open and twice to resolve where it does not say. */
  readonly confirmationOf?: (rule: string) => Confirmation;
  /** When the newest evidence of a verdict was observed; the time of the run, unless it was carried over from an earlier one. */
  readonly observedAt?: (verdict: VerdictRecord) => Instant;
}

export interface AppliedVerdicts {
  /** New state of every finding that a verdict touched, by rule and subject. */
  readonly findings: readonly FindingRecord[];
  /** Suspects that were not confirmed: forgotten, but for their events. */
  readonly dropped: readonly string[];
  /** At most one per finding. None in the first audit of an integration: there is nothing to compare with. */
  readonly changes: readonly Change[];
  /** What the log says beside the changes: every change of presence stands in one of the two, once. */
  readonly events: readonly HistoryEvent[];
}

/**
 * Lets the verdicts of one run act on what is remembered of an integration (history.md 1.3, rows 1 to 11 and 13).
 * A finding opens with a `fail` and resolves with `pass` or `not-applicable`; what could not be seen, or was not asked, does neither.
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
  return {
    findings: steps.filter(({ dropped }) => dropped !== true).map(({ finding }) => finding),
    dropped: steps.filter(({ dropped }) => dropped === true).map(({ finding }) => finding.fingerprint),
    changes: steps.flatMap(({ change }) => change ?? []),
    events: steps.flatMap(({ event }) => event ?? []),
  };
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
  readonly event?: HistoryEvent;
  readonly dropped?: true;
}

function stepOf(situation: Situation): Step | undefined {
  const { verdict, finding } = situation;
  if (verdict.verdict === "fail") return failing(situation);
  if (finding?.presence === "retired") return isBlind(verdict.verdict) ? undefined : returnedWell(situation, finding);
  if (finding === undefined || !isLive(finding)) return undefined;
  if (isBlind(verdict.verdict)) return losingSight(situation, finding);
  return finding.presence === "suspect" ? unconfirmed(situation, finding) : passing(situation, finding);
}

function failing(situation: Situation): Step {
  const { finding } = situation;
  if (finding === undefined || !isLive(finding)) return appearing(situation);
  if (finding.presence === "suspect") return suspectedAgain(situation, finding);
  return persisting(situation, finding);
}

/** Rows 1, 2, 10 and 13: seen for the first time, or again after it was gone. */
function appearing(situation: Situation): Step {
  const { input, verdict, finding: former, memory, print } = situation;
  const cause = former?.presence === "retired" ? causeOfReturn(former) : causeOfFlip(situation);
  const opensAs = memory.isFirst && former === undefined ? undefined : kindOfOpening(situation, cause);
  const suspect: FindingRecord = {
    fingerprint: print,
    integrationUid: input.integration.uid,
    integrationId: input.integration.id,
    rule: verdict.rule,
    subject: verdict.subject,
    ...wordsOf(verdict),
    presence: "suspect",
    ...decidedAbout(former),
    cause,
    streak: 1,
    streakAt: observedAt(situation),
    ...(opensAs === undefined ? {} : { opensAs }),
    flaps: former?.flaps ?? [],
    reopened: former?.reopened ?? 0,
    firstSeenAt: former?.firstSeenAt ?? input.at,
    ...formerlyOpen(former),
    blindRuns: 0,
    lastSeenAt: input.at,
    lastRunApplied: input.run,
  };
  if (isConfirmed(suspect.streak, confirmationOf(situation).open)) return opening(situation, suspect);
  return { finding: suspect, event: eventOf(situation, suspect, "suspected", cause) };
}

/** Row 3. */
function suspectedAgain(situation: Situation, former: FindingRecord): Step {
  const { input, verdict } = situation;
  const { unobservedSince: _seenAgain, ...seen } = former;
  const suspect: FindingRecord = {
    ...seen,
    integrationId: input.integration.id,
    ...wordsOf(verdict),
    ...nextStreak(former, observedAt(situation), SUSPECT_GAP),
    blindRuns: 0,
    lastSeenAt: input.at,
    lastRunApplied: input.run,
  };
  return isConfirmed(suspect.streak, confirmationOf(situation).open) ? opening(situation, suspect) : { finding: suspect };
}

/** Row 4. One that had been open before goes back to where it was; one that had been retired is asked about again, and well. */
function unconfirmed(situation: Situation, former: FindingRecord): Step {
  const { unobservedSince: _seenAgain, streakAt: _over, opensAs: _not, retired: _asked, ...seen } = former;
  const finding: FindingRecord = { ...seen, presence: "resolved", streak: 0, blindRuns: 0, lastRunApplied: situation.input.run };
  const event = eventOf(situation, finding, "unconfirmed", former.cause);
  return former.openedAt === undefined ? { finding, event, dropped: true } : { finding, event };
}

function opening(situation: Situation, suspect: FindingRecord): Step {
  const { input, verdict, finding: former } = situation;
  const { streakAt: _over, opensAs, resolvedAt, retired, ...kept } = suspect;
  const wasOpen = kept.openedAt !== undefined && retired === undefined;
  const due = input.dueDates?.(verdict) ?? {};
  const finding: FindingRecord = {
    ...withoutDue(kept),
    presence: "open",
    streak: 0,
    ...(wasOpen && resolvedAt !== undefined ? { flaps: withFlap(kept.flaps, input.at, resolvedAt) } : {}),
    reopened: kept.reopened + (wasOpen ? 1 : 0),
    openedAt: input.at,
    ...(wasOpen ? dueAfterReopening(kept, resolvedAt, due, input.at) : due),
  };
  if (opensAs === undefined) return { finding, event: eventOf(situation, finding, "opened", finding.cause) };
  return { finding, change: changeOf(situation, former, opensAs, finding.cause, finding) };
}

/** Only what was seen to be well before, and went wrong by itself, is the provider's news. */
function kindOfOpening(situation: Situation, cause: Cause): NonNullable<FindingRecord["opensAs"]> {
  const isOurs = cause === "tool" || cause === "config" || cause === "rules";
  if (isOurs || !wasSeenBefore(situation)) return "newly-detected";
  return situation.finding?.openedAt === undefined ? "new" : "reopened";
}

function wasSeenBefore({ input, memory, verdict, before }: Situation): boolean {
  if (before !== undefined) return !isBlind(before.verdict);
  return wasLookedAt(verdict, [...memory.verdicts.values()], input.rejudge(verdict.rule, verdict.subject));
}

/** Row 13: we stopped asking and began again. Nobody knows what happened in between. */
function causeOfReturn({ retired }: FindingRecord): Cause {
  return retired === "rule_removed" ? "rules" : "config";
}

/** Rows 5, 6, 7 and 9. */
function persisting(situation: Situation, former: FindingRecord): Step {
  const { input, verdict } = situation;
  const { unobservedSince: _seenAgain, staleSince, streakAt: _over, ...seen } = former;
  const words = wordsOf(verdict);
  const relapsed = former.presence === "clearing";
  const kind = differenceOf(former, words) ?? (staleSince === undefined ? undefined : "regained-sight");
  const due = dueAfterSeverity(former, words.severity, input.dueDates?.(verdict) ?? {});
  const finding: FindingRecord = {
    ...withoutDue(seen),
    integrationId: input.integration.id,
    ...words,
    presence: "open",
    streak: 0,
    ...(relapsed ? { flaps: withFlap(former.flaps, input.at) } : {}),
    blindRuns: 0,
    lastSeenAt: input.at,
    ...due,
    lastRunApplied: input.run,
  };
  if (kind === undefined) return { finding, ...logOf(situation, finding, relapsed) };
  const cause = kind === "regained-sight" ? causeOfRegainedSight(situation.before, verdict) : causeOfFlip(situation);
  const caused = kind === "worse" || kind === "improved" ? { ...finding, cause } : finding;
  return { finding: caused, change: changeOf(situation, former, kind, cause, caused) };
}

/** Without a change, what the log alone keeps. */
function logOf(situation: Situation, finding: FindingRecord, relapsed: boolean): Pick<Step, "event"> {
  if (relapsed) return { event: eventOf(situation, finding, "relapsed", causeOfFlip(situation)) };
  const { before, verdict } = situation;
  if (before?.verdict !== "fail" || before.causes.evidence === verdict.causes.evidence) return {};
  const [then, now] = [factsOf(before), factsOf(verdict)];
  if (then.join("\n") === now.join("\n")) return {};
  return {
    event: {
      fingerprint: finding.fingerprint,
      kind: "evidence-changed",
      cause: causeOfFlip(situation),
      detail: { facts: { before: then, after: now } },
    },
  };
}

/** What a reader sees of the evidence: another address with the same answer is no other fact. */
function factsOf({ evidence }: VerdictRecord): readonly string[] {
  return [...new Set(evidence.map(({ summary }) => summary))].sort();
}

/**
 * Row 8. Two passing sights, some time apart, make a resolved finding. The old evidence is one of them where it passes too by now:
 * then our own change or the clock resolved it, and the provider need not be waited for.
 */
function passing(situation: Situation, former: FindingRecord): Step {
  const { input, verdict } = situation;
  const { unobservedSince: _seenAgain, staleSince, ...seen } = former;
  const wasClearing = former.presence === "clearing";
  const cause = wasClearing ? former.cause : causeOfFlip(situation);
  const streak = wasClearing ? nextStreak(former, observedAt(situation), RESOLVE_GAP) : { streak: 1, streakAt: observedAt(situation) };
  const finding: FindingRecord = { ...seen, ...streak, presence: "clearing", cause, blindRuns: 0, lastRunApplied: input.run };
  if (isConfirmed(streak.streak, confirmationOf(situation).resolve) || oldEvidencePasses(situation))
    return resolving(situation, former, finding);
  if (staleSince !== undefined)
    return { finding, change: changeOf(situation, former, "regained-sight", causeOfRegainedSight(situation.before, verdict), finding) };
  return wasClearing ? { finding } : { finding, event: eventOf(situation, finding, "clearing", cause) };
}

function resolving(situation: Situation, former: FindingRecord, clearing: FindingRecord): Step {
  const { streakAt: _over, ...rest } = clearing;
  const finding: FindingRecord = { ...rest, presence: "resolved", streak: 0, resolvedAt: situation.input.at };
  const change = changeOf(situation, former, "resolved", finding.cause, finding);
  return { finding, change: { ...change, before: { ...asItStood(former), presence: former.presence } } };
}

/** What is resolved is what failed, and not the pass that was seen meanwhile. */
function asItStood({ outcome, severity }: FindingRecord): ChangeSide {
  return { verdict: "fail", outcome, severity };
}

function oldEvidencePasses({ input, verdict, before }: Situation): boolean {
  if (before?.verdict !== "fail") return false;
  return [input.rejudge, input.rejudgeNow].some((rejudge) => {
    const said = rejudge?.(verdict.rule, verdict.subject)?.verdict;
    return said === "pass" || said === "not-applicable";
  });
}

/** Asked again after it was retired, and it is well: what fails from now on is news again. */
function returnedWell(situation: Situation, former: FindingRecord): Step {
  const { retired: _over, ...rest } = former;
  const cause = causeOfReturn(former);
  const finding: FindingRecord = {
    ...rest,
    presence: "resolved",
    cause,
    resolvedAt: situation.input.at,
    lastRunApplied: situation.input.run,
  };
  return { finding, change: changeOf(situation, former, "resolved", cause, finding) };
}

/** Row 11: presence stays what it was, however long nothing is seen. Told once, when that has lasted. */
function losingSight(situation: Situation, former: FindingRecord): Step {
  const { input, verdict, before } = situation;
  const unobservedSince = former.unobservedSince ?? input.at;
  const blindRuns = former.blindRuns + 1;
  const finding: FindingRecord = { ...former, unobservedSince, blindRuns, lastRunApplied: input.run };
  const isTold = former.presence !== "suspect" && former.staleSince === undefined && isStale({ unobservedSince, blindRuns }, input.at);
  if (!isTold) return { finding };
  const stale = { ...finding, staleSince: input.at };
  return { finding: stale, change: changeOf(situation, former, "lost-sight", causeOfLostSight(before, verdict), stale) };
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

function confirmationOf({ input, verdict }: Situation): Confirmation {
  return input.confirmationOf?.(verdict.rule) ?? CONFIRM_ONCE;
}

function observedAt({ input, verdict }: Situation): Instant {
  return input.observedAt?.(verdict) ?? input.at;
}

/** What people decided, and how waivers of the file stood: remember/changes/waivers goes on from there. */
function decidedAbout(former: FindingRecord | undefined): Pick<FindingRecord, "triage" | "decision" | "cover"> {
  if (former === undefined) return { triage: "none" };
  const { triage, decision, cover } = former;
  return { triage, ...(decision === undefined ? {} : { decision }), ...(cover === undefined ? {} : { cover }) };
}

function formerlyOpen(former: FindingRecord | undefined): Partial<FindingRecord> {
  if (former === undefined) return {};
  const { openedAt, resolvedAt, retired, contactBy, dueAt } = former;
  return {
    ...(openedAt === undefined ? {} : { openedAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    ...(retired === undefined ? {} : { retired }),
    ...(contactBy === undefined ? {} : { contactBy }),
    ...(dueAt === undefined ? {} : { dueAt }),
  };
}

function withoutDue({ dueAt: _due, contactBy: _contact, ...rest }: FindingRecord): FindingRecord {
  return rest;
}

/** A failing verdict without words or severity is one that no rule made; it is kept as information under its outcome. */
function wordsOf({ ruleRevision, severity, outcome, title, message, confidence }: VerdictRecord) {
  return { ruleRevision, severity: severity ?? "info", outcome, title: title ?? outcome, message: message ?? "", confidence } as const;
}

function changeOf(
  { input, verdict, before }: Situation,
  former: FindingRecord | undefined,
  kind: ChangeKind,
  cause: Cause,
  finding: FindingRecord,
): Change {
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

/** With both sides, like a change: reports of old runs are told from them. */
function eventOf(
  { verdict, before, finding: former }: Situation,
  finding: FindingRecord,
  kind: HistoryEvent["kind"],
  cause: Cause,
): HistoryEvent {
  const detail = {
    before: { ...sideOf(before), ...(former === undefined ? {} : { presence: former.presence }) },
    after: { ...sideOf(verdict), presence: finding.presence },
  };
  return { fingerprint: finding.fingerprint, kind, cause, detail };
}

function remembered({ baseline, findings }: IntegrationKnowledge): Memory {
  const verdicts = baseline?.verdicts ?? [];
  return {
    isFirst: baseline === undefined,
    findings: new Map(findings.map((finding) => [finding.fingerprint, finding])),
    verdicts: new Map(verdicts.map((verdict) => [questionOf(verdict), verdict])),
  };
}

function byQuestion(a: VerdictRecord, b: VerdictRecord): number {
  const [left, right] = [questionOf(a), questionOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
