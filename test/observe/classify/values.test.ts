import { describe, expect, it } from "vitest";
import { isDigitPattern, isMasked, isOpaque, isPlaceholder, passesLuhn } from "../../../src/observe/classify/values.ts";

describe("values", () => {
  it.each([
    "************4242",
    "***-**-6789",
    "+1 (•••) •••-••17",
    "[REDACTED]",
    "<hidden>",
    "sk_live_…9f3c",
    "sk_live_...9f3c",
    "12345xxxxxx",
    "XXXX-1234",
    "XXX-XX-6789",
    "xx/xx/1984",
    "XX-XX-XX",
  ])("sees that %s is masked", (text) => {
    expect(isMasked(text)).toBe(true);
  });

  it.each(["a*b", "Please wait...", "hidden treasure", "maxxx", "jane@acme.com", "4242", "exxxon mobil", "XX-4711", "XXL-XL 42"])(
    "sees that %s is not masked",
    (text) => {
      expect(isMasked(text)).toBe(false);
    },
  );

  it.each(["YOUR_API_KEY", "AKIAIOSFODNN7EXAMPLE", "<token>", "{{token}}", "$" + "{TOKEN}", "changeme", "sample-1", "sk_xxxxxxxx"])(
    "sees that %s is a placeholder",
    (text) => {
      expect(isPlaceholder(text)).toBe(true);
    },
  );

  it.each(["violet-Kettle-31", "resampled", "yours", "counterexamples"])("sees that %s is no placeholder", (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it("checks Luhn", () => {
    expect(["4242424242424242", "79927398713", "0"].every(passesLuhn)).toBe(true);
    expect(["4242424242424243", "79927398710", "1"].some(passesLuhn)).toBe(false);
  });

  it("knows digits that nobody was given", () => {
    expect(["1111111", "1234567", "9876543", "0"].every(isDigitPattern)).toBe(true);
    expect(["4155501", "1324567"].some(isDigitPattern)).toBe(false);
  });

  it("tells what a machine made from words, identifiers and dates", () => {
    expect(isOpaque("q7Zp2LmX9vKd4RtB", 16)).toBe(true);
    expect(
      ["production", "3f0e7c0a-6a55-4a0f-9d8c-0d3f2b1c4e5a", "2026-11-23T10:00:00Z", "a1a1a1a1a1a1a1a1", "short1"].some((text) =>
        isOpaque(text, 16),
      ),
    ).toBe(false);
  });
});
