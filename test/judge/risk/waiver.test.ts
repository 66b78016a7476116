import { expect, test } from "vitest";
import { waiverFor } from "../../../src/judge/risk/waiver.ts";
import type { DeclaredWaiver } from "../../../src/model/integration.ts";
import { anIntegration } from "../builders.ts";

const FINDING = { rule: "tls/deprecated-version-offered", subject: "tls1.0" };
const waiver = (overrides: Partial<DeclaredWaiver> = {}): DeclaredWaiver => ({
  rule: FINDING.rule,
  until: "2026-12-31",
  reason: "until the move",
  by: "ciso",
  kind: "accepted",
  ...overrides,
});
const covering = (waivers: readonly DeclaredWaiver[], asOf = Date.UTC(2026, 10, 23)) =>
  waiverFor(FINDING, anIntegration({ waivers }), asOf);

test("by rule, for every subject", () => {
  expect(covering([waiver()])).toEqual(waiver());
  expect(covering([waiver({ rule: "tls/deprecated-version-negotiated" })])).toBeUndefined();
  expect(covering([waiver({ rule: "tls/deprecated" })])).toBeUndefined();
  expect(covering([])).toBeUndefined();
});

test("by rule and subject", () => {
  expect(covering([waiver({ subject: "tls1.0" })])).toEqual(waiver({ subject: "tls1.0" }));
  expect(covering([waiver({ subject: "tls1.1" })])).toBeUndefined();
  expect(covering([waiver({ subject: "" })])).toBeUndefined();
});

test("until its last day is over, in UTC", () => {
  const waivers = [waiver({ until: "2026-11-23" })];
  expect(covering(waivers, Date.UTC(2026, 10, 23, 23, 59, 59, 999))).toEqual(waivers[0]);
  expect(covering(waivers, Date.UTC(2026, 10, 24))).toBeUndefined();
});

test("of several the longest", () => {
  const waivers = [waiver({ until: "2026-12-01" }), waiver({ until: "2027-06-30", reason: "longest" }), waiver({ until: "2027-01-01" })];
  expect(covering(waivers)?.reason).toBe("longest");
  expect(covering([...waivers].reverse())?.reason).toBe("longest");
});
