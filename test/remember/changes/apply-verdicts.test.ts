import { describe, expect, it } from "vitest";
import type { ChangeKind, FindingRecord, VerdictRecord } from "../../../src/model/finding.ts";
import { isRegression } from "../../../src/model/finding.ts";
import { fingerprint } from "../../../src/model/fingerprint.ts";
import type { IntegrationKnowledge } from "../../../src/model/history-store.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import type { Severity } from "../../../src/model/severity.ts";
import { applyVerdicts } from "../../../src/remember/changes/apply-verdicts.ts";
import type { Rejudge } from "../../../src/remember/changes/old-evidence.ts";
import { retire } from "../../../src/remember/changes/retire.ts";
import { isUnstable } from "../../../src/remember/changes/steadiness.ts";
import { ACME, erring, failing, NOON, NOTHING_KNOWN, notApplicable, passing, ulid, unobserved } from "../samples.ts";
import { afterwards, apply, knowing } from "./memory.ts";

const NOTHING = { findings: [], dropped: [], changes: [], events: [] };
const PRINT = fingerprint(ACME.uid, "certificate/expired", "leaf");

/** What happens to a finding that `first` opened or not, when `second` follows. */
function flip(
  first: VerdictRecord,
  second: VerdictRecord,
  rejudged?: { verdict: VerdictRecord["verdict"]; severity?: Severity; outcome?: string },
) {
  const { findings, changes } = apply(2, [second], knowing(1, [first]), { rejudge: () => rejudged });
  return { finding: findings[0], change: changes[0], count: changes.length };
}

/** What happens to a finding that `first` opened when `second` is seen on two days. */
function mended(first: VerdictRecord, second: VerdictRecord, rejudged?: { verdict: VerdictRecord["verdict"]; severity?: Severity }) {
  const injected = { rejudge: () => rejudged };
  const clearing = apply(2, [second], knowing(1, [first]), injected);
  const { findings, changes } = apply(3, [second], afterwards(2, [second], knowing(1, [first]), injected));
  return { clearing, finding: findings[0], change: changes[0] };
}

describe("the first audit of an integration", () => {
  it("opens findings and reports no change", () => {
    const { findings, changes, events } = apply(1, [failing(), passing({ subject: "other" })], NOTHING_KNOWN, {
      dueDates: () => ({ contactBy: NOON + 30 * DAY, dueAt: NOON + 90 * DAY }),
    });
    expect(changes).toEqual([]);
    expect(findings).toEqual([
      {
        fingerprint: PRINT,
        integrationUid: ACME.uid,
        integrationId: "acme",
        rule: "certificate/expired",
        ruleRevision: 1,
        subject: "leaf",
        presence: "open",
        triage: "none",
        severity: "high",
        outcome: "expired",
        title: "The certificate has expired",
        message: "It ended. (high)",
        confidence: 0.99,
        cause: "target",
        streak: 0,
        flaps: [],
        reopened: 0,
        firstSeenAt: NOON + DAY,
        openedAt: NOON + DAY,
        lastSeenAt: NOON + DAY,
        blindRuns: 0,
        contactBy: NOON + 30 * DAY,
        dueAt: NOON + 90 * DAY,
        lastRunApplied: ulid(1),
      } satisfies FindingRecord,
    ]);
    expect(events).toMatchObject([{ fingerprint: PRINT, kind: "opened", cause: "target" }]);
  });
});

