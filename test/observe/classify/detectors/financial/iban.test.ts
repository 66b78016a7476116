import { describe, expect, it } from "vitest";
import { iban } from "../../../../../src/observe/classify/detectors/financial/iban.ts";
import { asker } from "../support.ts";

const ask = asker(iban);

describe("iban", () => {
  it.each(["DE46100500001234567890", "DE46 1005 0000 1234 5678 90", "gb29 nwbk 6016 1331 9268 19"])(
    "is proved by its value: %s",
    (text) => {
      expect(ask(text, "account")).toMatchObject({ confidence: 0.97 });
    },
  );

  it("marks the registry's examples", () => {
    expect(ask("DE89370400440532013000")).toMatchObject({ confidence: 0.97, sample: true });
    expect(ask("DE46100500001234567890")).toMatchObject({ confidence: 0.97, sample: false });
  });

  it.each([
    "DE4610050000123456789", // length
    "LE32100500001234567890", // no such country
    "SE32-2026-ORDER-0001",
    "DE46",
    "",
  ])("is not %s", (text) => {
    expect(ask(text, "iban")).toBeUndefined();
  });

  it("takes one that was made up, of the right length, under its name only", () => {
    expect(ask("DE46100500001234567891", "iban")).toEqual({ confidence: 0.75, sample: true });
    expect(ask("DE46100500001234567891", "reference")).toBeUndefined();
    expect(ask("DE46100500001234567891", "iban_status")).toBeUndefined();
  });
});
