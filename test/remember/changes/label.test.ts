import { describe, expect, it } from "vitest";
import { labelOf } from "../../../src/remember/changes/label.ts";
import { aFinding, NOON, ulid } from "../samples.ts";

describe("labelOf", () => {
  const here = { run: ulid(2) };
  const open = aFinding(2);

  it.each([
    ["open", open, here],
    ["open", open, {}],
    ["new", open, { ...here, change: { kind: "new" } }],
    ["new", open, { ...here, change: { kind: "newly-detected" } }],
    ["new", aFinding(2, { firstSeenAt: NOON, openedAt: NOON, lastSeenAt: NOON }), here],
    ["open", aFinding(2, { firstSeenAt: NOON - 1, openedAt: NOON, lastSeenAt: NOON }), here],
    ["worse", open, { ...here, change: { kind: "worse" } }],
    ["reopened", open, { ...here, change: { kind: "reopened" } }],
    ["open", open, { ...here, change: { kind: "improved" } }],
    ["unverified", aFinding(2, { unobservedSince: NOON }), { ...here, change: { kind: "lost-sight" } }],
    ["unverified", aFinding(1), here],
    ["unconfirmed", aFinding(2, { presence: "suspect" }), here],
    ["open", aFinding(2, { presence: "clearing" }), here],
    ["accepted", aFinding(2, { triage: "accepted", unobservedSince: NOON }), here],
    ["accepted", aFinding(2, { triage: "false_positive" }), here],
    ["accepted", aFinding(2, { triage: "not_applicable" }), here],
    ["accepted", aFinding(2, { triage: "accepted", presence: "suspect" }), here],
    ["accepted", aFinding(2, { triage: "accepted" }), { ...here, change: { kind: "worse" } }],
    ["accepted", aFinding(2, { triage: "false_positive", reopened: 1 }), { ...here, change: { kind: "reopened" } }],
    ["open", aFinding(2, { triage: "acknowledged" }), here],
    ["worse", aFinding(2, { triage: "acknowledged" }), { ...here, change: { kind: "worse" } }],
    ["open", aFinding(2, { triage: "fixing" }), here],
    ["fixed", aFinding(2, { presence: "resolved", triage: "accepted" }), { ...here, change: { kind: "resolved" } }],
    ["fixed", aFinding(2, { presence: "resolved", triage: "false_positive" }), here],
    ["retired", aFinding(1, { presence: "retired" }), here],
    ["retired", aFinding(1, { presence: "retired", triage: "not_applicable" }), here],
  ] as const)("%s", (label, finding, context) => {
    expect(labelOf(finding, context)).toBe(label);
  });
});
