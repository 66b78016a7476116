import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, textWidth, wrap } from "../../../src/tell/report/width.ts";

const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 80 }), fc.lorem());

describe("textWidth", () => {
  it.each([
    ["abc", 3],
    ["世界", 4],
    ["👍", 2],
    ["👩‍👩‍👧", 2],
    ["e\u0301", 1],
    ["", 0],
  ])("measures %j as %i", (sample, width) => {
    expect(textWidth(sample)).toBe(width);
  });
});

describe("cut", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["世界世界", 5, "世界…"],
    ["世界世界", 6, "世界…"],
    ["👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"],
  ])("cuts %j to %i columns", (sample, columns, expected) => {
    expect(cut(sample, columns)).toBe(expected);
  });

  it("takes another ellipsis where there is no Unicode", () => {
    expect(cut("abcdef", 5, "...")).toBe("ab...");
  });

  it("never is wider than asked", () => {
    fc.assert(fc.property(text, fc.integer({ min: 4, max: 60 }), (sample, columns) => textWidth(cut(sample, columns)) <= columns));
  });
});

describe("wrap", () => {
  it.each([
    ["one two three", 7, ["one two", "three"]],
    ["abcdefgh", 3, ["abc", "def", "gh"]],
    ["a bcdefgh", 4, ["a", "bcde", "fgh"]],
    ["世界世界", 5, ["世界", "世界"]],
    ["", 5, [""]],
  ])("wraps %j at %i", (sample, columns, lines) => {
    expect(wrap(sample, columns)).toEqual(lines);
  });

  it("keeps every line within the width and loses nothing but spaces", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), (sample, columns) => {
        const lines = wrap(sample, columns);
        expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(sample.replaceAll(" ", ""));
      }),
    );
  });
});
