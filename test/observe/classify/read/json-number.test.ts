import { describe, expect, it } from "vitest";
import { NumberText } from "../../../../src/observe/classify/document.ts";
import { jsonNumber } from "../../../../src/observe/classify/read/json-number.ts";

describe("a number of JSON", () => {
  it.each([
    ["1.50", 1.5],
    ["1000000000000000000000", 1e21],
    ["0.10000000000000000000", 0.1],
  ])("is a double where the double says the same: %s", (text, value) => {
    expect(jsonNumber(text)).toBe(value);
  });

  it("keeps its digits where a double has others", () => {
    expect(jsonNumber("9007199254740993")).toBeInstanceOf(NumberText);
  });

  it("may have very many zeros within", () => {
    expect(jsonNumber(`0.1${"0".repeat(400_000)}1`)).toBeInstanceOf(NumberText);
  });
});
