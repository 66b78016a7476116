import { describe, expect, it } from "vitest";
import { giftCard } from "../../../../../src/observe/classify/detectors/financial/gift-card.ts";
import { asker } from "../support.ts";

const ask = asker(giftCard);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("gift_card", () => {
  it.each([
    ["GC7X-PL20-99QA", "giftCardCode", [], []],
    ["JH4K-99QP-7LXM", "code", ["gift_cards"], []],
    ["6006491286999929112", "number", ["gift_card"], []],
    ["SC-88K2-01PA", "store_credit_code", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["SPRING26", "code", ["coupon"], []],
    ["2t8b", "last_characters", ["gift_cards"], []],
    ["ACTIVE", "code", ["gift_card"], []],
    ["yes", "gift_wrap", [], []],
    ["3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "code", ["gift_card"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
