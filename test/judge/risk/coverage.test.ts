import { expect, test } from "vitest";
import { coverageCounts, coverageOf } from "../../../src/judge/risk/coverage.ts";
import { UNOBSERVED_REASONS } from "../../../src/model/reason.ts";

type Counted = Parameters<typeof coverageCounts>[0][number];
const QUESTION = { rule: "tls/no-tls13", subject: "", evidence: [] };

const PASS: Counted = { ...QUESTION, verdict: "pass" };
const FAIL: Counted = { ...QUESTION, verdict: "fail" };
const ERROR: Counted = { ...QUESTION, verdict: "error" };
const MOOT: Counted = { ...QUESTION, verdict: "not-applicable" };
const unobserved = (reason: (typeof UNOBSERVED_REASONS)[number]): Counted => ({ ...QUESTION, verdict: "unobserved", reason });

test("what was answered, of what was asked", () => {
  expect(coverageCounts([PASS, FAIL, ERROR, unobserved("rate_limited"), MOOT])).toEqual({ reached: 2, applicable: 4 });
  expect(coverageCounts([])).toEqual({ reached: 0, applicable: 0 });
});

test("what nobody asked for stands on neither side, every other reason does", () => {
  const left = UNOBSERVED_REASONS.filter((reason) => coverageCounts([unobserved(reason)]).applicable === 0);
  expect(left).toEqual(["not_requested"]);
});

test("from 0 to 1, to three places, and nothing of nothing", () => {
  expect(coverageOf({ reached: 2, applicable: 3 })).toBe(0.667);
  expect(coverageOf({ reached: 0, applicable: 3 })).toBe(0);
  expect(coverageOf({ reached: 3, applicable: 3 })).toBe(1);
  expect(coverageOf({ reached: 1999, applicable: 2000 })).toBe(0.999);
  expect(coverageOf({ reached: 0, applicable: 0 })).toBeNull();
});

test("what did not apply when it was answered last, and is not answered now, stands on neither side", () => {
  expect(coverageCounts([PASS, unobserved("tls_timeout")], [MOOT])).toEqual({ reached: 1, applicable: 1 });
  expect(coverageCounts([PASS, unobserved("tls_timeout")], [PASS])).toEqual({ reached: 1, applicable: 2 });
  expect(coverageCounts([ERROR], [MOOT])).toEqual({ reached: 0, applicable: 1 });
  expect(coverageCounts([unobserved("tls_timeout")], [{ ...MOOT, subject: "another" }])).toEqual({ reached: 0, applicable: 1 });
});

test("what is ours and nobody bound says nothing of how much was seen", () => {
  const resting = (...kinds: readonly string[]): Counted => ({
    ...unobserved("credential_not_bound"),
    evidence: kinds.map((kind) => ({ kind, key: "", pointer: "", summary: "" })) as unknown as Counted["evidence"],
  });
  expect(coverageCounts([PASS, resting("credential"), resting("token")])).toEqual({ reached: 1, applicable: 1 });
  expect(coverageCounts([PASS, resting("http-response"), resting("credential", "http-response"), resting()])).toEqual({
    reached: 1,
    applicable: 4,
  });
});
