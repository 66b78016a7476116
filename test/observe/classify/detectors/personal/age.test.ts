import { describe, expect, it } from "vitest";
import { age } from "../../../../../src/observe/classify/detectors/personal/age.ts";
import { asker } from "../support.ts";

const ask = asker(age);

describe("age", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    [34, "age", [], {}],
    [37, "age", ["applicant"], {}],
    ["52", "age_years", ["patient"], {}],
    [26, "Low", ["AgeRange", "FaceDetails"], { gender: "x" }],
    [34, "age", ["owner"], { first_name: "Ana" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    [3600, "age", ["cache"], {}],
    [14, "age", ["metrics"], { unit: "s" }],
    [90, "max_password_age", [], {}],
    ["adult", "age_group", ["product"], {}],
    [4, "age", ["dog"], {}],
    [4, "age", ["data", "horses"], {}],
    [4, "age", [], { breed: "Beagle" }],
    [4, "age", [], { microchip_id: "985112345678900" }],
    [34, "age", ["demographics"], { impressions: 1200, clicks: 4 }],
    [34, "age", [], { respondents: 1200 }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
