import { describe, expect, it } from "vitest";
import { locationCoarse } from "../../../../../src/observe/classify/detectors/personal/location-coarse.ts";
import { asker } from "../support.ts";

const ask = asker(locationCoarse);

describe("location_coarse", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["Salem", "city", ["address"], {}],
    ["CA", "state", [], { zip: "1" }],
    ["DE", "land", [], { plz: "1" }],
    ["Bavaria", "state", ["address"], {}],
    ["Nordrhein-Westfalen", "region", ["address"], {}],
    ["salem", "city", ["address"], {}],
    ["CA", "billing_state", [], { billing_zip: "1" }],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["eu-west-1", "region", ["device"], {}],
    ["active", "state", ["address"], {}],
    ["Ville", "city", ["address"], {}],
    ["US", "country", ["bank_account"], {}],
    ["shipped", "state", ["shipping"], {}],
    ["in_transit", "state", ["address"], {}],
    ["eu-west", "region", ["address"], {}],
    ["CA", "license_state", [], { zip: "1" }],
    ["CA", "plate_state", [], { zip: "1" }],
    ["DE", "issuing_country", [], { zip: "1" }],
    ["DE", "tax_country", ["address"], {}],
    ["Paid", "payment_state", [], { zip: "1" }],
    ["DE", "country_of_incorporation_country", [], { zip: "1" }],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
