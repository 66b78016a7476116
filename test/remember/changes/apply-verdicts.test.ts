import { describe, expect, it } from "vitest";
import type { ChangeKind, FindingRecord, Triage, VerdictRecord } from "../../../src/model/finding.ts";
import { isRegression } from "../../../src/model/finding.ts";
import { fingerprint } from "../../../src/model/fingerprint.ts";
import type { IntegrationKnowledge } from "../../../src/model/history-store.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Severity } from "../../../src/model/severity.ts";
import { applyVerdicts } from "../../../src/remember/changes/apply-verdicts.ts";
import { labelOf } from "../../../src/remember/changes/label.ts";
import type { Rejudge } from "../../../src/remember/changes/old-evidence.ts";
import { ACME, erring, failing, NOON, NOTHING_KNOWN, notApplicable, passing, ulid, unobserved } from "../samples.ts";
import { afterwards, apply, knowing } from "./memory.ts";

const PRINT = fingerprint(ACME.uid, "certificate/expired", "leaf");

/** What happens to a finding that `first` opened or not, when `second` follows. */
function flip(first: VerdictRecord, second: VerdictRecord, rejudged?: { verdict: VerdictRecord["verdict"]; severity?: Severity }) {
  const { findings, changes } = apply(2, [second], knowing(1, [first]), { rejudge: () => rejudged });
  return { finding: findings[0], change: changes[0], count: changes.length };
}

describe("the first audit of an integration", () => {
  it("opens findings and reports no change", () => {
    const { findings, changes } = apply(1, [failing(), passing({ subject: "other" })], NOTHING_KNOWN, { dueAt: () => NOON + 90 * DAY });
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
        flaps: 0,
        reopened: 0,
        firstSeenAt: NOON + DAY,
        openedAt: NOON + DAY,
        lastSeenAt: NOON + DAY,
        dueAt: NOON + 90 * DAY,
        lastRunApplied: ulid(1),
      } satisfies FindingRecord,
    ]);
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
  ])("resolved: %s", (_verdict, verdict) => {
    const { change, finding } = flip(failing(), verdict);
    expect(change).toMatchObject({ kind: "resolved", cause: "target", before: { presence: "open" }, after: { presence: "resolved" } });
    expect(finding).toMatchObject({ presence: "resolved", resolvedAt: NOON + 2 * DAY, lastSeenAt: NOON + DAY });
  });

  it("reopened: it was resolved, and fails again", () => {
    const resolved = afterwards(2, [passing({ evidence: "mended" })], knowing(1, [failing()]));
    const { findings, changes } = apply(3, [failing("high", { evidence: "broken" })], resolved);
    expect(changes).toMatchObject([{ kind: "reopened", cause: "target", before: { verdict: "pass", presence: "resolved" } }]);
    expect(findings).toMatchObject([{ presence: "open", reopened: 1, firstSeenAt: NOON + DAY, openedAt: NOON + 3 * DAY }]);
    expect(findings[0]).not.toHaveProperty("resolvedAt");
  });

  it.each([
    ["unobserved", unobserved()],
    ["error", erring()],
  ])("lost-sight once, regained-sight once: %s", (_verdict, blind) => {
    const open = knowing(1, [failing()]);
    const lost = apply(2, [blind], open);
    expect(lost.changes).toMatchObject([{ kind: "lost-sight", before: { verdict: "fail" }, after: { presence: "open" } }]);
    expect(lost.findings).toMatchObject([{ presence: "open", unobservedSince: NOON + 2 * DAY, lastSeenAt: NOON + DAY }]);
    const still = afterwards(2, [blind], open);
    const again = apply(3, [blind], still);
    expect(again.changes).toEqual([]);
    expect(again.findings).toMatchObject([{ presence: "open", unobservedSince: NOON + 2 * DAY }]);
    const back = apply(4, [failing()], afterwards(3, [blind], still));
    expect(back.changes).toMatchObject([{ kind: "regained-sight", cause: "target" }]);
    expect(back.findings[0]).not.toHaveProperty("unobservedSince");
    expect(back.findings).toMatchObject([{ presence: "open", openedAt: NOON + DAY, cause: "target" }]);
  });

  it("says what matters most when sight comes back with a difference", () => {
    const lost = afterwards(2, [unobserved()], knowing(1, [failing("medium")]));
    expect(apply(3, [failing("high", { evidence: "young" })], lost).changes).toMatchObject([{ kind: "worse", cause: "target" }]);
    expect(apply(3, [passing({ evidence: "young" })], lost).changes).toMatchObject([{ kind: "resolved", cause: "target" }]);
  });

  it("nothing for a question that passed and is out of sight, and nothing for one that was not asked", () => {
    expect(apply(2, [unobserved()], knowing(1, [passing()]))).toEqual({ findings: [], changes: [] });
    expect(apply(2, [], knowing(1, [failing()]))).toEqual({ findings: [], changes: [] });
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
    const resolved = afterwards(2, [passing({ evidence: "mended" })], knowing(1, [failing()]));
    expect(apply(3, [failing("high", { evidence: "mended", tool: "t2" })], resolved).changes).toMatchObject([
      { kind: "newly-detected", cause: "tool" },
    ]);
  });

  it.each(["critical", undefined] as const)("a severity that policy raised is worse, and no regression (%s)", (severity) => {
    const rejudged = { verdict: "fail" as const, ...(severity === undefined ? {} : { severity }) };
    const { change } = flip(failing("low"), failing("critical", { config: "c2", evidence: "young" }), rejudged);
    expect(change).toMatchObject({ kind: "worse", cause: "config" });
    expect(change && isRegression(change)).toBe(false);
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
    expect(flip(failing(), after, { verdict: "fail" }).change).toMatchObject({ kind: "resolved", cause: "target" });
  });

  it("a severity that new rules raised is theirs only if they raise it for the old evidence too", () => {
    const after = failing("critical", { rules: "r2", evidence: "young" });
    expect(flip(failing("low"), after, { verdict: "fail", severity: "critical" }).change).toMatchObject({ kind: "worse", cause: "rules" });
    expect(flip(failing("low"), after, { verdict: "fail", severity: "low" }).change).toMatchObject({ kind: "worse", cause: "target" });
  });

  it("what new rules no longer mind was resolved by them, unless they mind the old evidence", () => {
    const after = passing({ rules: "r2", evidence: "young" });
    expect(flip(failing(), after, { verdict: "pass" }).change).toMatchObject({ kind: "resolved", cause: "rules" });
    expect(flip(failing(), after, { verdict: "fail" }).change).toMatchObject({ kind: "resolved", cause: "target" });
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
      ["renewed", failing(), passing(young), { verdict: "fail", severity: "high" }, "target", "resolved"],
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
    ["interrupted", "tool"],
  ] as const)("sight lost with %s is blamed on %s", (reason, cause) => {
    expect(flip(failing(), unobserved(reason)).change).toMatchObject({ kind: "lost-sight", cause });
  });
});

