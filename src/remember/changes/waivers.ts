import { canonicalJson, sha256Hex } from "../../model/digest.ts";
import type { FindingRecord, HistoryEvent, Triage, WaiverCover } from "../../model/finding.ts";
import { PUT_ASIDE } from "../../model/finding.ts";
import type { WaiverUse } from "../../model/history-store.ts";
import { DAY, HOUR, type Instant } from "../../model/instant.ts";
import type { DeclaredWaiver } from "../../model/integration.ts";
import { type Severity, severityRank } from "../../model/severity.ts";
import { type DueDates, dueAfterAcceptance } from "./due.ts";
import { isLive } from "./presence.ts";

export interface WaiverInput {
  readonly at: Instant;
  /** Every finding of the integration, as the verdicts of this run left it. */
  readonly findings: readonly FindingRecord[];
  /** The waivers of the inventory file. They win over decisions in history. */
  readonly declared: readonly DeclaredWaiver[];
  /** What earlier runs know of the file's waivers. */
  readonly known: readonly WaiverUse[];
  /** The integration was seen: only then can a waiver be called unused. */
  readonly seen: boolean;
  /** What the dates of a finding would be if it opened now. */
  readonly dueDates: (finding: FindingRecord) => DueDates;
}

export interface AppliedWaivers {
  /** Findings whose cover, decision or dates differ now. */
  readonly findings: readonly FindingRecord[];
  /** Decisions that the machine ends: the only ones that it ever writes (history.md 1.3, rows 14 to 16). */
  readonly ended: readonly { readonly fingerprint: string; readonly decidedAt: Instant; readonly why: WaiverEnd }[];
  readonly uses: readonly WaiverUse[];
  readonly events: readonly HistoryEvent[];
}

type WaiverEnd = "expired" | "void" | "fulfilled";

/** Lets the clock and the findings of a run act on what people decided (history.md 1.3, rows 14 to 17). */
export function applyWaivers(input: WaiverInput): AppliedWaivers {
  const settled = input.findings.map((finding) => settle(finding, input));
  const uses = usesOf(input, settled);
  return {
    findings: settled.filter(({ before, finding }) => before !== finding).map(({ finding }) => finding),
    ended: settled.flatMap(({ before, ended }) =>
      ended === undefined || before.decision === undefined
        ? []
        : [{ fingerprint: before.fingerprint, decidedAt: before.decision.at, why: ended }],
    ),
    uses: uses.map(({ use }) => use),
    events: [...settled.flatMap(({ events }) => events), ...uses.flatMap(({ event }) => event ?? [])],
  };
}

/** Nobody has to be told of it: waived in the file, or put aside in history. */
export function isPutAside({ cover, triage }: Pick<FindingRecord, "cover" | "triage">): boolean {
  return (cover !== undefined && cover.ended === undefined) || PUT_ASIDE.has(triage);
}

/** The declared waiver that covers a finding. */
export function coveringWaiver({ cover }: Pick<FindingRecord, "cover">, declared: readonly DeclaredWaiver[]): DeclaredWaiver | undefined {
  return cover === undefined || cover.ended !== undefined ? undefined : declared.find((waiver) => waiverKey(waiver) === cover.waiver);
}

/** The declared waiver that would cover a finding at that moment, if it were asked for the first time. */
export function waiverAt(
  finding: Pick<FindingRecord, "rule" | "subject">,
  declared: readonly DeclaredWaiver[],
  at: Instant,
): DeclaredWaiver | undefined {
  return declared.filter((waiver) => isFor(waiver, finding) && at < endOf(waiver)).sort((a, b) => endOf(b) - endOf(a))[0];
}

function isFor({ rule, subject }: DeclaredWaiver, finding: Pick<FindingRecord, "rule" | "subject">): boolean {
  return rule === finding.rule && (subject === undefined || subject === finding.subject);
}

/** Another date, reason or name is another waiver: somebody decided again. */
export function waiverKey({ rule, subject, until, reason, by, kind }: DeclaredWaiver): string {
  return sha256Hex(canonicalJson([rule, subject ?? null, until, reason, by, kind])).slice(0, 32);
}

/** Its last day is included. */
export function endOf({ until }: Pick<DeclaredWaiver, "until">): Instant {
  return Date.parse(`${until}T00:00:00Z`) + DAY;
}

interface Settled {
  readonly before: FindingRecord;
  readonly finding: FindingRecord;
  readonly ended?: WaiverEnd;
  readonly events: readonly HistoryEvent[];
}