describe("kinds", () => {
  it("new: what passed fails, because the provider changed", () => {
    const { change, finding, count } = flip(passing({ evidence: "old" }), failing("high", { evidence: "young" }));
    expect(count).toBe(1);
    expect(change).toEqual({
      fingerprint: PRINT,
      integration: "acme",
      rule: "certificate/expired",
      subject: "leaf",
      kind: "new",
      cause: "target",
      before: { verdict: "pass", outcome: "valid" },
      after: { verdict: "fail", outcome: "expired", severity: "high", presence: "open" },
    });
    expect(finding).toMatchObject({ presence: "open", cause: "target", openedAt: NOON + 2 * DAY });
  });

  it("worse and improved: the severity moved", () => {
    expect(flip(failing("high"), failing("critical", { evidence: "young" })).change).toMatchObject({
      kind: "worse",
      cause: "target",
      before: { severity: "high", presence: "open" },
      after: { severity: "critical" },
    });
    const improved = flip(failing("high"), failing("low", { evidence: "young" }));
    expect(improved.change).toMatchObject({ kind: "improved", cause: "target" });
    expect(improved.finding).toMatchObject({ severity: "low", presence: "open" });
  });

  it("changed: another outcome of the same severity; nothing for other words or other evidence alone", () => {
    expect(flip(failing(), failing("high", { outcome: "revoked" })).change).toMatchObject({ kind: "changed", cause: "time" });
    expect(flip(failing(), { ...failing("high", { evidence: "young" }), message: "It ended long ago." })).toMatchObject({
      count: 0,
      finding: { message: "It ended long ago.", lastSeenAt: NOON + 2 * DAY },
    });
  });

  it.each([
    ["pass", passing({ evidence: "young" })],
    ["not-applicable", notApplicable({ evidence: "young" })],
  ])("resolved, when it was seen twice: %s", (_verdict, verdict) => {
    const { clearing, change, finding } = mended(failing(), verdict);
    expect(clearing.changes).toEqual([]);
    expect(clearing.events).toMatchObject([{ fingerprint: PRINT, kind: "clearing", cause: "target" }]);
    expect(clearing.findings).toMatchObject([{ presence: "clearing", streak: 1, cause: "target", lastSeenAt: NOON + DAY }]);
    expect(change).toMatchObject({ kind: "resolved", cause: "target", before: { presence: "clearing" }, after: { presence: "resolved" } });
    expect(finding).toMatchObject({ presence: "resolved", resolvedAt: NOON + 3 * DAY, lastSeenAt: NOON + DAY });
  });

  it("resolved at once, where the old evidence passes by now too", () => {
    const { change, finding } = flip(failing(), passing({ config: "c2" }), { verdict: "pass" });
    expect(change).toMatchObject({ kind: "resolved", before: { presence: "open" } });
    expect(finding).toMatchObject({ presence: "resolved", resolvedAt: NOON + 2 * DAY });
    expect(finding).not.toHaveProperty("streakAt");
  });

  it("reopened: it was resolved, and fails again", () => {
    const resolved = afterwards(
      3,
      [passing({ evidence: "mended" })],
      afterwards(2, [passing({ evidence: "mended" })], knowing(1, [failing()])),
    );
    const { findings, changes } = apply(4, [failing("high", { evidence: "broken" })], resolved);
    expect(changes).toMatchObject([{ kind: "reopened", cause: "target", before: { verdict: "pass", presence: "resolved" } }]);
    expect(findings).toMatchObject([{ presence: "open", reopened: 1, firstSeenAt: NOON + DAY, openedAt: NOON + 4 * DAY }]);
    expect(findings[0]).not.toHaveProperty("resolvedAt");
  });

  it.each([
    ["unobserved", unobserved()],
    ["error", erring()],
  ])("lost-sight once and only when that lasts, regained-sight once: %s", (_verdict, blind) => {
    const open = knowing(1, [failing()]);
    let known = open;
    for (const n of [2, 3, 4, 5, 6, 7, 8]) {
      const { changes, findings, events } = apply(n, [blind], known);
      expect([changes, events]).toEqual([[], []]);
      expect(findings).toMatchObject([{ presence: "open", unobservedSince: NOON + 2 * DAY, blindRuns: n - 1, lastSeenAt: NOON + DAY }]);
      known = afterwards(n, [blind], known);
    }
    const lost = apply(9, [blind], known);
    expect(lost.changes).toMatchObject([{ kind: "lost-sight", before: { verdict: "fail" }, after: { presence: "open" } }]);
    expect(lost.findings).toMatchObject([{ presence: "open", staleSince: NOON + 9 * DAY, lastSeenAt: NOON + DAY }]);
    const stale = afterwards(9, [blind], known);
    expect(apply(10, [blind], stale).changes).toEqual([]);
    const back = apply(11, [failing()], afterwards(10, [blind], stale));
    expect(back.changes).toMatchObject([{ kind: "regained-sight", cause: "target" }]);
    for (const gone of ["unobservedSince", "staleSince"]) expect(back.findings[0]).not.toHaveProperty(gone);
    expect(back.findings).toMatchObject([{ presence: "open", openedAt: NOON + DAY, cause: "target", blindRuns: 0 }]);
    expect(apply(11, [passing({ evidence: "mended" })], stale).changes).toMatchObject([
      { kind: "regained-sight", after: { presence: "clearing" } },
    ]);
  });

  it("a few blind runs within hours are not lost sight, and neither are two that are a fortnight apart", () => {
    const at = (n: number, hours: number, known: IntegrationKnowledge) => ({ n, at: NOON + DAY + hours * HOUR, known });
    const blindRun = ({ n, at: when, known }: ReturnType<typeof at>) =>
      applyVerdicts({
        run: ulid(n),
        at: when,
        integration: { uid: ACME.uid, id: ACME.id },
        verdicts: [unobserved()],
        knowledge: known,
        rejudge: () => undefined,
      });
    let known = knowing(1, [failing()]);
    for (let n = 2; n < 30; n += 1) {
      const { changes, findings } = blindRun(at(n, n, known));
      expect(changes).toEqual([]);
      known = { ...known, findings };
    }
    const once = { ...knowing(1, [failing()]), findings: blindRun(at(2, 24, knowing(1, [failing()]))).findings };
    expect(blindRun(at(3, 24 * 15, once)).changes).toEqual([]);
    // The eighth night is a week after the first, also where it begins a minute earlier in the day.
    const twice = { ...once, findings: blindRun(at(3, 24 * 4, once)).findings };
    expect(blindRun(at(4, 24 * 8 - 1 / 60, twice)).changes).toMatchObject([{ kind: "lost-sight" }]);
  });

  it("says what matters most when sight comes back with a difference", () => {
    const lost = afterwards(2, [unobserved()], knowing(1, [failing("medium")]));
    expect(apply(3, [failing("high", { evidence: "young" })], lost).changes).toMatchObject([{ kind: "worse", cause: "target" }]);
    expect(apply(3, [passing({ evidence: "young" })], lost).events).toMatchObject([{ kind: "clearing", cause: "target" }]);
  });

  it("nothing for a question that passed and is out of sight, and nothing for one that was not asked", () => {
    expect(apply(2, [unobserved()], knowing(1, [passing()]))).toEqual(NOTHING);
    expect(apply(2, [], knowing(1, [failing()]))).toEqual(NOTHING);
  });
});

