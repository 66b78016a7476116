import { describe, expect, it } from "vitest";
import { locationCoarse } from "../../../../../src/observe/classify/detectors/personal/location-coarse.ts";
import { asker } from "../support.ts";

const ask = asker(locationCoarse);

describe("location_coarse", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Salem", "city", ["address"], {}],
    ["CA", "state", [], { zip: "1" }],
    ["DE", "land", [], { plz: "1" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["eu-west-1", "region", ["device"], {}],
    ["active", "state", ["address"], {}],
    ["Ville", "city", ["address"], {}],
    ["US", "country", ["bank_account"], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