function settle(before: FindingRecord, input: WaiverInput): Settled {
  const covered = coverOf(before, input);
  const decided = decisionOf(covered.finding, input);
  return {
    before,
    finding: decided.finding,
    ...(decided.ended === undefined ? {} : { ended: decided.ended }),
    events: [...covered.events, ...decided.events],
  };
}

/** The file's side. */
function coverOf(finding: FindingRecord, input: WaiverInput): Pick<Settled, "finding" | "events"> {
  const { cover } = finding;
  const isActive = cover !== undefined && cover.ended === undefined;
  if (!isLive(finding)) return finding.presence === "resolved" && isActive ? fulfilled(finding, input.at) : { finding, events: [] };
  const waiver = chosenWaiver(finding, input);
  const same = waiver !== undefined && cover?.waiver === waiverKey(waiver);
  if (same && isActive) return hasRisen(finding, cover.severity) ? voided(finding, cover, input) : { finding, events: [] };
  if (waiver !== undefined)
    return cover !== undefined && isOldTerm(waiver, cover, input)
      ? onOldTerms(finding, waiver, cover, input)
      : covered(finding, waiver, cover, input);
  if (!isActive) return { finding, events: [] };
  return input.declared.some((declared) => waiverKey(declared) === cover.waiver)
    ? expired(finding, cover, input)
    : withdrawn(finding, cover, input);
}

/**
 * The longest that has not ended. One that is void for this finding, or was fulfilled, does not come back, and no other that was declared
 * all along takes its place: nobody has accepted what it is now, or that it came back.
 */
function chosenWaiver(finding: FindingRecord, { declared, known, at }: WaiverInput): DeclaredWaiver | undefined {
  const { cover } = finding;
  const isThis = (waiver: DeclaredWaiver) => cover?.waiver === waiverKey(waiver);
  const isWrittenSince = (waiver: DeclaredWaiver) => !isThis(waiver) && !wasDeclared(waiver, known, cover?.endedAt);
  if (cover?.ended === "void" || cover?.ended === "fulfilled") return waiverAt(finding, declared.filter(isWrittenSince), at);
  const covering = cover?.ended === undefined ? declared.find((waiver) => isThis(waiver) && at < endOf(waiver)) : undefined;
  return covering ?? waiverAt(finding, declared, at);
}

/** When the cover ended; for one that keeps no time, at any time before. */
function wasDeclared(waiver: DeclaredWaiver, known: readonly WaiverUse[], endedAt = Number.POSITIVE_INFINITY): boolean {
  return known.some((use) => use.waiver === waiverKey(waiver) && use.firstSeenAt <= endedAt);
}

function voided(finding: FindingRecord, cover: WaiverCover, input: WaiverInput) {
  const resumed = withDates(finding, dueAfterAcceptance(finding, cover.since, input.dueDates(finding), input.at));
  const detail = { accepted: cover.severity, now: finding.severity, waiver: cover.waiver };
  return {
    finding: { ...resumed, cover: { ...cover, ended: "void" as const, endedAt: input.at } },
    events: [eventOf(finding, "waiver-void", detail)],
  };
}

function expired(finding: FindingRecord, cover: WaiverCover, input: WaiverInput) {
  const resumed = withDates(finding, dueAfterAcceptance(finding, cover.since, input.dueDates(finding), input.at));
  return {
    finding: { ...resumed, cover: { ...cover, ended: "expired" as const, endedAt: input.at } },
    events: [eventOf(finding, "waiver-expired", { waiver: cover.waiver })],
  };
}

function withdrawn(finding: FindingRecord, cover: WaiverCover, input: WaiverInput) {
  const resumed = withDates(finding, dueAfterAcceptance(finding, cover.since, input.dueDates(finding), input.at));
  return { finding: withoutCover(resumed), events: [eventOf(finding, "waiver-withdrawn", { waiver: cover.waiver })] };
}

function fulfilled(finding: FindingRecord, at: Instant) {
  const { cover } = finding;
  const ended = cover === undefined ? finding : { ...finding, cover: { ...cover, ended: "fulfilled" as const, endedAt: at } };
  return { finding: ended, events: [eventOf(finding, "waiver-fulfilled", { waiver: cover?.waiver ?? "" })] };
}

function covered(finding: FindingRecord, waiver: DeclaredWaiver, cover: WaiverCover | undefined, { at }: WaiverInput) {
  const since = cover !== undefined && cover.ended === undefined ? cover.since : at;
  return { finding: { ...finding, cover: { waiver: waiverKey(waiver), severity: finding.severity, since } }, events: [] };
}

/** The same waiver again, or another one that was declared all along: nobody has accepted more than before. */
function isOldTerm(waiver: DeclaredWaiver, cover: WaiverCover, { known }: WaiverInput): boolean {
  return cover.waiver === waiverKey(waiver) || wasDeclared(waiver, known, cover.endedAt);
}