describe("causes", () => {
  const cases: readonly (readonly [
    what: string,
    after: Parameters<typeof failing>[1],
    rejudged: VerdictRecord["verdict"] | undefined,
    cause: string,
    kind: ChangeKind,
  ])[] = [
    ["only the evidence differs", { evidence: "young" }, undefined, "target", "new"],
    ["nothing differs but the clock", {}, undefined, "time", "new"],
    ["only the rules differ, and old evidence fails too", { rules: "r2" }, "fail", "rules", "newly-detected"],
    ["the rules differ, old evidence passes, evidence differs", { rules: "r2", evidence: "young" }, "pass", "target", "new"],
    ["the rules differ, old evidence passes, evidence is the same", { rules: "r2" }, "pass", "time", "new"],
    ["rules and evidence differ, old evidence fails too", { rules: "r2", evidence: "young" }, "fail", "rules", "newly-detected"],
    ["rules and evidence differ, old evidence is gone", { rules: "r2", evidence: "young" }, undefined, "rules", "newly-detected"],
    ["rules and evidence differ, old evidence is too old", { rules: "r2", evidence: "young" }, "unobserved", "rules", "newly-detected"],
    ["only the configuration differs, and old evidence fails too", { config: "c2" }, "fail", "config", "newly-detected"],
    ["configuration and evidence differ, old evidence fails too", { config: "c2", evidence: "young" }, "fail", "config", "newly-detected"],
    ["configuration and evidence differ, old evidence passes", { config: "c2", evidence: "young" }, "pass", "target", "new"],
    ["configuration and evidence differ, old evidence is gone", { config: "c2", evidence: "young" }, undefined, "config", "newly-detected"],
    ["configuration and evidence differ, it was not asked", { config: "c2", evidence: "young" }, "unobserved", "config", "newly-detected"],
    ["configuration and evidence differ, judging throws", { config: "c2", evidence: "young" }, "error", "config", "newly-detected"],
    ["the configuration differs, old evidence passes, evidence is the same", { config: "c2" }, "pass", "time", "new"],
    ["configuration and rules differ, old evidence fails too", { config: "c2", rules: "r2" }, "fail", "config", "newly-detected"],
    ["configuration, rules and evidence differ", { config: "c2", rules: "r2", evidence: "young" }, "pass", "target", "new"],
    ["tool and everything else differs", { tool: "t2", config: "c2", rules: "r2", evidence: "young" }, "pass", "tool", "newly-detected"],
    ["only the tool differs", { tool: "t2" }, undefined, "tool", "newly-detected"],
  ];
  it.each(cases)("%s", (_what, after, rejudged, cause, kind) => {
    const { change, finding } = flip(passing(), failing("high", after), rejudged && { verdict: rejudged });
    expect(change).toMatchObject({ cause, kind });
    expect(change && isRegression(change)).toBe(kind === "new");
    expect(finding?.cause).toBe(cause);
  });

  it("a finding that our own change brings back is newly detected, not reopened", () => {
    const clearing = afterwards(2, [passing({ evidence: "mended" })], knowing(1, [failing()]));
    const resolved = afterwards(3, [passing({ evidence: "mended" })], clearing);
    expect(apply(4, [failing("high", { evidence: "mended", tool: "t2" })], resolved).changes).toMatchObject([
      { kind: "newly-detected", cause: "tool" },
    ]);
  });

  it.each(["critical", undefined] as const)("a severity that policy raised is worse, and no regression (%s)", (severity) => {
    const rejudged = { verdict: "fail" as const, ...(severity === undefined ? {} : { severity }) };
    const { change } = flip(failing("low"), failing("critical", { config: "c2", evidence: "young" }), rejudged);
    expect(change).toMatchObject({ kind: "worse", cause: "config" });
    expect(change && isRegression(change)).toBe(false);
  });

  it.each([
    ["as it was then", failing().outcome, "target"],
    ["as it is now", "another", "rules"],
  ])("another reason to fail, of equal severity, where the old evidence fails %s", (_, outcome, cause) => {
    const after = failing("high", { rules: "r2", evidence: "young" });
    const { change } = flip(failing(), { ...after, outcome: "another" }, { verdict: "fail", severity: "high", outcome });
    expect(change).toMatchObject({ kind: "changed", cause });
  });

  it("a severity that policy would not have raised for the old evidence is the provider's", () => {
    const { change } = flip(failing("low"), failing("critical", { config: "c2", evidence: "young" }), {
      verdict: "fail",
      severity: "high",
    });
    expect(change).toMatchObject({ kind: "worse", cause: "target" });
  });

  it("what was declared away was resolved by us, and what the provider mended was not", () => {
    const after = passing({ config: "c2", evidence: "young" });
    expect(flip(failing(), after, { verdict: "not-applicable" }).change).toMatchObject({ kind: "resolved", cause: "config" });
    expect(mended(failing(), after, { verdict: "fail" }).change).toMatchObject({ kind: "resolved", cause: "target" });
  });

  it("a severity that new rules raised is theirs only if they raise it for the old evidence too", () => {
    const after = failing("critical", { rules: "r2", evidence: "young" });
    expect(flip(failing("low"), after, { verdict: "fail", severity: "critical" }).change).toMatchObject({ kind: "worse", cause: "rules" });
    expect(flip(failing("low"), after, { verdict: "fail", severity: "low" }).change).toMatchObject({ kind: "worse", cause: "target" });
  });

  it("what new rules no longer mind was resolved by them, unless they mind the old evidence", () => {
    const after = passing({ rules: "r2", evidence: "young" });
    expect(flip(failing(), after, { verdict: "pass" }).change).toMatchObject({ kind: "resolved", cause: "rules" });
    expect(mended(failing(), after, { verdict: "fail" }).change).toMatchObject({ kind: "resolved", cause: "target" });
  });

  describe("when the evidence differs for another reason than the verdict", () => {
    const moved = (before: VerdictRecord, after: VerdictRecord, now: ReturnType<Rejudge>, then?: ReturnType<Rejudge>) =>
      apply(2, [after], knowing(1, [before]), { rejudge: () => then, rejudgeNow: () => now }).changes;
    const young = { evidence: "young" };

    it.each<[string, VerdictRecord, VerdictRecord, ReturnType<Rejudge>, string, ChangeKind]>([
      ["old evidence fails by now", passing(), failing("low", young), { verdict: "fail", severity: "low" }, "time", "new"],
      ["it fails by now, and less", passing(), failing("high", young), { verdict: "fail", severity: "low" }, "target", "new"],
      ["it passes still", passing(), failing("low", young), { verdict: "pass" }, "target", "new"],
      ["a nearer end", failing("low"), failing("high", young), { verdict: "fail", severity: "high" }, "time", "worse"],
      ["an end brought forward", failing("low"), failing("high", young), { verdict: "fail", severity: "low" }, "target", "worse"],
      ["an end that is over", failing(), notApplicable(young), { verdict: "not-applicable" }, "time", "resolved"],
      ["old evidence is gone", passing(), failing("low", young), undefined, "target", "new"],
      ["old evidence did not show it", passing(), failing("low", young), { verdict: "unobserved" }, "target", "new"],
      ["the same evidence, forgotten", passing(), failing("low"), undefined, "time", "new"],
    ])("%s", (_what, before, after, now, cause, kind) => {
      expect(moved(before, after, now)).toMatchObject([{ cause, kind }]);
    });

    it("our own change comes first where it explains as much, and the clock where it does not", () => {
      const after = failing("low", { config: "c2", rules: "r2", evidence: "young" });
      const fails = { verdict: "fail", severity: "low" } as const;
      expect(moved(passing(), after, fails, fails)).toMatchObject([{ cause: "config", kind: "newly-detected" }]);
      expect(moved(passing(), after, fails, { verdict: "pass" })).toMatchObject([{ cause: "time", kind: "new" }]);
    });

    it("a rule that nobody asked before is no news of the provider either", () => {
      const other = passing({ rule: "header/version-disclosure", subject: "headers" });
      const asked = (now: ReturnType<Rejudge>) =>
        apply(2, [failing()], knowing(1, [other]), { rejudge: () => ({ verdict: "pass" }), rejudgeNow: () => now }).changes;
      expect(asked({ verdict: "fail", severity: "high" })).toMatchObject([{ cause: "time" }]);
      expect(asked({ verdict: "pass" })).toMatchObject([{ cause: "target" }]);
    });

    it("asks about the question itself", () => {
      const asked: string[][] = [];
      const rejudge: Rejudge = (rule, subject) => {
        asked.push([rule, subject]);
        return { verdict: "pass" };
      };
      apply(2, [failing("high", { config: "c2", ...young })], knowing(1, [passing()]), { rejudge, rejudgeNow: rejudge });
      expect(asked).toEqual([
        ["certificate/expired", "leaf"],
        ["certificate/expired", "leaf"],
      ]);
    });
  });

  it("compares over nights without sight with the last thing that was known", () => {
    const blind = afterwards(2, [unobserved("rate_limited", { config: "c2" })], knowing(1, [passing()]));
    expect(apply(3, [failing("high", { config: "c2", evidence: "young" })], blind).changes).toMatchObject([
      { cause: "config", kind: "newly-detected" },
    ]);
  });

  it("a rule that is new finds what was there before, unless the old evidence passes", () => {
    const known = knowing(1, [passing({ rule: "header/version-disclosure", subject: "server" })]);
    expect(apply(2, [failing()], known).changes).toMatchObject([{ kind: "newly-detected", cause: "rules", before: {} }]);
    expect(apply(2, [failing()], known, { rejudge: () => ({ verdict: "pass" }) }).changes).toMatchObject([
      { kind: "new", cause: "target" },
    ]);
  });

  it("a new subject of a rule that was asked before is the provider's doing", () => {
    const field = (subject: string, wish = {}) => failing("medium", { rule: "data/sensitive-field-undeclared", subject, ...wish });
    const [known, young] = ["endpoint:list#$.a#email", "endpoint:list#$.b#iban"] as const;
    const seen = knowing(1, [field(known)]);
    expect(apply(2, [field(known), field(young)], seen).changes).toMatchObject([{ subject: young, kind: "new", cause: "target" }]);
    expect(apply(2, [field(young, { tool: "t2" })], seen).changes).toMatchObject([{ kind: "newly-detected", cause: "tool" }]);
  });

  it("lends the hashes of the same place, where there are any", () => {
    const field = (subject: string, wish = {}) => passing({ rule: "data/secret-in-response", subject, ...wish });
    const elsewhere = { ...field("endpoint:a", { config: "c0" }), evidence: [] };
    const [known, young] = [knowing(1, [elsewhere, field("endpoint:b")]), "endpoint:b#$.key#api_key"];
    const leak = failing("critical", { rule: "data/secret-in-response", subject: young });
    expect(apply(2, [leak], known).changes).toMatchObject([{ kind: "new", cause: "target" }]);
    expect(apply(2, [leak], knowing(1, [elsewhere])).changes).toMatchObject([{ kind: "newly-detected", cause: "config" }]);
  });

  it("what was never seen before is newly detected, whoever was in the way", () => {
    const never = knowing(1, [passing({ subject: "leaf@eu.acme.example:443" }), unobserved("connection_reset")]);
    expect(apply(2, [failing()], never).changes).toMatchObject([
      { kind: "newly-detected", cause: "target", before: { verdict: "unobserved" } },
    ]);
  });

  it.each([
    ["connect_timeout", "target"],
    ["rate_limited", "target"],
    ["credential_not_bound", "config"],
    ["budget_exhausted", "tool"],
    ["captive_portal", "tool"],
    ["interrupted", "tool"],
  ] as const)("sight lost with %s is blamed on %s", (reason, cause) => {
    const known = [2, 3].reduce((before, n) => afterwards(n, [unobserved(reason)], before), knowing(1, [failing()]));
    expect(apply(10, [unobserved(reason)], known).changes).toMatchObject([{ kind: "lost-sight", cause }]);
  });
});

