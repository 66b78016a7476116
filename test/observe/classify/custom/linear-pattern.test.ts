import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearPattern } from "../../../../src/observe/classify/custom/linear-pattern.ts";

describe("patterns of a consumer", () => {
  it.each([
    ["(?=MB)MB-\\d+", "lookahead or lookbehind"],
    ["(?<!X)MB-\\d+", "negative lookahead or lookbehind"],
    ["(\\d)\\1", "backreference"],
    ["(?>MB)\\d", "atomic group"],
    ["\\d++", "possessive quantifier"],
    ["MB\\u0041", "\\u escape"],
    ["[A-Z", "a [ without its ]"],
    ["(MB", "a ( without its )"],
    ["*MB", "a repetition of nothing"],
    ["[z-a]", "a range that runs backwards, or a class that is not known"],
    ["(?P<x", "a group whose name is none"],
    ["((a{100}){100}){100}", "one that grows too large"],
    ["((a{20}){20}b{20}){3}", "one that grows too large"],
  ])("%s is refused by what it is", (source, found) => {
    const compiled = linearPattern(source);
    expect(compiled.ok ? "compiled" : compiled.error.found.split(",")[0]).toBe(found.split(",")[0]);
    expect(compiled.ok ? "" : compiled.error.expected).toMatch(/^a /);
  });

  it("says what to write instead, and repeats nothing of the pattern", () => {
    const compiled = linearPattern("(?=Kestrel)Kestrel-\\d+");
    const { expected, found } = compiled.ok ? { expected: "", found: "" } : compiled.error;
    expect(`expected ${expected}, found ${found}`).toBe(
      "expected a regular expression in the syntax of RE2, for example MEM-[0-9]{8}, found lookahead or lookbehind, which RE2 does not have: match what the value itself holds, and name under `not` what must not match",
    );
    expect(JSON.stringify(compiled)).not.toContain("Kestrel");
  });

  it.each(["(a+)+$", "(a|a)*b", "(a|aa)+$", "(.*)*x", "(x+x+)+y"])("%s is asked of a long text and answers", (source) => {
    const compiled = linearPattern(source);
    if (!compiled.ok) throw new Error(compiled.error.found);
    expect(compiled.value.matches(`${"a".repeat(127)}!`)).toBe(false);
    expect(compiled.value.matches(`${"a".repeat(100_000)}!`)).toBe(false);
    expect(compiled.value.matches("a".repeat(100_000))).toBe(false);
  });

  it("fits values as a whole", () => {
    const compiled = linearPattern("MB-[0-9]{4}|MB");
    const matches = compiled.ok ? compiled.value.matches : () => undefined;
    expect(["MB-1234", "MB", "xMB", "MB-12345", "MB\n"].map(matches)).toEqual([true, true, false, false, false]);
  });

  it("never throws, whatever is written and read", () => {
    const piece = fc.constantFrom(
      "a",
      "\\d",
      "[a-z]",
      "(",
      ")",
      "*",
      "+",
      "?",
      "{2,3}",
      "{999}",
      "|",
      "^",
      "$",
      "\\b",
      "\\pL",
      "(?i)",
      "(?P<n>",
      ".",
      "\\Q",
      "\ud800",
      "é",
      "[^",
      "]",
      "\\",
    );
    const source = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(source, fc.string({ unit: "binary", maxLength: 300 }), (pattern, text) => {
        const compiled = linearPattern(pattern);
        expect(typeof (compiled.ok ? compiled.value.matches(text) : compiled.error.found)).toBe(compiled.ok ? "boolean" : "string");
      }),
      { numRuns: 1000 },
    );
  });
});
