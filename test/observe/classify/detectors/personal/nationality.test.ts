import { describe, expect, it } from "vitest";
import { nationality } from "../../../../../src/observe/classify/detectors/personal/nationality.ts";
import { asker } from "../support.ts";

const ask = asker(nationality);

describe("nationality", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["PRT", "nationality", [], {}],
    ["deutsch", "staatsangehorigkeit", [], {}],
    ["MDA", "countryOfBirth", [], {}],
    ["US", "code", ["citizenship"], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Nationalität", "nationality", [], {}],
    ["unknown", "nationality", [], {}],
    ["US", "country", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
