import { describe, expect, it } from "vitest";
import { accountLast4 } from "../../../../../src/observe/classify/detectors/financial/account-last4.ts";
import { asker } from "../support.ts";

const ask = asker(accountLast4);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("account_last4", () => {
  it.each([
    ["4402", "mask", ["accounts"], ["subtype"]],
    ["9982", "account_last4", [], []],
    ["6789", "last4", ["us_bank_account"], []],
    ["0123", "accountNumberDisplay", [], ["accountCategory"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["4242", "last4", ["card"], []],
    ["4410", "phone_last4", [], []],
    ["6789", "ssn_last4", [], []],
    ["255", "mask", ["network"], []],
    ["44021", "mask", ["accounts"], ["subtype"]],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
