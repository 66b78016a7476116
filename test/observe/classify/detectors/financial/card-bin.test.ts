import { describe, expect, it } from "vitest";
import { cardBin } from "../../../../../src/observe/classify/detectors/financial/card-bin.ts";
import { asker } from "../support.ts";

const ask = asker(cardBin);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("card_bin", () => {
  it.each([
    ["453914", "iin", ["card"], []],
    ["411111", "bin", [], ["last4"]],
    ["41111111", "card_bin", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["330021", "bin", ["product"], ["brand"]],
    ["A-12-4", "bin", [], []],
    ["442200", "bin_code", [], ["bin"]],
    ["610591", "bin", ["insurance"], []],
    ["12", "bin", ["card"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
