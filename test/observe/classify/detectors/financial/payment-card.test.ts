import { describe, expect, it } from "vitest";
import { paymentCard } from "../../../../../src/observe/classify/detectors/financial/payment-card.ts";
import { around, asker } from "../support.ts";

const ask = asker(paymentCard);
/** Made up, with a valid check digit, and in nobody's list of samples. */
const VISA = "4539148803436467";

describe("payment_card", () => {
  it.each(["pan", "card_number", "cardNumber", "creditCard", "ccNum"])("is sure under the name %s", (key) => {
    expect(ask(VISA, key)).toEqual({ confidence: 0.97, sample: false });
  });

  it("takes groups without a name, and bare digits only beside other fields of a card", () => {
    expect(ask("4539 1488 0343 6467", "text")).toEqual({ confidence: 0.85, sample: false });
    expect(ask("4539-1488-0343-6467", "text")).toEqual({ confidence: 0.85, sample: false });
    expect(ask(VISA, "number", [], ["brand", "exp_month"])).toEqual({ confidence: 0.85, sample: false });
    expect(ask(VISA, "number")).toEqual({ confidence: 0.45, sample: false });
    expect(ask(VISA, "number", ["card"])).toEqual({ confidence: 0.97, sample: false });
  });

  it.each([
    ["371449635398431", 15],
    ["5555555555554444", 16],
    ["2223003122003222", 16],
    ["6011111111111117", 16],
    ["30569309025904", 14],
    ["3530111333300000", 16],
    ["6200000000000005", 16],
  ])("knows the network's published sample %s", (text) => {
    expect(ask(text, "pan")).toEqual({ confidence: 0.97, sample: true });
  });

  it.each([
    ["4539148803436461", "pan"], // check digit
    ["453914880343646", "pan"], // length
    ["9999999999999995", "pan"], // issuer
    ["0000000000000000", "pan"],
    ["4539148803436467", "order_no"],
    ["4539-1488-0343-6467", "sku"],
    ["4539-1488-0343-6467", "mpn"],
    ["8944538525002983928", "iccid"],
    ["4539 1488 0343 6467 12 34 56", "pan"],
    ["************4242", "pan"],
    ["4242", "card_last4"],
  ])("is not %s under the name %s", (text, key) => {
    const hit = ask(text, key);
    expect(hit === undefined || hit.confidence < 0.6).toBe(true);
  });

  it("takes a JSON number only with a name", () => {
    expect(ask(Number(VISA), "card_number")).toEqual({ confidence: 0.97, sample: false });
    expect(ask(Number(VISA), "number", [], ["brand"])).toBeUndefined();
  });

  it("knows whose mask it is under a name of two", () => {
    expect(paymentCard.isMaskOf?.("************4242", around("pan"))).toBe(true);
    expect(paymentCard.isMaskOf?.("ABCDE****F", around("pan"))).toBe(false);
    expect(paymentCard.isMaskOf?.("ABCDE****F", around("card_number"))).toBe(true);
  });
});
