import { describe, expect, it } from "vitest";
import { bic } from "../../../../../src/observe/classify/detectors/financial/bic.ts";
import { asker } from "../support.ts";

const ask = asker(bic);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("bic", () => {
  it.each([
    ["DEUTDEFF", "bic", [], []],
    ["NWBKGB2LXXX", "swift_code", [], []],
    ["CHASUS33", "bank_code", [], ["iban"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["FUNCTION", "code", ["swift"], []],
    ["DEUTDEFF", "name", [], []],
    ["bicycle", "bic", [], []],
    ["5.10", "swift", [], []],
    ["HELLOXXWORLD", "bicCode", [], []],
    ["CHASUS33", "bank_code", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