function onOldTerms(finding: FindingRecord, waiver: DeclaredWaiver, cover: WaiverCover, input: WaiverInput) {
  const again = { waiver: waiverKey(waiver), severity: cover.severity, since: cover.ended === undefined ? cover.since : input.at };
  return hasRisen(finding, cover.severity) ? voided(finding, again, input) : { finding: { ...finding, cover: again }, events: [] };
}

/** History's side. An acknowledgement and a dispute have no end, and put nothing aside. */
function decisionOf(finding: FindingRecord, input: WaiverInput): Omit<Settled, "before"> {
  const { decision, triage } = finding;
  if (decision === undefined || !PUT_ASIDE.has(triage)) return { finding, events: [] };
  const why = endOfDecision(finding, triage, input.at);
  if (why === undefined) return { finding, events: [] };
  const dates = why === "fulfilled" ? finding : dueAfterAcceptance(finding, decision.at, input.dueDates(finding), input.at);
  const { decision: _ended, ...rest } = withDates(finding, dates);
  const event = why === "expired" ? "waiver-expired" : why === "void" ? "waiver-void" : "waiver-fulfilled";
  const detail = { triage, by: decision.by, accepted: decision.severity, now: finding.severity };
  return { finding: { ...rest, triage: "none" }, ended: why, events: [eventOf(finding, event, detail)] };
}

function endOfDecision(finding: FindingRecord, triage: Triage, at: Instant): WaiverEnd | undefined {
  const { decision } = finding;
  if (decision === undefined) return undefined;
  if (isLive(finding) && hasRisen(finding, decision.severity)) return "void";
  if (isLive(finding) && decision.until !== undefined && at >= decision.until) return "expired";
  return finding.presence === "resolved" && triage === "accepted" ? "fulfilled" : undefined;
}

function hasRisen({ severity }: FindingRecord, accepted: Severity): boolean {
  return severityRank(severity) > severityRank(accepted);
}

/** Row 17, and what each waiver of the file was good for. */
function usesOf(
  { at, declared, known, seen }: WaiverInput,
  settled: readonly Settled[],
): readonly { use: WaiverUse; event?: HistoryEvent }[] {
  return declared.map((waiver) => {
    const key = waiverKey(waiver);
    const former = known.find((use) => use.waiver === key);
    // Also where a longer one covers it: what is there to be waived is no waiver that matches nothing.
    const matches = settled.some(({ finding }) => isLive(finding) && isFor(waiver, finding));
    const firstSeenAt = former?.firstSeenAt ?? at;
    const lastMatchedAt = matches ? at : former?.lastMatchedAt;
    const base = {
      waiver: key,
      rule: waiver.rule,
      until: endOf(waiver),
      firstSeenAt,
      ...(lastMatchedAt === undefined ? {} : { lastMatchedAt }),
    };
    if (matches) return { use: base };
    const { unusedSince } = former ?? {};
    if (unusedSince !== undefined) return { use: { ...base, unusedSince } };
    const idle = at - (lastMatchedAt ?? firstSeenAt) >= UNUSED_AFTER && at < endOf(waiver) && seen;
    if (!idle) return { use: base };
    const detail = {
      waiver: key,
      rule: waiver.rule,
      ...(waiver.subject === undefined ? {} : { subject: waiver.subject }),
      until: waiver.until,
    };
    return { use: { ...base, unusedSince: at }, event: { kind: "waiver-unused" as const, detail } };
  });
}

function withDates({ contactBy: _contact, dueAt: _due, ...rest }: FindingRecord, { contactBy, dueAt }: DueDates): FindingRecord {
  return { ...rest, ...(contactBy === undefined ? {} : { contactBy }), ...(dueAt === undefined ? {} : { dueAt }) };
}

function withoutCover({ cover: _ended, ...rest }: FindingRecord): FindingRecord {
  return rest;
}

/** What voids or fulfils a waiver is what moved its finding: the clock and our own policy do that as well as a provider. */
function eventOf(finding: FindingRecord, kind: HistoryEvent["kind"], detail: Readonly<Record<string, unknown>>): HistoryEvent {
  const cause = kind === "waiver-expired" ? "time" : kind === "waiver-withdrawn" ? "config" : finding.cause;
  const { fingerprint, rule, subject } = finding;
  return { fingerprint, kind, cause, detail: { rule, subject, ...detail } };
}

/** A week of nights: they begin some seconds earlier or later than the one before. */
const UNUSED_AFTER = 7 * DAY - HOUR;
