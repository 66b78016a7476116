import { describe, expect, it } from "vitest";
import { cardFingerprint } from "../../../../../src/observe/classify/detectors/financial/card-fingerprint.ts";
import { asker } from "../support.ts";

const ask = asker(cardFingerprint);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("card_fingerprint", () => {
  it.each([
    ["Xt5EWLLDS7FJjR1c", "fingerprint", ["card"], ["last4"]],
    ["7a3b0f9cc1d24e7f", "uniqueNumberIdentifier", [], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["3B:9A:10:77:01:5E:AA:00", "fingerprint", ["tls"], []],
    ["a8f5f167f44f4964", "fingerprint", ["card"], []],
    ["f81bb6f0c3e54a7a", "fingerprint", ["browser"], []],
    ["short1", "fingerprint", ["card"], ["last4"]],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