describe("suspects", () => {
  const twice = { confirmationOf: () => ({ open: 2, resolve: 2 }) };
  const young = { evidence: "young" };
  const suspected = afterwards(2, [failing("high", young)], knowing(1, [passing()]), twice);

  it("are no change until they are seen again", () => {
    const first = apply(2, [failing("high", young)], knowing(1, [passing()]), twice);
    expect(first.changes).toEqual([]);
    expect(first.events).toMatchObject([{ fingerprint: PRINT, kind: "suspected", cause: "target" }]);
    expect(first.findings).toMatchObject([{ presence: "suspect", streak: 1, opensAs: "new" }]);
    expect(first.findings[0]).not.toHaveProperty("openedAt");
    const second = apply(3, [failing("high", young)], suspected, twice);
    expect(second.changes).toMatchObject([{ kind: "new", cause: "target", before: { presence: "suspect" }, after: { presence: "open" } }]);
    expect(second.findings).toMatchObject([{ presence: "open", openedAt: NOON + 3 * DAY, firstSeenAt: NOON + 2 * DAY }]);
    for (const gone of ["opensAs", "streakAt"]) expect(second.findings[0]).not.toHaveProperty(gone);
  });

  it("are forgotten when they pass, and stay what they are when they cannot be seen", () => {
    expect(apply(3, [passing()], suspected, twice)).toMatchObject({
      findings: [],
      dropped: [PRINT],
      changes: [],
      events: [{ fingerprint: PRINT, kind: "unconfirmed" }],
    });
    const blind = afterwards(3, [unobserved()], suspected, twice);
    expect(blind.findings).toMatchObject([{ presence: "suspect", streak: 1 }]);
    const longBlind = [4, 5, 20].reduce((known, n) => afterwards(n, [unobserved()], known, twice), blind);
    expect(apply(30, [unobserved()], longBlind, twice).changes).toEqual([]);
    expect(apply(31, [failing("high", young)], longBlind, twice).changes).toMatchObject([{ kind: "new" }]);
  });

  it("are not confirmed by the same evidence again, or within the hour", () => {
    const observedAt = () => NOON + 2 * DAY;
    const again = apply(3, [failing("high", young)], suspected, { ...twice, observedAt });
    expect(again.findings).toMatchObject([{ presence: "suspect", streak: 1 }]);
    const soon = { ...twice, observedAt: () => NOON + 2 * DAY + HOUR - 1 };
    expect(apply(3, [failing("high", young)], suspected, soon).findings).toMatchObject([{ presence: "suspect" }]);
    const later = { ...twice, observedAt: () => NOON + 2 * DAY + HOUR };
    expect(apply(3, [failing("high", young)], suspected, later).findings).toMatchObject([{ presence: "open" }]);
  });

  it("that our own change brought are newly detected when they are confirmed, and silent after a first audit", () => {
    const ours = afterwards(2, [failing("high", { tool: "t2" })], knowing(1, [passing()]), twice);
    expect(apply(3, [failing("high", { tool: "t2" })], ours, twice).changes).toMatchObject([{ kind: "newly-detected", cause: "tool" }]);
    const first = knowing(1, [failing()], twice);
    expect(first.findings).toMatchObject([{ presence: "suspect" }]);
    const confirmed = apply(2, [failing()], first, twice);
    expect([confirmed.changes, confirmed.events]).toMatchObject([[], [{ kind: "opened", cause: "target" }]]);
  });

  it("that were open before go back to resolved, and reopen when they are confirmed", () => {
    const mended = passing({ evidence: "mended" });
    const open = afterwards(3, [failing("high", young)], suspected, twice);
    const resolved = [4, 5].reduce((known, n) => afterwards(n, [mended], known, twice), open);
    expect(resolved.findings).toMatchObject([{ presence: "resolved" }]);
    const again = afterwards(6, [failing("high", young)], resolved, twice);
    expect(again.findings).toMatchObject([{ presence: "suspect", opensAs: "reopened" }]);
    const back = apply(7, [mended], again, twice);
    expect(back.findings).toMatchObject([{ presence: "resolved", reopened: 0, resolvedAt: NOON + 5 * DAY }]);
    expect(apply(7, [failing("high", young)], again, twice).changes).toMatchObject([{ kind: "reopened", cause: "target" }]);
  });
});

