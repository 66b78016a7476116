import { describe, expect, it } from "vitest";
import { financialAmount } from "../../../../../src/observe/classify/detectors/financial/financial-amount.ts";
import { asker } from "../support.ts";

const ask = asker(financialAmount);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("financial_amount", () => {
  it.each([
    [110.22, "available", ["balances", "accounts"], []],
    [25000, "balance", [], ["iban"]],
    ["123.45", "current_balance", [], ["account_number"]],
    ["500.00", "amount", ["balance", "account"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    [55, "balance", ["inventory"], []],
    [0, "balance", [], ["iban"]],
    [100.5, "amount", ["journal"], []],
    [4, "balance", ["product"], []],
    [12, "balance", ["accounts"], ["classification"]],
    ["0.0181", "available", ["balances"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
