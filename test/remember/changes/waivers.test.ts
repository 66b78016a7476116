import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FindingRecord, WaiverCover } from "../../../src/model/finding.ts";
import type { WaiverUse } from "../../../src/model/history-store.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import type { DeclaredWaiver } from "../../../src/model/integration.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import { applyWaivers, coveringWaiver, endOf, isPutAside, type WaiverInput, waiverKey } from "../../../src/remember/changes/waivers.ts";
import { aFinding, NOON } from "../samples.ts";

const WAIVER: DeclaredWaiver = {
  rule: "certificate/expired",
  subject: "leaf",
  until: "2026-12-31",
  reason: "the contract ends in June",
  by: "ciso",
  kind: "accepted",
};
const END = Date.parse("2027-01-01T00:00:00Z");
const LATER = NOON + 10 * DAY;

/** One run that ends on the state that the run before left. */
function run(finding: FindingRecord, declared: readonly DeclaredWaiver[], at: number, over: Partial<WaiverInput> = {}) {
  const applied = applyWaivers({
    at,
    findings: [finding],
    declared,
    known: [],
    seen: true,
    dueDates: () => ({ contactBy: at + 10 * DAY, dueAt: at + 30 * DAY }),
    ...over,
  });
  return { ...applied, finding: applied.findings[0] ?? finding, kinds: applied.events.map(({ kind }) => kind) };
}