describe("clearing", () => {
  const young = passing({ evidence: "young" });
  const clearing = afterwards(2, [young], knowing(1, [failing()]));
  const resolvesWith = (hours: number) =>
    apply(3, [young], clearing, { observedAt: () => NOON + 2 * DAY + hours * HOUR }).findings.map(({ presence }) => presence);

  it("takes half a day between the two sights, of evidence and not of runs", () => {
    expect(resolvesWith(0)).toEqual(["clearing"]);
    expect(resolvesWith(11.99)).toEqual(["clearing"]);
    expect(resolvesWith(12)).toEqual(["resolved"]);
  });

  it("waits while nothing can be seen", () => {
    const blind = afterwards(3, [unobserved()], clearing);
    expect(blind.findings).toMatchObject([{ presence: "clearing", streak: 1 }]);
    expect(apply(4, [young], blind).changes).toMatchObject([{ kind: "resolved", cause: "target" }]);
  });

  it("ends with a failure, which is no news, and counts as a flap", () => {
    const back = apply(3, [failing("high", { evidence: "old again" })], clearing);
    expect(back.changes).toEqual([]);
    expect(back.events).toMatchObject([{ kind: "relapsed", cause: "target" }]);
    expect(back.findings).toMatchObject([{ presence: "open", flaps: [NOON + 3 * DAY], openedAt: NOON + DAY }]);
    expect(apply(3, [failing("critical", { evidence: "worse" })], clearing).changes).toMatchObject([{ kind: "worse" }]);
  });

  it("a host that shows two sides in turn never resolves, and is unstable before long", () => {
    const sides = Array.from({ length: 8 }, (_, turn) => (turn % 2 === 0 ? young : failing("high", { evidence: "old side" })));
    const known = sides.reduce(
      (before, side, turn) => {
        expect(apply(turn + 2, [side], before).changes).toEqual([]);
        return afterwards(turn + 2, [side], before);
      },
      knowing(1, [failing()]),
    );
    const [finding] = known.findings;
    expect(finding && isUnstable(finding, NOON + 10 * DAY)).toBe(true);
    expect(finding && isUnstable(finding, NOON + 40 * DAY)).toBe(false);
  });

  it("a rule may be content with one sight", () => {
    const once = { confirmationOf: () => ({ open: 1, resolve: 1 }) };
    expect(apply(2, [young], knowing(1, [failing()]), once).changes).toMatchObject([{ kind: "resolved" }]);
  });
});

