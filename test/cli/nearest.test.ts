import { describe, expect, it } from "vitest";
import { nearest } from "../../src/cli/nearest.ts";

describe("nearest", () => {
  it.each([
    ["serverity", ["severity", "vantage"], "severity"],
    ["JSNO", ["json", "only"], "json"],
    ["finding shwo", ["finding show", "finding list"], "finding show"],
    ["aduit", ["audit", "init"], "audit"],
    ["weather", ["audit", "init"], undefined],
    ["", ["audit"], undefined],
    ["x", [], undefined],
    ["ab", ["ac", "aa"], "aa"],
  ])("of %j among %j is %j", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });

  it("is bounded on hostile words", () => {
    expect(nearest("x".repeat(1_000_000), ["audit"])).toBeUndefined();
  });
});
