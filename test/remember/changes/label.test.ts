import { describe, expect, it } from "vitest";
import { DAY } from "../../../src/model/instant.ts";
import { labelOf } from "../../../src/remember/changes/label.ts";
import { aFinding, NOON, ulid } from "../samples.ts";

const COVER = { waiver: "w1", severity: "high", since: NOON } as const;

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
    ["clearing", aFinding(2, { presence: "clearing" }), here],
    ["unverified", aFinding(2, { presence: "clearing", unobservedSince: NOON }), here],
    ["unstable", aFinding(2, { flaps: [NOON, NOON + DAY, NOON + 2 * DAY] }), here],
    ["unstable", aFinding(2, { presence: "clearing", flaps: [NOON, NOON + DAY, NOON + 2 * DAY] }), here],
    ["open", aFinding(2, { flaps: [NOON - 20 * DAY, NOON + DAY, NOON + 2 * DAY] }), here],
    ["open", aFinding(2, { flaps: [NOON + DAY, NOON + 2 * DAY] }), here],
    ["accepted", aFinding(2, { triage: "accepted", unobservedSince: NOON }), here],
    ["accepted", aFinding(2, { triage: "false_positive" }), here],
    ["accepted", aFinding(2, { triage: "not_applicable" }), here],
    ["accepted", aFinding(2, { triage: "accepted", presence: "suspect" }), here],
    ["accepted", aFinding(2, { triage: "accepted" }), { ...here, change: { kind: "worse" } }],
    ["accepted", aFinding(2, { triage: "false_positive", reopened: 1 }), { ...here, change: { kind: "reopened" } }],
    ["accepted", aFinding(2, { cover: COVER }), here],
    ["open", aFinding(2, { cover: { ...COVER, ended: "expired" } }), here],
    ["accepted", aFinding(2, { cover: COVER }), { ...here, asideUntil: NOON + 17 * DAY }],
    ["accepted-expiring", aFinding(2, { cover: COVER }), { ...here, asideUntil: NOON + 16 * DAY }],
    ["open", aFinding(2, { triage: "acknowledged" }), here],
    ["open", aFinding(2, { triage: "disputed" }), here],
    ["worse", aFinding(2, { triage: "acknowledged" }), { ...here, change: { kind: "worse" } }],
    ["open", aFinding(2, { triage: "fixing" }), here],
    ["fixed", aFinding(2, { presence: "resolved", triage: "accepted" }), { ...here, change: { kind: "resolved" } }],
    ["fixed", aFinding(2, { presence: "resolved", triage: "false_positive" }), here],
    ["retired", aFinding(1, { presence: "retired" }), here],
    ["retired", aFinding(1, { presence: "retired", triage: "not_applicable" }), here],
  ] as const)("%s", (label, finding, context) => {
    expect(labelOf(finding, { at: NOON + 2 * DAY, ...context })).toBe(label);
  });
});
