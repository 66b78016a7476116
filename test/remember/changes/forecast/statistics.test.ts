import { describe, expect, it } from "vitest";
import {
  confidenceOf,
  median,
  medianDeviation,
  medianDuration,
  rateOf,
  shareOf,
} from "../../../../src/remember/changes/forecast/statistics.ts";

describe("small statistics", () => {
  it("median and deviation are not moved by one strange value", () => {
    expect(median([30, 31, 29, 30, 900])).toBe(30);
    expect(median([1, 2])).toBe(1.5);
    expect(medianDeviation([30, 31, 29, 30, 900])).toBe(1);
  });

  it("a share of nothing in ten is not certainly nothing (Wilson: 0 to 27.8 %)", () => {
    const { value, low, high } = shareOf(0, 10);
    expect(value).toBeCloseTo(0.045, 2);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.278, 3);
    expect(shareOf(10, 10).high).toBeCloseTo(1, 9);
  });

  it("a rate of 10 a year lies between 4.8 and 18.4 (Garwood's exact interval)", () => {
    const { value, low, high } = rateOf(10, 1);
    expect(value).toBe(10);
    expect(low).toBeCloseTo(4.8, 1);
    expect(high).toBeCloseTo(18.4, 1);
    expect(rateOf(0, 1)).toMatchObject({ value: 0, low: 0 });
    expect(rateOf(0, 1).high).toBeCloseTo(3.69, 1);
  });

  it("what has not ended makes the median longer, instead of being dropped", () => {
    const ended = [1, 2, 3].map((ms) => ({ ms, ended: true }));
    expect(medianDuration(ended)).toBe(2);
    expect(medianDuration([...ended, { ms: 9, ended: false }, { ms: 9, ended: false }])).toBe(3);
    expect(medianDuration([...ended, ...Array<{ ms: number; ended: boolean }>(4).fill({ ms: 9, ended: false })])).toBeUndefined();
    expect(medianDuration([{ ms: 1, ended: false }, ...ended])).toBe(2);
  });

  it("confidence grows with n and falls with spread; below three there is none", () => {
    expect([2, 3, 6, 10].map((n) => confidenceOf(n))).toEqual(["none", "low", "medium", "high"]);
    expect([0, 0.2, 0.5].map((spread) => confidenceOf(12, spread))).toEqual(["high", "medium", "low"]);
    expect(confidenceOf(3, 0.5)).toBe("low");
  });
});