describe("evidence that differs under the same outcome", () => {
  const told = (summary: string, evidence: string): VerdictRecord => {
    const verdict = failing("high", { evidence });
    return { ...verdict, evidence: verdict.evidence.map((piece) => ({ ...piece, summary })) };
  };

  it("is logged where a reader would see another fact, and nowhere else", () => {
    const known = knowing(1, [told("notAfter 2026-11-01", "e1")]);
    const other = apply(2, [told("notAfter 2026-11-09", "e2")], known);
    expect(other.changes).toEqual([]);
    expect(other.events).toEqual([
      {
        fingerprint: PRINT,
        kind: "evidence-changed",
        cause: "target",
        detail: { facts: { before: ["notAfter 2026-11-01"], after: ["notAfter 2026-11-09"] } },
      },
    ]);
    expect(apply(2, [told("notAfter 2026-11-01", "e2")], known).events).toEqual([]);
  });
});

describe("findings that were retired", () => {
  const retired = (why: "integration_removed" | "rule_off" | "rule_removed", known: IntegrationKnowledge): IntegrationKnowledge => ({
    ...known,
    findings: retire(known.findings, ulid(2), () => why).findings,
  });

  it.each([
    ["integration_removed", "config"],
    ["rule_off", "config"],
    ["rule_removed", "rules"],
  ] as const)("%s: come back as newly detected, blamed on %s, whatever the evidence", (why, cause) => {
    const gone = retired(why, knowing(1, [failing()]));
    expect(gone.findings).toMatchObject([{ presence: "retired", retired: why, cause }]);
    const back = apply(3, [failing("high", { evidence: "young" })], gone);
    expect(back.changes).toMatchObject([{ kind: "newly-detected", cause }]);
    expect(back.findings).toMatchObject([{ presence: "open", reopened: 0, firstSeenAt: NOON + DAY }]);
    expect(back.findings[0]).not.toHaveProperty("retired");
    expect(apply(3, [unobserved()], gone)).toEqual(NOTHING);
  });

  it("are over when they are seen to be well again, and what fails after that is news", () => {
    const gone = retired("rule_off", knowing(1, [failing()]));
    const well = apply(3, [passing({ evidence: "young" })], gone);
    expect(well.changes).toMatchObject([{ kind: "resolved", cause: "config", before: { presence: "retired" } }]);
    expect(well.findings).toMatchObject([{ presence: "resolved", resolvedAt: NOON + 3 * DAY }]);
    expect(well.findings[0]).not.toHaveProperty("retired");
    const known = afterwards(3, [passing({ evidence: "young" })], gone);
    expect(apply(4, [failing("high", { evidence: "new" })], known).changes).toMatchObject([{ kind: "reopened", cause: "target" }]);
  });

  it("are retired once, with an event, and only while they are live", () => {
    const open = knowing(1, [failing()]);
    const { events } = retire(open.findings, ulid(2), () => "rule_off");
    expect(events).toMatchObject([{ fingerprint: PRINT, kind: "retired", cause: "config", detail: { why: "rule_off" } }]);
    expect(retire(retired("rule_off", open).findings, ulid(3), () => "rule_off")).toEqual({ findings: [], events: [] });
    expect(retire(open.findings, ulid(3), () => undefined)).toEqual({ findings: [], events: [] });
  });
});

