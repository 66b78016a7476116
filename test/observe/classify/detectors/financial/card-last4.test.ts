import { describe, expect, it } from "vitest";
import { cardLast4 } from "../../../../../src/observe/classify/detectors/financial/card-last4.ts";
import { asker } from "../support.ts";

const ask = asker(cardLast4);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("card_last4", () => {
  it.each([
    ["6467", "last4", ["card"], []],
    ["1881", "last4", [], ["cardType"]],
    ["9029", "card_last_4", [], []],
    [4242, "last_four", ["creditCard"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["4410", "phone_last4", [], []],
    ["6789", "last4", ["bank_account"], []],
    ["6789", "ssn_last4", [], []],
    ["1234", "last", [], []],
    ["x", "last4", ["card"], []],
    ["1234", "last4", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
