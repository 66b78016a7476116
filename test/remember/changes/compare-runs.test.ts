import { describe, expect, it } from "vitest";
import type { VerdictRecord } from "../../../src/model/finding.ts";
import { fingerprint } from "../../../src/model/fingerprint.ts";
import type { AuditRecord } from "../../../src/model/history-store.ts";
import { compareRuns } from "../../../src/remember/changes/compare-runs.ts";
import { ACME, aCommit, erring, failing, notApplicable, passing, ulid, unobserved } from "../samples.ts";

function audit(n: number, verdicts: readonly VerdictRecord[], over: Partial<AuditRecord> = {}): AuditRecord {
  const { at, visibility, score, coverage, sent, configuration } = aCommit(n);
  const identity = { run: ulid(n), at, uid: ACME.uid, integrationId: ACME.id, name: ACME.name };
  return { ...identity, visibility, score, coverage, sent, configurationHash: configuration.hash, verdicts, ...over };
}

function compared(before: VerdictRecord | undefined, after: VerdictRecord | undefined) {
  const [a, b] = [before, after].map((verdict, n) => audit(n + 1, verdict === undefined ? [] : [verdict]));
  return compareRuns(a === undefined ? [] : [a], b === undefined ? [] : [b]).map(({ kind, cause }) => [kind, cause]);
}

describe("compareRuns", () => {
  it.each<[string, VerdictRecord | undefined, VerdictRecord | undefined, readonly (readonly string[])[]]>([
    ["the same", failing(), failing(), []],
    ["pass to fail", passing(), failing("high", { evidence: "young" }), [["new", "target"]]],
    ["not applicable to fail", notApplicable(), failing("high", { evidence: "young" }), [["new", "target"]]],
    ["pass to fail by the clock", passing(), failing(), [["new", "time"]]],
    ["pass to fail by the tool", passing(), failing("high", { tool: "t2" }), [["newly-detected", "tool"]]],
    ["pass to fail by the rules", passing(), failing("high", { rules: "r2", evidence: "young" }), [["newly-detected", "rules"]]],
    ["fail to pass", failing(), passing({ evidence: "young" }), [["resolved", "target"]]],
    ["fail to not applicable", failing(), notApplicable({ config: "c2" }), [["resolved", "config"]]],
    ["fail out of sight", failing(), unobserved("rate_limited"), [["lost-sight", "target"]]],
    ["fail to error", failing(), erring(), [["lost-sight", "tool"]]],
    ["pass out of sight", passing(), unobserved(), []],
    ["out of sight to pass", unobserved(), passing(), []],
    ["out of sight to fail", unobserved(), failing(), [["regained-sight", "target"]]],
    ["worse", failing("low"), failing("high", { evidence: "young" }), [["worse", "target"]]],
    ["improved", failing("high"), failing("low", { config: "c2" }), [["improved", "config"]]],
    ["another outcome", failing(), failing("high", { outcome: "revoked", evidence: "young" }), [["changed", "target"]]],
    ["a question that was not asked before, failing", undefined, failing(), [["newly-detected", "rules"]]],
    ["a question that was not asked before, passing", undefined, passing(), []],
    ["a question that is not asked any more", failing(), undefined, []],
  ])("%s", (_what, before, after, expected) => {
    expect(compared(before, after)).toEqual(expected);
  });

  it("calls a new subject new only where its rule had seen the place, or the old evidence does not show it", () => {
    const rule = "data/secret-in-response";
    const leak = failing("critical", { rule, subject: "endpoint:list#$.key#api_key" });
    const kindAfter = (before: VerdictRecord, verdict?: VerdictRecord["verdict"]) =>
      compareRuns([audit(1, [before])], [audit(2, [leak])], () => ({ rejudge: () => verdict && { verdict } })).map(({ kind }) => kind);
    const place = { rule, subject: "endpoint:list" };
    expect(kindAfter(passing(place))).toEqual(["new"]);
    expect(kindAfter(failing("low", { rule, subject: "endpoint:list#$.pin#pin" }))).toEqual(["new"]);
    expect(kindAfter(unobserved("server_error", place))).toEqual(["newly-detected"]);
    expect(kindAfter(passing({ ...place, subject: "endpoint:other" }))).toEqual(["newly-detected"]);
    expect(kindAfter(unobserved("server_error", place), "pass")).toEqual(["new"]);
    expect(kindAfter(passing(place), "fail")).toEqual(["newly-detected"]);
  });

  it("judges the earlier run's evidence of the same integration again, where somebody can", () => {
    const other = { uid: "0d9f3c1e-0000-5000-8000-000000000002", integrationId: "other" };
    const after = failing("high", { config: "c2", evidence: "young" });
    const [before, now] = [
      [audit(1, [passing()]), audit(1, [passing()], other)],
      [audit(2, [after]), audit(2, [after], other)],
    ];
    const old = (uid: string) => ({
      rejudge: () => ({ verdict: uid === ACME.uid ? ("fail" as const) : ("pass" as const) }),
      rejudgeNow: () => ({ verdict: "fail" as const }),
    });
    expect(compareRuns(before, now, old)).toMatchObject([
      { integration: "acme", kind: "newly-detected", cause: "config" },
      { integration: "other", kind: "new", cause: "time" },
    ]);
    expect(compareRuns(before, now)).toMatchObject([{ cause: "config" }, { cause: "config" }]);
  });

  it("names the finding and both sides", () => {
    expect(compareRuns([audit(1, [passing()])], [audit(2, [failing("high", { evidence: "young" })])])).toEqual([
      {
        fingerprint: fingerprint(ACME.uid, "certificate/expired", "leaf"),
        integration: "acme",
        rule: "certificate/expired",
        subject: "leaf",
        kind: "new",
        cause: "target",
        before: { verdict: "pass", outcome: "valid" },
        after: { verdict: "fail", outcome: "expired", severity: "high" },
      },
    ]);
  });

  it("leaves out integrations that only one run audited, and follows a rename", () => {
    const other = { uid: "0d9f3c1e-0000-5000-8000-000000000002", integrationId: "other" };
    expect(compareRuns([audit(1, [passing()])], [audit(2, [failing()], other)])).toEqual([]);
    const renamed = audit(2, [failing("high", { evidence: "young" })], { integrationId: "acme-pay" });
    expect(compareRuns([audit(1, [passing()])], [renamed])).toMatchObject([{ integration: "acme-pay", kind: "new" }]);
  });
});
