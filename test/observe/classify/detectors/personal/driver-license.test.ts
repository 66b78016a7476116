import { describe, expect, it } from "vitest";
import { driverLicense } from "../../../../../src/observe/classify/detectors/personal/driver-license.ts";
import { asker } from "../support.ts";

const ask = asker(driverLicense);

describe("driver_license", () => {
  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["QUILL805142B99FE", "number", ["licence", "renter"], {}],
    ["B00912345C", "number", ["driverLicense"], {}],
    ["D1234567", "license_number", [], { license_state: "CA" }],
    ["B0091234", "value", [], { type: "driving_license" }],
    ["4821990331", "rijbewijs", [], {}],
  ])("takes %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence).toBeGreaterThanOrEqual(0.6);
  });

  it.each<[string | number, string, string[], Record<string, unknown>]>([
    ["LIC-2026-00812", "number", ["licence"], {}],
    ["Apache-2.0", "license", [], {}],
    ["D1234567", "license_number", ["practitioner"], {}],
    ["full", "driver_license", [], {}],
  ])("leaves %j under %s of %j beside %j", (value, key, above, record) => {
    expect(ask(value, key, above, [], { ...record, [key]: value })?.confidence ?? 0).toBeLessThan(0.6);
  });
});