describe("findings that a person put aside", () => {
  const aside = (triage: Triage, known: IntegrationKnowledge) => ({
    ...known,
    findings: known.findings.map((finding) => ({ ...finding, triage })),
  });
  const young = { evidence: "young" };

  it.each(["accepted", "false_positive", "not_applicable"] as const)("%s: stay so, and are told like others when they move", (triage) => {
    const open = aside(triage, knowing(1, [failing("medium")]));
    const resolved = afterwards(2, [passing({ evidence: "mended" })], open);
    const seenAs = (n: number, verdict: VerdictRecord, known: IntegrationKnowledge) => {
      const { findings, changes } = apply(n, [verdict], known);
      const labels = findings.map((finding) => labelOf(finding, { run: ulid(n), ...(changes[0] && { change: changes[0] }) }));
      return [...changes.map(({ kind }) => kind), ...labels, ...findings.map((finding) => finding.triage)];
    };
    expect(seenAs(2, failing("medium"), open)).toEqual(["accepted", triage]);
    expect(seenAs(2, failing("high", young), open)).toEqual(["worse", "accepted", triage]);
    expect(seenAs(2, failing("low", young), open)).toEqual(["improved", "accepted", triage]);
    expect(seenAs(2, unobserved(), open)).toEqual(["lost-sight", "accepted", triage]);
    expect(seenAs(2, passing(young), open)).toEqual(["resolved", "fixed", triage]);
    expect(seenAs(3, failing("medium", young), resolved)).toEqual(["reopened", "accepted", triage]);
  });
});

describe("due dates", () => {
  const dueAt = (verdict: VerdictRecord) =>
    NOON + { critical: 7, high: 30, medium: 90, low: 180, info: 365 }[verdict.severity ?? "info"] * DAY;
  const dueAfter = (n: number, verdict: VerdictRecord, at = n) => {
    const known = knowing(1, [failing("medium")], { dueAt });
    return apply(n, [verdict], known, { dueAt: (v) => dueAt(v) + at * DAY }).findings[0]?.dueAt;
  };

  it("are fixed when a finding opens, and move only with its severity", () => {
    expect(dueAfter(5, failing("medium"))).toBe(NOON + 90 * DAY);
    expect(dueAfter(5, failing("high"))).toBe(NOON + 35 * DAY);
    expect(dueAfter(5, failing("low"))).toBe(NOON + 185 * DAY);
    expect(dueAfter(99, failing("critical"))).toBe(NOON + 90 * DAY);
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
      ).changes,
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
