import { describe, expect, it } from "vitest";
import { isShortLived, lifetimeDays, lifetimeLimitAt, lifetimeLimits, shortLivedLimits } from "../../src/catalog/certificate-lifetimes.ts";
import { DAY, SECOND } from "../../src/model/instant.ts";

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

describe("the longest lifetime", () => {
  // BR 6.3.2.
  it.each([
    ["2018-03-01", undefined, 825],
    ["2020-09-01", 825, 398],
    ["2026-03-15", 398, 200],
    ["2027-03-15", 200, 100],
    ["2029-03-15", 100, 47],
  ])("changes at %s", (day, before, after) => {
    expect(lifetimeLimitAt(at(day) - SECOND)?.days).toBe(before);
    expect(lifetimeLimitAt(at(day))?.days).toBe(after);
    expect(lifetimeLimitAt(at(day) + SECOND)?.days).toBe(after);
  });

  it("stays what the last row says", () => {
    expect(lifetimeLimitAt(at("2040-01-01"))).toEqual({ from: "2029-03-15", days: 47 });
  });
});

describe("a lifetime", () => {
  it("counts both ends, and every day that has begun", () => {
    const begin = at("2026-04-01");
    expect(lifetimeDays(begin, begin)).toBe(1);
    expect(lifetimeDays(begin, begin + 200 * DAY - SECOND)).toBe(200);
    expect(lifetimeDays(begin, begin + 200 * DAY)).toBe(201);
  });
});

describe("short-lived", () => {
  // BR 1.6.1.
  it.each([
    ["2024-03-14", 1, false],
    ["2024-03-15", 10, true],
    ["2026-03-14", 10, true],
    ["2026-03-15", 10, false],
    ["2026-03-15", 7, true],
  ])("is what was issued on %s for %d days: %s", (day, days, expected) => {
    expect(isShortLived(at(day), at(day) + days * DAY - SECOND)).toBe(expected);
    expect(isShortLived(at(day), at(day) + days * DAY - 2 * SECOND)).toBe(expected);
  });

  it("is not a second more", () => {
    expect(isShortLived(at("2026-03-15"), at("2026-03-15") + 7 * DAY)).toBe(false);
    expect(isShortLived(at("2024-03-15"), at("2024-03-15") + 10 * DAY)).toBe(false);
  });
});

describe("the rows", () => {
  it("have days that exist, oldest first, and get stricter", () => {
    for (const rows of [lifetimeLimits(), shortLivedLimits()]) {
      const sorted = [...rows].sort((a, b) => at(a.from) - at(b.from));
      expect(rows).toEqual(sorted);
      expect(rows.map(({ from }) => new Date(at(from)).toISOString().slice(0, 10))).toEqual(rows.map(({ from }) => from));
      expect(rows.map(({ days }) => days)).toEqual([...rows].map(({ days }) => days).sort((a, b) => b - a));
    }
  });
});
