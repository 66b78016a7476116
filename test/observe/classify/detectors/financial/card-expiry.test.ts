import { describe, expect, it } from "vitest";
import { cardExpiry } from "../../../../../src/observe/classify/detectors/financial/card-expiry.ts";
import { asker } from "../support.ts";

const ask = asker(cardExpiry);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("card_expiry", () => {
  it.each([
    [8, "exp_month", [], []],
    [2028, "exp_year", [], []],
    ["09/27", "expiry", ["card"], []],
    ["1228", "ExpDate", [], ["PAN"]],
    ["2028-12", "expirationDate", ["creditCard"], []],
    ["09", "expirationMonth", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["2027-05-01", "expiry", ["product"], ["brand"]],
    [1893456000, "exp", [], []],
    [13, "exp_month", [], []],
    ["99", "exp_year", [], []],
    ["2027-01-01", "expiry", ["gift_card"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
