import { describe, expect, it } from "vitest";
import { cardCvv } from "../../../../../src/observe/classify/detectors/financial/card-cvv.ts";
import { asker } from "../support.ts";

const ask = asker(cardCvv);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("card_cvv", () => {
  it.each([
    ["381", "cvv", [], []],
    [412, "cvc", [], []],
    ["4410", "securityCode", ["card"], []],
    ["091", "CVV2", [], []],
    ["220", "codigo_seguridad", ["tarjeta"], []],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["pass", "cvc_check", [], []],
    ["M", "cvv", [], []],
    ["441", "code", ["card"], []],
    ["AAPL", "securityCode", [], []],
    ["381", "securityCode", [], []],
    ["300", "cvv", ["columns"], []],
    ["382", "verification_code", ["phone"], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