describe("due dates", () => {
  const days = { critical: 7, high: 30, medium: 90, low: 180, info: 365 };
  const dueFrom = (start: number) => (verdict: VerdictRecord) => {
    const whole = days[verdict.severity ?? "info"] * DAY;
    return { contactBy: start + whole / 3, dueAt: start + whole };
  };
  const dueAfter = (n: number, verdict: VerdictRecord) => {
    const known = knowing(1, [failing("medium")], { dueDates: dueFrom(NOON) });
    const finding = apply(n, [verdict], known, { dueDates: dueFrom(NOON + n * DAY) }).findings[0];
    return [finding?.contactBy, finding?.dueAt].map((date) => ((date ?? 0) - NOON) / DAY);
  };

  it("are fixed when a finding opens, and move only with its severity", () => {
    expect(dueAfter(5, failing("medium"))).toEqual([30, 90]);
    expect(dueAfter(5, failing("high"))).toEqual([15, 35]);
    expect(dueAfter(5, failing("low"))).toEqual([65, 185]);
    expect(dueAfter(99, failing("critical"))).toEqual([30, 90]);
  });

  it("run on while nothing is seen", () => {
    const known = knowing(1, [failing("medium")], { dueDates: dueFrom(NOON) });
    const blind = [2, 3, 4].reduce((before, n) => afterwards(n, [unobserved()], before), known);
    expect(blind.findings).toMatchObject([{ dueAt: NOON + 90 * DAY }]);
  });

  it("leave what was left when a finding comes back, and a third of the time at least", () => {
    const reopenedAfter = (passes: number) => {
      const known = knowing(1, [failing("medium")], { dueDates: dueFrom(NOON) });
      const mended = passing({ evidence: "mended" });
      const resolved = [passes - 1, passes].reduce((before, n) => afterwards(n, [mended], before), known);
      const again = apply(200, [failing("medium", { evidence: "broken" })], resolved, { dueDates: dueFrom(NOON + 200 * DAY) });
      return ((again.findings[0]?.dueAt ?? 0) - NOON) / DAY - 200;
    };
    expect(reopenedAfter(11)).toBe(79);
    expect(reopenedAfter(81)).toBe(30);
  });
});

describe("hostile and odd input", () => {
  it("keeps questions apart whatever their subjects are made of", () => {
    const odd = ["a|b", "a", '","', "__proto__", "constructor", ""].map((subject) => failing("low", { subject }));
    const { findings } = apply(1, odd, NOTHING_KNOWN);
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(odd.length);
    expect(
      apply(
        2,
        odd.map((verdict) => passing({ subject: verdict.subject })),
        knowing(1, odd),
      ).events,
    ).toHaveLength(odd.length);
  });

  it("does not take findings of one integration for those of another", () => {
    const known = knowing(1, [failing()]);
    const other = { uid: "0d9f3c1e-0000-5000-8000-000000000002", id: "other" };
    const { findings } = applyVerdicts({
      run: ulid(2),
      at: NOON,
      integration: other,
      verdicts: [passing()],
      knowledge: known,
      rejudge: () => undefined,
    });
    expect(findings).toEqual([]);
  });
});
