import { describe, expect, it } from "vitest";
import { creditScore } from "../../../../../src/observe/classify/detectors/financial/credit-score.ts";
import { asker } from "../support.ts";

const ask = asker(creditScore);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("credit_score", () => {
  it.each([
    [711, "creditScore", [], []],
    [688, "fico", [], []],
    ["97,44", "schufaScore", [], []],
    ["A", "creditRatingScore", [], []],
    [655, "score", ["creditReport"], []],
    [742, "cibil_score", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    [700, "score", ["game"], []],
    [580, "min_credit_score", [], []],
    [701, "average_credit_score", [], []],
    [12, "credit_score", [], []],
    [620, "score", ["credits"], []],
    ["yes", "creditScoreEnabled", [], []],
    ["n/a", "credit_score", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
