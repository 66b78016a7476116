import { describe, expect, it } from "vitest";
import { gender } from "../../../../../src/observe/classify/detectors/personal/gender.ts";
import { asker } from "../support.ts";

const ask = asker(gender);

describe("gender", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["female", "gender", ["patient"], {}],
    ["M", "sex", ["data"], { birthDate: "x" }],
    ["weiblich", "geschlecht", ["mitarbeiter"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Female", "Gender", ["Voices"], { LanguageCode: "en" }],
    ["female", "gender", ["products"], { sku: "1" }],
    ["Geschlecht", "gender", ["customer"], {}],
    ["female", "sex", ["pet"], { birth_date: "2024-01-01" }],
    ["female", "gender", ["patient"], { species: "canine" }],
    ["male", "gender", ["users"], { impressions: 120, spend: "4.20" }],
    ["male", "gender", ["users"], { percentage: 48.2 }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