describe("a waiver of the inventory", () => {
  it("covers what it names until its last day has passed, and says once that it ended", () => {
    const covered = run(aFinding(1), [WAIVER], NOON);
    expect(covered.finding.cover).toEqual({ waiver: waiverKey(WAIVER), severity: "high", since: NOON });
    expect(covered.kinds).toEqual([]);
    expect(isPutAside(covered.finding)).toBe(true);
    expect(coveringWaiver(covered.finding, [WAIVER])).toEqual(WAIVER);
    expect(endOf(WAIVER)).toBe(END);
    expect(run(covered.finding, [WAIVER], END - 1).findings).toEqual([]);
    const ended = run(covered.finding, [WAIVER], END);
    expect(ended.events).toMatchObject([{ fingerprint: aFinding(1).fingerprint, kind: "waiver-expired", cause: "time" }]);
    expect(isPutAside(ended.finding)).toBe(false);
    expect(coveringWaiver(ended.finding, [WAIVER])).toBeUndefined();
    expect(run(ended.finding, [WAIVER], END + DAY)).toMatchObject({ kinds: [], findings: [] });
  });

  it("without a subject covers every subject of its rule, and no other rule", () => {
    const { subject: _any, ...wide } = WAIVER;
    expect(isPutAside(run(aFinding(1, { subject: "leaf@eu.acme.example:443" }), [wide], NOON).finding)).toBe(true);
    expect(isPutAside(run(aFinding(1, { subject: "other" }), [WAIVER], NOON).finding)).toBe(false);
    expect(isPutAside(run(aFinding(1, { rule: "certificate/expiring" }), [wide], NOON).finding)).toBe(false);
  });

  it("is void once the severity rises above what was accepted, and stays void until it is written anew", () => {
    const covered = run(aFinding(1), [WAIVER], NOON).finding;
    expect(run({ ...covered, severity: "low" }, [WAIVER], LATER).kinds).toEqual([]);
    const risen = run({ ...covered, severity: "critical", cause: "time" }, [WAIVER], LATER);
    expect(risen.events).toMatchObject([{ kind: "waiver-void", cause: "time", detail: { accepted: "high", now: "critical" } }]);
    expect(isPutAside(risen.finding)).toBe(false);
    const fallen = run({ ...risen.finding, severity: "high" }, [WAIVER], LATER + DAY);
    expect([fallen.kinds, isPutAside(fallen.finding)]).toEqual([[], false]);
    const renewed = run(risen.finding, [{ ...WAIVER, reason: "looked at again: critical is accepted too" }], LATER + DAY);
    expect(renewed.finding.cover).toMatchObject({ severity: "critical", since: LATER + DAY });
  });

  it("that is void is not replaced by another one that stood beside it", () => {
    const { subject: _any, ...wide } = WAIVER;
    const both = [WAIVER, { ...wide, until: "2026-12-24" }];
    const covered = run(aFinding(1), both, NOON);
    const risen = run({ ...covered.finding, severity: "critical" }, both, LATER, { known: covered.uses });
    expect(risen.kinds).toContain("waiver-void");
    const nextNight = run(risen.finding, both, LATER + DAY, { known: risen.uses });
    expect([nextNight.findings, isPutAside(nextNight.finding)]).toEqual([[], false]);
    const fallback = run(risen.finding, both.slice(1), LATER + DAY, { known: risen.uses });
    expect(isPutAside(fallback.finding)).toBe(false);
  });

  it("that was taken out of the file ends without waiting for its date", () => {
    const covered = run(aFinding(1), [WAIVER], NOON).finding;
    const gone = run(covered, [], LATER);
    expect(gone.events).toMatchObject([{ kind: "waiver-withdrawn", cause: "config" }]);
    expect(gone.finding).not.toHaveProperty("cover");
  });

  it("is fulfilled when what it covers is fixed, and covers it no more if it comes back, unless somebody writes it anew", () => {
    const covered = run(aFinding(1), [WAIVER], NOON).finding;
    const fixed = run({ ...covered, presence: "resolved", resolvedAt: LATER, cause: "config" }, [WAIVER], LATER);
    expect(fixed.events).toMatchObject([{ kind: "waiver-fulfilled", cause: "config" }]);
    expect(fixed.finding.cover?.ended).toBe("fulfilled");
    const known = fixed.uses;
    const back = { ...fixed.finding, presence: "open" } as const;
    const again = run(back, [WAIVER], LATER + DAY, { known });
    expect([again.kinds, isPutAside(again.finding)]).toEqual([[], false]);
    const anew = run(back, [{ ...WAIVER, reason: "again" }], LATER + DAY, { known });
    expect([anew.kinds, isPutAside(anew.finding)]).toEqual([[], true]);
    // Also where it was written while nothing had to be accepted, and runs have seen it since.
    const meanwhile = run(fixed.finding, [{ ...WAIVER, reason: "again" }], LATER + HOUR, { known });
    const returned = run({ ...meanwhile.finding, presence: "open" }, [{ ...WAIVER, reason: "again" }], LATER + DAY, {
      known: meanwhile.uses,
    });
    expect([returned.kinds, isPutAside(returned.finding)]).toEqual([[], true]);
  });

  it("goes on covering while nothing is seen, and lets the longest of several cover first", () => {
    const longer = { ...WAIVER, until: "2027-06-30" };
    const covered = run(aFinding(1), [WAIVER, longer], NOON).finding;
    expect(covered.cover?.waiver).toBe(waiverKey(longer));
    expect(run({ ...covered, unobservedSince: NOON }, [WAIVER, longer], END).kinds).toEqual([]);
  });

  it("stops the clock of the due dates", () => {
    const due = { contactBy: NOON + 12 * DAY, dueAt: NOON + 40 * DAY };
    const covered = run(aFinding(1, due), [WAIVER], NOON + 2 * DAY).finding;
    expect([covered.contactBy, covered.dueAt]).toEqual([due.contactBy, due.dueAt]);
    const ended = run(covered, [WAIVER], END);
    expect([(ended.finding.contactBy ?? 0) - END, (ended.finding.dueAt ?? 0) - END]).toEqual([10 * DAY, 30 * DAY]);
    const late = run(aFinding(1, { dueAt: NOON + 5 * DAY, cover: covered.cover as WaiverCover }), [WAIVER], END);
    expect((late.finding.dueAt ?? 0) - END).toBe(10 * DAY);
    const prolonged = run(covered, [{ ...WAIVER, until: "2027-06-30" }], NOON + 20 * DAY).finding;
    const withdrawn = run(prolonged, [], NOON + 25 * DAY).finding;
    expect((withdrawn.contactBy ?? 0) - (NOON + 25 * DAY)).toBe(10 * DAY);
  });
});

describe("what a waiver is good for", () => {
  const useAfter = (at: number, known: readonly WaiverUse[], over: Partial<WaiverInput> = {}) =>
    run(aFinding(1, { subject: "other" }), [WAIVER], at, { known, ...over });

  it("is told once when it has matched nothing for a week, and only if somebody looked", () => {
    const first = useAfter(NOON, []);
    expect(first).toMatchObject({ kinds: [], uses: [{ waiver: waiverKey(WAIVER), firstSeenAt: NOON, until: END }] });
    expect(useAfter(NOON + 7 * DAY - HOUR - 1, first.uses).kinds).toEqual([]);
    expect(useAfter(NOON + 7 * DAY, first.uses, { seen: false }).kinds).toEqual([]);
    const told = useAfter(NOON + 7 * DAY, first.uses);
    expect(told.events).toMatchObject([{ kind: "waiver-unused", detail: { rule: WAIVER.rule, subject: "leaf", until: "2026-12-31" } }]);
    expect(told.uses).toMatchObject([{ unusedSince: NOON + 7 * DAY }]);
    expect(useAfter(NOON + 8 * DAY, told.uses)).toMatchObject({ kinds: [], uses: [{ unusedSince: NOON + 7 * DAY }] });
  });

  it("is not unused where a longer one covers what it is for", () => {
    const longer = { ...WAIVER, until: "2027-06-30" };
    const first = run(aFinding(1), [WAIVER, longer], NOON);
    const later = run(first.finding, [WAIVER, longer], NOON + 9 * DAY, { known: first.uses });
    expect([later.kinds, later.uses.map(({ lastMatchedAt }) => lastMatchedAt)]).toEqual([[], [NOON + 9 * DAY, NOON + 9 * DAY]]);
  });

  it("starts again when it matches", () => {
    const known = [{ waiver: waiverKey(WAIVER), rule: WAIVER.rule, until: END, firstSeenAt: NOON, unusedSince: NOON + 7 * DAY }];
    const [use] = run(aFinding(1), [WAIVER], NOON + 9 * DAY, { known }).uses;
    expect(use).toEqual({ waiver: waiverKey(WAIVER), rule: WAIVER.rule, until: END, firstSeenAt: NOON, lastMatchedAt: NOON + 9 * DAY });
  });
});

