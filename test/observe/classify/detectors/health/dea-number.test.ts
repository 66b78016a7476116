import { describe, expect, it } from "vitest";
import { deaNumber } from "../../../../../src/observe/classify/detectors/health/dea-number.ts";
import { asker } from "../support.ts";

const ask = asker(deaNumber);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("dea_number", () => {
  it.each([
    ["BA3817623", "dea", [], []],
    ["FM5520133", "DEANumber", [], []],
    ["AB1234563", "dea_number", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["AB1234563", "sku", [], []],
    ["A1234563", "dea", [], []],
    ["enabled", "dea", [], []],
    ["AB123456", "dea_number", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });

  it("takes one without the check digit for made up", () => {
    expect(ask("AB1234560", "dea")).toEqual({ confidence: 0.75, sample: true });
    expect(ask("AB1234563", "dea")).toMatchObject({ confidence: 0.97 });
  });
});
