import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GateInput, gateVerdict } from "../../../src/judge/risk/gate.ts";
import { CAUSES, CHANGE_KINDS, PRESENCES, type Presence, TRIAGES, type Triage } from "../../../src/model/finding.ts";
import { atLeast, SEVERITIES, type Severity } from "../../../src/model/severity.ts";

type GateFinding = GateInput["findings"][number];
type GateChange = GateInput["changes"][number];

const finding = (severity: Severity, presence: Presence = "open", triage: Triage = "none"): GateFinding => ({
  fingerprint: "f",
  severity,
  state: { presence, triage, label: "open" },
});
const change = (
  kind: GateChange["kind"],
  cause: GateChange["cause"],
  severity: Severity | undefined = "high",
  fingerprint = "f",
): GateChange => ({
  fingerprint,
  kind,
  cause,
  after: { severity },
});
const gate = (input: Partial<GateInput>) =>
  gateVerdict({ findings: [], changes: [], waived: new Set(), lapsed: new Set(), failOn: "open", severity: "high", ...input });

test("nothing found: passed, and it says under which conditions", () => {
  expect(gate({})).toEqual({ passed: true, failOn: "open", severity: "high", reasons: [] });
});

describe("open", () => {
  test.each([
    ["critical", ["1 critical open finding"]],
    ["high", ["1 high open finding"]],
    ["medium", []],
    ["low", []],
    ["info", []],
  ] as const)("a %s finding at the threshold high", (severity, reasons) => {
    expect(gate({ findings: [finding(severity)] })).toEqual({ passed: reasons.length === 0, failOn: "open", severity: "high", reasons });
  });

  test("compares with any threshold", () => {
    for (const found of SEVERITIES) {
      for (const severity of SEVERITIES) {
        expect([found, severity, gate({ findings: [finding(found)], severity }).passed]).toEqual([
          found,
          severity,
          !atLeast(found, severity),
        ]);
      }
    }
  });

  test("counts by severity, worst first", () => {
    expect(gate({ findings: [finding("high"), finding("critical"), finding("high")] }).reasons).toEqual([
      "1 critical open finding",
      "2 high open findings",
    ]);
  });

  test("what is not believed yet, passed this time, is fixed or gone is not open", () => {
    const passed = PRESENCES.map((presence) => [presence, gate({ findings: [finding("critical", presence)] }).passed]);
    expect(Object.fromEntries(passed)).toEqual({ suspect: true, open: false, clearing: true, resolved: true, retired: true });
  });

  test("what a person decided holds; what a person only took note of does not", () => {
    const passed = TRIAGES.map((triage) => [triage, gate({ findings: [finding("critical", "open", triage)] }).passed]);
    expect(Object.fromEntries(passed)).toEqual({
      none: false,
      acknowledged: false,
      disputed: false,
      fixing: false,
      accepted: true,
      false_positive: true,
      not_applicable: true,
    });
  });

  test("a waiver of the inventory holds", () => {
    const waiver = { kind: "accepted", until: "2027-01-01", reason: "r", by: "b" };
    expect(gate({ findings: [{ ...finding("critical"), waiver }] }).passed).toBe(true);
  });

  test("changes do not matter", () => {
    expect(gate({ changes: [change("new", "target")] }).passed).toBe(true);
  });
});

describe("regression", () => {
  const failing = (failOn: GateInput["failOn"]) =>
    CHANGE_KINDS.flatMap((kind) =>
      CAUSES.filter((cause) => !gate({ changes: [change(kind, cause)], failOn }).passed).map((cause) => `${kind} ${cause}`),
    );

  test("new, worse and reopened, by the provider's doing or by time, and nothing else", () => {
    expect(failing("regression").sort()).toEqual([
      "new target",
      "new time",
      "reopened target",
      "reopened time",
      "worse target",
      "worse time",
    ]);
  });

  test("newly-detected: what new rules and tools show, as well", () => {
    const more = failing("newly-detected").filter((pair) => !failing("regression").includes(pair));
    expect(more).toEqual(CAUSES.map((cause) => `newly-detected ${cause}`));
  });

  test("open findings alone are no regression", () => {
    expect(gate({ findings: [finding("critical")], failOn: "regression" }).passed).toBe(true);
    expect(gate({ findings: [finding("critical")], failOn: "newly-detected" }).passed).toBe(true);
  });

  test("below the threshold, or without a severity, none", () => {
    expect(gate({ changes: [change("new", "target", "medium")], failOn: "regression" }).passed).toBe(true);
    expect(gate({ changes: [{ ...change("new", "target"), after: {} }], failOn: "regression" }).passed).toBe(true);
    expect(gate({ changes: [{ ...change("new", "target"), after: {} }], failOn: "regression", severity: "info" }).passed).toBe(false);
  });

  test("of a waived finding, none", () => {
    const changes = [change("new", "target", "critical", "a"), change("worse", "time", "high", "b")];
    expect(gate({ changes, failOn: "regression", waived: new Set(["a"]) }).reasons).toEqual(["1 high regression"]);
    expect(gate({ changes, failOn: "newly-detected", waived: new Set(["b"]) }).reasons).toEqual([
      "1 critical new or newly detected finding",
    ]);
  });
});

test("none: nothing fails", () => {
  expect(gate({ findings: [finding("critical")], changes: [change("new", "target")], failOn: "none" })).toEqual({
    passed: true,
    failOn: "none",
    severity: "high",
    reasons: [],
  });
});

test("one finding more never makes it pass", () => {
  const anyFinding = fc
    .tuple(fc.constantFrom(...SEVERITIES), fc.constantFrom(...PRESENCES), fc.constantFrom(...TRIAGES))
    .map((parts) => finding(...parts));
  fc.assert(
    fc.property(fc.array(anyFinding, { maxLength: 8 }), anyFinding, fc.constantFrom(...SEVERITIES), (findings, another, severity) => {
      if (!gate({ findings, severity }).passed) expect(gate({ findings: [...findings, another], severity }).passed).toBe(false);
    }),
  );
});

describe("a waiver that ended", () => {
  const lapsed = new Set(["f"]);
  test.each(["regression", "newly-detected"] as const)("fails %s: nobody accepts the finding any more", (failOn) => {
    expect(gate({ failOn, findings: [finding("critical")], lapsed }).reasons).toEqual(["1 critical finding with an ended waiver"]);
    expect(gate({ failOn, findings: [finding("critical")] }).passed).toBe(true);
    expect(gate({ failOn: "none", findings: [finding("critical")], lapsed }).passed).toBe(true);
  });

  test("fails nothing below the threshold, accepted again, or seen to pass", () => {
    for (const found of [finding("medium"), finding("high", "open", "accepted"), finding("high", "clearing")]) {
      expect(gate({ failOn: "regression", findings: [found], lapsed }).passed).toBe(true);
    }
  });

  test("is told once where what was accepted got worse", () => {
    const changes = [change("worse", "target", "critical")];
    expect(gate({ failOn: "regression", findings: [finding("critical")], changes, lapsed }).reasons).toEqual(["1 critical regression"]);
  });
});