describe("a decision in history", () => {
  const decision = { by: "ciso", reason: "r", at: NOON, until: NOON + 5 * DAY, severity: "high" } as const;
  const accepted = aFinding(1, { triage: "accepted", decision });

  it("ends when its time is over, while the finding is open", () => {
    expect(run(accepted, [], NOON + 5 * DAY - 1).ended).toEqual([]);
    const ended = run(accepted, [], NOON + 5 * DAY);
    expect(ended.ended).toEqual([{ fingerprint: accepted.fingerprint, decidedAt: NOON, why: "expired" }]);
    expect(ended.events).toMatchObject([{ kind: "waiver-expired", detail: { triage: "accepted", by: "ciso" } }]);
    expect(ended.finding.triage).toBe("none");
    expect(ended.finding).not.toHaveProperty("decision");
  });

  it("is void when the severity rises, and fulfilled when the finding is fixed", () => {
    expect(run({ ...accepted, severity: "critical" }, [], LATER - 8 * DAY).kinds).toEqual(["waiver-void"]);
    expect(run({ ...accepted, presence: "resolved" }, [], LATER).kinds).toEqual(["waiver-fulfilled"]);
    const falseAlarm = { ...accepted, triage: "false_positive" as const };
    expect(run({ ...falseAlarm, presence: "resolved" }, [], LATER)).toMatchObject({ kinds: [], ended: [] });
  });

  it.each(["acknowledged", "disputed", "fixing"] as const)("%s puts nothing aside and never ends by itself", (triage) => {
    const noted = { ...accepted, triage, severity: "critical" as const };
    expect(isPutAside(noted)).toBe(false);
    expect(run(noted, [], NOON + 900 * DAY)).toMatchObject({ kinds: [], ended: [], findings: [] });
  });

  it("does not matter while the file says more", () => {
    const both = run(accepted, [WAIVER], NOON).finding;
    const afterwards = run(both, [WAIVER], NOON + 5 * DAY);
    expect(afterwards.ended).toMatchObject([{ why: "expired" }]);
    expect(isPutAside(afterwards.finding)).toBe(true);
  });
});

describe("whatever is declared and decided", () => {
  const finding = fc
    .record({
      presence: fc.constantFrom("suspect", "open", "clearing", "resolved", "retired"),
      severity: fc.constantFrom(...SEVERITIES),
      triage: fc.constantFrom("none", "acknowledged", "accepted", "false_positive", "not_applicable", "disputed"),
      days: fc.integer({ min: 1, max: 60 }),
    })
    .map(({ triage, days, ...over }) =>
      aFinding(1, {
        ...over,
        triage,
        ...(triage === "none" ? {} : { decision: { by: "b", reason: "r", at: NOON, until: NOON + days * DAY, severity: "medium" } }),
      }),
    );
  const declared = fc.subarray([WAIVER, { ...WAIVER, until: "2026-11-30" }, { ...WAIVER, rule: "certificate/expiring" }]);

  it("(g) the machine ends decisions and makes none; every end has its event; the second look changes nothing", () => {
    fc.assert(
      fc.property(finding, declared, fc.integer({ min: 0, max: 90 }), (before, waivers, days) => {
        const at = NOON + days * DAY;
        const once = run(before, waivers, at);
        if (once.finding.triage !== before.triage) {
          expect(once.finding.triage).toBe("none");
          expect(once.ended).toHaveLength(1);
          expect(once.kinds.filter((kind) => kind.startsWith("waiver-")).length).toBeGreaterThan(0);
        }
        expect(once.finding.presence).toBe(before.presence);
        const again = run(once.finding, waivers, at, { known: once.uses });
        expect([again.findings, again.ended, again.events]).toEqual([[], [], []]);
      }),
    );
  });
});
