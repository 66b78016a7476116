import { describe, expect, it } from "vitest";
import { sexualOrientation } from "../../../../../src/observe/classify/detectors/special/sexual-orientation.ts";
import { asker } from "../support.ts";

const ask = asker(sexualOrientation);
const sure = (...question: Parameters<typeof ask>) => (ask(...question)?.confidence ?? 0) >= 0.6;

describe("sexual_orientation", () => {
  it.each([
    ["bisexual", "sexual_orientation", [], []],
    ["homosexuelle", "orientation-sexuelle", [], []],
    ["gay", "orientation", [], []],
    ["Lesbian", "value", ["sexualOrientation"], []],
    ["women", "interestedIn", [], ["bio", "age"]],
  ] as const)("is %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(true);
  });

  it.each([
    ["landscape", "orientation", [], []],
    ["portrait", "deviceOrientation", [], []],
    ["women", "interested_in", [], ["sku"]],
    ["Sexual orientation", "sexual_orientation", [], []],
    [1, "sexual_orientation", [], []],
    ["unknown", "sexuality", [], []],
  ] as const)("is not %s under %s", (value, key, above, beside) => {
    expect(sure(value, key, above, beside)).toBe(false);
  });
});
